import { renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { auditKeyFile, findAuditKey, openSigned, ownAuditKey } from '../server/audit-key.ts'
import { openDatabase } from '../db/database.ts'
import { temporaryFolder } from './fixtures/databases.ts'

const folder = temporaryFolder()
const now = new Date('2018-02-10T02:00:00Z')
const place = (name: string) => {
  const dataDir = join(folder.path, name)
  return { dataDir, databaseUrl: `file:${join(dataDir, 'zhengheng.db')}` }
}

test('the first start makes a key for its owner alone, and every start after it uses that', async () => {
  const at = place('first')
  await (await openSigned(at, now)).destroy()
  const { mode } = statSync(auditKeyFile(at.dataDir))
  expect((mode & 0o777).toString(8)).toBe(process.platform === 'win32' ? '666' : '600')
  const made = await findAuditKey(at.dataDir)
  const db = await openSigned(at, now)
  const entries = await db.selectFrom('auditEntries').select(['action', 'keyName']).execute()
  await db.destroy()
  expect(entries).toEqual([{ action: 'audit.key', keyName: made?.name }])
})

test('two first starts at once agree on one key', async () => {
  const at = place('two')
  await (await openSigned(at, now)).destroy()
  rmSync(auditKeyFile(at.dataDir))
  const keys = await Promise.all([1, 2, 3, 4].map(() => ownAuditKey(at.dataDir)))
  expect(new Set(keys.map(({ name }) => name)).size).toBe(1)
})

test('a start without the key of the log, or with another, is refused in one line', async () => {
  const at = place('lost')
  await (await openSigned(at, now)).destroy()
  const file = auditKeyFile(at.dataDir)
  renameSync(file, `${file}.away`)
  await expect(openSigned(at, now)).rejects.toThrow(
    /signed with the key [0-9a-f]{16}, and .+audit\.key is missing/,
  )
  await ownAuditKey(at.dataDir)
  await expect(openSigned(at, now)).rejects.toThrow(/not with that in .+; every process .+ same key file/)
})

test('a start on a database that somebody gave an index of their own goes on', async () => {
  const at = place('index')
  await (await openSigned(at, now)).destroy()
  const behind = await openDatabase(at.databaseUrl, { asItIs: true })
  await sql`create index findings_by_source on findings (source)`.execute(behind)
  await behind.destroy()
  await (await openSigned(at, now)).destroy()
})

test('a start on a database that somebody gave a trigger of their own is refused, and names it', async () => {
  const at = place('trigger')
  await (await openSigned(at, now)).destroy()
  const behind = await openDatabase(at.databaseUrl, { asItIs: true })
  await sql`create trigger milder after insert on findings begin update units set name = 'x'; end`.execute(
    behind,
  )
  await behind.destroy()
  await expect(openSigned(at, now)).rejects.toThrow(
    /没有启动[\s\S]+trigger milder on findings is not the program’s/,
  )
})
