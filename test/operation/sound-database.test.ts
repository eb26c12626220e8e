import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { restoreSqlite } from '../../db/restore.ts'
import { saveSetting } from '../../db/settings.ts'
import { openLog } from '../../server/log.ts'
import { recordFailure } from '../../server/operation/backup/record.ts'
import { startServer } from '../../server/serve.ts'
import { cheapCost } from '../fixtures/app.ts'
import { temporaryFolder } from '../fixtures/databases.ts'

const folder = temporaryFolder()
const at = (...names: string[]): string => join(folder.path, ...names)

/*
 * Three looks at one database: before some transactions, the log that holds them, and after they were folded in. A power failure while they are
 * being folded in leaves the front of the last and the rest of the first, for pages are written in their order.
 */
beforeAll(async () => {
  const file = at('zhengheng.db')
  const db = await openDatabase(`file:${file}`)
  await saveSetting(
    db,
    'backup.state',
    JSON.stringify({
      last: {
        at: '2026-07-14T17:00:00.000Z',
        file: 'by-hand.backup',
        bytes: 1,
        evidenceFiles: 0,
        isSealed: false,
        faults: 0,
      },
      failure: null,
    }),
  )
  await recordFailure(db, '2026-07-15T17:00:00.000Z', 'no space left')
  await db.destroy()
  copyFileSync(file, at('before.db'))
  const raw = new Database(file)
  const insert = raw.prepare('insert into settings (key, value) values (?, ?)')
  for (let commit = 0; commit < 5; commit++)
    raw.transaction(() => {
      for (let row = 0; row < 100; row++) insert.run(`test.${commit}.${row}`, '值'.repeat(100))
    })()
  copyFileSync(`${file}-wal`, at('log'))
  raw.close()
  copyFileSync(file, at('after.db'))
  const log = openSync(at('log'), 'r+')
  writeSync(log, Buffer.from('damage'), 0, 6, 32 + 24 + 100)
  closeSync(log)
}, 60_000)

/** A database with the damaged log beside it. */
function place(name: string, content: Buffer): string {
  mkdirSync(at(name))
  writeFileSync(at(name, 'zhengheng.db'), content)
  copyFileSync(at('log'), at(name, 'zhengheng.db-wal'))
  return at(name)
}
const start = (dataDir: string, backupDir?: string) =>
  startServer({
    config: {
      port: 0,
      host: '127.0.0.1',
      databaseUrl: `file:${join(dataDir, 'zhengheng.db')}`,
      dataDir,
      adminPassword: null,
      ...(backupDir === undefined ? {} : { backupDir }),
    },
    log: openLog('silent'),
    passwordCost: cheapCost,
    webRoot: folder.path,
  })
const cutOff = (): Buffer => readFileSync(at('after.db')).subarray(0, readFileSync(at('before.db')).length)
const keptLogs = (dataDir: string): string[] =>
  readdirSync(dataDir).filter((name) => name.includes('-wal.damaged-'))

describe('a server that finds its log damaged', () => {
  test('starts on a database that is whole, tells of it, and keeps the log', async () => {
    const dataDir = place('whole', readFileSync(at('before.db')))
    const running = await start(dataDir)
    await running.close()
    expect(running.damage?.commits).toBe(5)
    expect(keptLogs(dataDir)).toHaveLength(1)
    expect(readFileSync(String(running.damage?.file)).equals(readFileSync(at('log')))).toBe(true)
  })

  test('refuses a broken one in Chinese and English, with the last good backup and the command', async () => {
    const dataDir = place('broken', cutOff())
    mkdirSync(at('backups'))
    for (const day of ['2026-07-13', '2026-07-15', '2026-07-14'])
      writeFileSync(at('backups', `zhengheng-${day}.backup`), '')
    writeFileSync(at('backups', 'zzz'), '')
    const newest = at('backups', 'zhengheng-2026-07-15.backup')
    const reason = await start(dataDir, at('backups')).catch(String)
    expect(reason).toMatch(/数据库 .*zhengheng\.db 已不完整（.+），没有启动；请用最近一次完好的备份/)
    expect(reason).toMatch(
      /the database .*zhengheng\.db broken \(.+\), and it is not served; restore the last good/,
    )
    for (const line of String(reason).split('\n'))
      expect(line).toMatch(new RegExp(`${newest}.*npm run restore -- ${newest} --force`))
    expect(readFileSync(join(dataDir, 'zhengheng.db')).equals(cutOff())).toBe(true)
    expect(readFileSync(join(dataDir, 'zhengheng.db-wal')).equals(readFileSync(at('log')))).toBe(true)
  })

  test('refuses it again and again, keeping the log once, also after the log is gone', async () => {
    const dataDir = place('again', cutOff())
    await expect(start(dataDir)).rejects.toThrow(/没有启动/)
    await expect(start(dataDir)).rejects.toThrow(/没有启动/)
    expect(keptLogs(dataDir)).toHaveLength(1)
    writeFileSync(join(dataDir, 'zhengheng.db-wal'), '')
    await expect(start(dataDir)).rejects.toThrow(/没有启动/)
  })

  test('starts again once a backup is restored in its place', async () => {
    const dataDir = place('restored', cutOff())
    await expect(start(dataDir)).rejects.toThrow(/--force/)
    await restoreSqlite(at('before.db'), join(dataDir, 'zhengheng.db'), true)
    const running = await start(dataDir)
    await running.close()
    expect(running.damage).toBeNull()
  })

  test('says so where no backup is on record, and names the one that the database itself tells of', async () => {
    const nothingLeft = place('nothing', Buffer.alloc(4096, 'x'))
    await expect(start(nothingLeft)).rejects.toThrow(/没有找到备份的记录.*\n.*no backup is on record/)
    const halfLeft = readFileSync(at('before.db'))
    const { rootpage } = new Database(at('before.db'), { readonly: true })
      .prepare("select rootpage from sqlite_schema where name = 'participants'")
      .get() as { readonly rootpage: number }
    halfLeft.fill(0, (rootpage - 1) * 4096, rootpage * 4096)
    await expect(start(place('half', halfLeft))).rejects.toThrow(/by-hand\.backup --force/)
  })
})
