import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import packaged from '../../../package.json' with { type: 'json' }

/** Which engine a page computes with: its version, and SHA-256 over its sources, one after the other in the order of their paths. */
export function engineAbout(root: string): { readonly version: string; readonly hash: string } {
  const folder = join(root, 'server/assessment')
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => path.split(sep).join('/'))
    .sort()
  const hash = createHash('sha256')
  for (const path of paths) hash.update(readFileSync(join(folder, path)))
  return { version: packaged.version, hash: hash.digest('hex') }
}
