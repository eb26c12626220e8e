import { sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the build put something: beside the built server, or in the checkout's dist. */
export function builtPlace(name: string): string {
  const here = fileURLToPath(new URL('.', import.meta.url))
  const isBuilt = here.includes(`${sep}dist${sep}server`)
  return fileURLToPath(new URL(`${isBuilt ? '..' : '../dist'}/${name}`, import.meta.url))
}
