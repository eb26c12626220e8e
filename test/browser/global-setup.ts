import { buildIfStale } from '../../server/cli/build.ts'

/** The browser tests run against what `npm start` serves. */
export default function setup(): void {
  buildIfStale()
}
