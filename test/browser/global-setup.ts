import { buildIfStale } from '../../server/cli/build.ts'
import { browserPath } from './chromium.ts'
import { officePath } from './libreoffice.ts'

/** The browser tests run against what `npm start` serves; what they need is installed once, before any of them starts. */
export default async function setup(): Promise<void> {
  browserPath()
  officePath()
  await buildIfStale()
}
