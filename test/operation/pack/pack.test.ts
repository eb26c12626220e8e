import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { pack, type Packed } from '../../../server/operation/pack/pack.ts'
import { productionModules } from '../../../server/operation/pack/production-modules.ts'
import { temporaryFolder } from '../../fixtures/databases.ts'

const checkout = join(import.meta.dirname, '..', '..', '..')
const folder = temporaryFolder()
const at = (...names: string[]): string => join(folder.path, ...names)

describe('what is carried along of the modules', () => {
  const lock = {
    'node_modules/web': { dependencies: { wire: '1' }, peerDependencies: { page: '1', sky: '1' } },
    'node_modules/web/node_modules/wire': { dependencies: { bit: '1' } },
    'node_modules/wire': { dependencies: { copper: '1' } },
    'node_modules/bit': { optionalDependencies: { 'bit-linux': '1', 'bit-windows': '1' } },
    'node_modules/bit-linux': {},
    'node_modules/bit-windows': {},
    'node_modules/page': {},
    'node_modules/copper': {},
    'node_modules/sky': {},
  }
  const web = { ...lock['node_modules/web'], peerDependenciesMeta: { sky: { optional: true } } }
  const needed = (isInstalled: (name: string) => boolean) =>
    productionModules(['web'], { ...lock, 'node_modules/web': web }, isInstalled)

  test('is what the server needs, each where it is found, and the native parts of this system alone', () => {
    expect(needed((module) => !module.endsWith('bit-windows'))).toEqual([
      'node_modules/bit',
      'node_modules/bit-linux',
      'node_modules/page',
      'node_modules/web',
      'node_modules/web/node_modules/wire',
    ])
  })

  test('is told to be incomplete where one is not installed', () => {
    expect(() => needed((module) => module !== 'node_modules/page')).toThrow(
      'page, which node_modules/web needs, is not installed; run npm ci',
    )
  })
})

describe.skipIf(process.platform === 'win32')('a packed folder', () => {
  let packed: Packed
  /** Runs the start script where no program is on PATH but the system's own. */
  const run = (...args: string[]) => {
    const env = { PATH: '/usr/bin:/bin', HOME: at() }
    const { status, stdout, stderr } = spawnSync(at('packed', 'zhengheng.sh'), args, {
      env,
      cwd: at(),
      encoding: 'utf8',
    })
    return [status, stdout, stderr]
  }
  beforeAll(() => {
    mkdirSync(at('checkout', 'dist', 'server'), { recursive: true })
    for (const part of ['web', 'proof']) mkdirSync(at('checkout', 'dist', part))
    for (const name of ['node_modules', 'package.json', 'package-lock.json', 'README.md', 'LICENSE'])
      symlinkSync(join(checkout, name), at('checkout', name))
    writeFileSync(at('checkout', 'dist', 'server', 'packages.json'), '["@node-rs/argon2", "better-sqlite3"]')
    writeFileSync(
      at('checkout', 'dist', 'server', 'main.js'),
      `import { hashSync } from '@node-rs/argon2'
import Database from 'better-sqlite3'
console.log(new Database(':memory:').prepare('select 6 * 7').pluck().get(), hashSync('x').slice(0, 9), process.execPath)`,
    )
    packed = pack({ root: at('checkout'), folder: at('packed'), withNode: true })
  }, 60_000)

  test('starts by its script with the Node packed along and native modules that need nothing else', () => {
    expect(run()).toEqual([0, `42 $argon2id ${at('packed', 'node', 'bin', 'node')}\n`, ''])
    expect(packed.packages).toBeGreaterThan(2)
  })

  test('holds a manual, a service, an image’s recipe, and nothing of its developers', () => {
    const files = readdirSync(at('packed'))
    expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'zhengheng.service', 'Dockerfile']))
    const inside = readdirSync(at('packed', 'node_modules'), { recursive: true, encoding: 'utf8' })
    expect(
      inside.filter((name) => /(\.map|\.d\.ts|typescript|vite|better-sqlite3\/(deps|src))$/.test(name)),
    ).toEqual([])
  })

  test('says that a command is unknown', () => {
    expect(run('restor')).toEqual([2, '', '没有这个命令：restor\n'])
  })

  test('refuses a Node that its native modules were not built for', () => {
    const file = at('packed', 'package.json')
    const about = readFileSync(file, 'utf8')
    writeFileSync(file, about.replace(`"${process.versions.modules}"`, '"1"'))
    expect(run()).toEqual([
      1,
      '',
      `这份程序在 Node ${process.version} 上打包，不能用 ${process.version} 运行。\n`,
    ])
    writeFileSync(file, about)
  })

  test('is never packed over another, nor from a checkout that is not built', () => {
    expect(() => pack({ root: at('checkout'), folder: at('packed'), withNode: false })).toThrow(
      'is not empty',
    )
    expect(() => pack({ root: at('nothing'), folder: at('elsewhere'), withNode: false })).toThrow('ENOENT')
    expect(existsSync(at('elsewhere', 'package.json'))).toBe(false)
  })
})
