import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { productionModules, type Lock } from './production-modules.ts'

/** What is carried to a machine without internet or npm. */
export interface Order {
  /** The checkout, built. */
  readonly root: string
  /** Where to: not there, or empty. */
  readonly folder: string
  /** Whether the Node that runs this goes along. */
  readonly withNode: boolean
}

export interface Packed {
  readonly packages: number
  readonly bytes: number
}

const isWindows = process.platform === 'win32'

/** How a server is started and kept running on the system on which it is packed. */
const systemFiles = isWindows ? ['zhengheng.cmd'] : ['zhengheng.sh', 'zhengheng.service', 'Dockerfile']

/** Packages bring these for their developers alone. */
const leftOut = /\.(map|d\.[cm]?ts|tsbuildinfo)$/
/** The SQLite module is built from its sources already. */
const sqliteSources = /^better-sqlite3\/(deps|src|build\/(?!Release$|Release\/better_sqlite3\.node$))/

function copyModule(root: string, module: string, folder: string): void {
  const from = join(root, module)
  cpSync(from, join(folder, module), {
    recursive: true,
    dereference: true,
    filter: (path) => {
      const inside = relative(from, path).split(sep).join('/')
      const named = `${module.slice(module.lastIndexOf('node_modules/') + 'node_modules/'.length)}/${inside}`
      // Packages installed inside another one are copied by themselves.
      return !/(^|\/)node_modules(\/|$)/.test(inside) && !leftOut.test(inside) && !sqliteSources.test(named)
    },
  })
}

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  )

/** What the packed folder says of itself: its commands, and the Node that its native parts were built for. */
function packageFile(root: string, commands: readonly string[]): string {
  const { name, version, license, engines } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<string, unknown>
  const scripts = Object.fromEntries(
    commands.map((command) => [command === 'main' ? 'start' : command, `node dist/server/${command}.js`]),
  )
  const builtFor = {
    node: process.version,
    modules: process.versions.modules,
    platform: process.platform,
    arch: process.arch,
  }
  return `${JSON.stringify({ name, version, license, private: true, type: 'module', engines, scripts, builtFor }, null, 2)}\n`
}

/** Node beside the server, with its licence where its own package keeps it. */
function copyNode(folder: string): void {
  const node = realpathSync(process.execPath)
  const target = join(folder, 'node', isWindows ? 'node.exe' : 'bin/node')
  mkdirSync(dirname(target), { recursive: true })
  cpSync(node, target)
  chmodSync(target, 0o755)
  const licence = [join(dirname(node), '..', 'LICENSE'), '/usr/share/doc/nodejs/copyright'].find(existsSync)
  if (licence !== undefined) cpSync(licence, join(folder, 'node', 'LICENSE'))
}

/**
 * Packs the built server and pages, the modules that they need with the native parts of this system, its start script, and Node when asked for.
 * Throws when the folder is not empty or the checkout is not built.
 */
export function pack({ root, folder, withNode }: Order): Packed {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`)
  mkdirSync(folder, { recursive: true })
  for (const part of ['dist/server', 'dist/web', 'dist/proof', 'README.md', 'LICENSE'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  for (const file of systemFiles) {
    cpSync(join(import.meta.dirname, 'files', file), join(folder, file))
    if (file.endsWith('.sh')) chmodSync(join(folder, file), 0o755)
  }
  const { packages: lock } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Lock
  }
  const names = JSON.parse(readFileSync(join(root, 'dist/server/packages.json'), 'utf8')) as string[]
  const modules = productionModules(names, lock, (module) => existsSync(join(root, module)))
  for (const module of modules) copyModule(root, module, folder)
  const commands = readdirSync(join(root, 'dist/server'))
    .filter((file) => file.endsWith('.js') && !file.endsWith('-worker.js'))
    .map((file) => basename(file, '.js'))
  writeFileSync(join(folder, 'package.json'), packageFile(root, commands))
  if (withNode) copyNode(folder)
  return { packages: modules.length, bytes: bytesIn(folder) }
}
