import { join, resolve } from 'node:path'
import { pack } from '../operation/pack/pack.ts'
import { buildIfStale } from './build.ts'

const usage = 'usage: npm run pack -- FOLDER [--with-node]'
const MEGABYTE = 1024 * 1024

/** Packs this checkout for a machine without internet or npm. Gives the exit status. */
async function packFolder(args: readonly string[]): Promise<number> {
  const [folder, ...rest] = args.filter((arg) => arg !== '--with-node')
  if (folder === undefined || folder.startsWith('-') || rest.length > 0) {
    console.error(usage)
    return 2
  }
  await buildIfStale()
  const withNode = args.includes('--with-node')
  const root = join(import.meta.dirname, '..', '..')
  const { packages, bytes } = pack({ root, folder: resolve(folder), withNode })
  console.log(
    `pack: ${folder}, ${Math.round(bytes / MEGABYTE)} MB, ${packages} packages, for ${process.platform} ${process.arch} ` +
      (withNode
        ? `with Node ${process.version}`
        : `with a Node ${process.version.split('.')[0]?.slice(1)} of its own`),
  )
  return 0
}

try {
  process.exitCode = await packFolder(process.argv.slice(2))
} catch (error) {
  console.error(`pack: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
