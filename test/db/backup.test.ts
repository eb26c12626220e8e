import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendAudit } from '../../db/audit.ts'
import { openDatabase } from '../../db/database.ts'
import { restoreSqlite } from '../../db/restore.ts'
import { copySqlite, damageIn } from '../../db/sqlite-file.ts'
import { listUnits } from '../../db/units.ts'
import { openSigned } from '../../server/audit-key.ts'
import { restoreBackup } from '../../server/operation/backup/restore-backup.ts'
import { temporaryFolder } from '../fixtures/databases.ts'
import { moment, withCity } from './city.ts'

interface Ended {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

const root = join(import.meta.dirname, '../..')
const dataDir = mkdtempSync(join(tmpdir(), 'zhengheng-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

function run(
  command: 'backup' | 'restore' | 'verify',
  databaseUrl: string,
  ...args: string[]
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', join(root, `server/cli/${command}.ts`), ...args],
      {
        cwd: root,
        env: { ...process.env, DATABASE_URL: databaseUrl, DATA_DIR: dataDir },
      },
    )
    let [out, err] = ['', '']
    child.stdout.on('data', (text: Buffer) => (out += text.toString()))
    child.stderr.on('data', (text: Buffer) => (err += text.toString()))
    child.on('close', (status) => resolve({ status, out, err }))
  })
}

/** What a check says, whether it lists the damage or fails on it. */
function seen(check: () => string[]): string {
  try {
    return check().join()
  } catch (error) {
    return String(error)
  }
}

/* Every command is a process of its own that compiles its sources first. */
describe('backup, restore and verify', { timeout: 120_000 }, () => {
  const folder = temporaryFolder()
  const at = (name: string): string => join(folder.path, name)
  const url = (name: string): string => `file:${at(name)}`
  const unitNames = async (name: string): Promise<string[]> => {
    const db = await openDatabase(url(name))
    return (await listUnits(db).finally(() => db.destroy())).map((unit) => unit.name)
  }

  const restore = (name: string, force: boolean) =>
    restoreBackup(at('backup.db'), { databaseUrl: url(name), dataDir, key: null }, force)

  beforeAll(async () => {
    const db = await openDatabase(url('live.db'))
    await withCity(db)
    const entry = { at: moment, accountId: null, action: 'test', subject: 'a', detail: null }
    for (let count = 0; count < 3; count++) await db.transaction().execute((trx) => appendAudit(trx, entry))
    await db.destroy()
    await copySqlite(at('live.db'), at('audited.db'))
  })

  test('a backup taken while the server runs comes back whole, and the replaced file is kept', async () => {
    const server = await openDatabase(url('live.db'))
    expect(await run('backup', url('live.db'), at('backup.db'))).toMatchObject({ status: 0, err: '' })
    expect(readdirSync(folder.path).filter((name) => name.startsWith('backup.db'))).toEqual(['backup.db'])
    await server.updateTable('units').set({ name: '改名' }).where('id', '=', 'county').execute()

    await expect(restore('live.db', true)).rejects.toThrow(/in use/)
    await server.destroy()
    await expect(restore('live.db', false)).rejects.toThrow(/exists; add --force/)
    expect(await unitNames('live.db')).toContain('改名')
    expect(await run('restore', url('live.db'), at('backup.db'), '--force')).toMatchObject({
      status: 0,
      err: '',
    })
    expect(await unitNames('live.db')).toContain('云溪县')
    expect(await unitNames('live.db.before-restore')).toContain('改名')
    await restore('elsewhere/new.db', false)
    expect(await unitNames('elsewhere/new.db')).toContain('云溪县')
  })

  test('a damaged database is replaced by force', async () => {
    await copySqlite(at('live.db'), at('sound.db'))
    writeFileSync(at('broken.db'), 'x'.repeat(5000))
    writeFileSync(at('broken.db-wal'), 'left by a crash')
    await restoreSqlite(at('sound.db'), at('broken.db'), true)
    expect(await unitNames('broken.db')).toContain('云溪县')
  })

  test('what is no sound backup of ours is refused, and nothing is touched', async () => {
    writeFileSync(at('text.db'), 'not a database at all, only some text\n'.repeat(40))
    new Database(at('other.db')).exec('create table t (x)').close()
    await (await openDatabase(url('newer.db'))).destroy()
    const newer = new Database(at('newer.db'))
    newer.exec(`insert into kysely_migration values ('999-later', '2030-01-01')`)
    newer.close()
    const wrong = {
      'text.db': /cannot be read/,
      'other.db': /not a Zhengheng/,
      'newer.db': /999-later/,
      'none.db': /no file/,
    }
    for (const [name, message] of Object.entries(wrong)) {
      await expect(restoreSqlite(at(name), at('target.db'), true), name).rejects.toThrow(message)
    }
    expect(existsSync(at('target.db'))).toBe(false)
  })

  test('verify names what it checked, and the broken entry', async () => {
    const signed = await openSigned({ databaseUrl: url('audited.db'), dataDir }, new Date(moment))
    await signed.destroy()
    const sound = await run('verify', url('audited.db'))
    expect(sound).toMatchObject({ status: 0, err: '' })
    expect(sound.out).toMatch(/integrity and foreign keys ok/)
    expect(sound.out).toMatch(/4 entries, chain unbroken/)
    const database = new Database(at('audited.db'))
    database.exec(
      `drop trigger audit_entries_append_only_update; update audit_entries set subject = 'b' where seq = 2`,
    )
    database.close()
    const broken = await run('verify', url('audited.db'))
    expect(broken.status).toBe(1)
    expect(broken.err).toMatch(/entry 2/)
  })

  test('a damaged file is seen', async () => {
    await copySqlite(at('live.db'), at('damaged.db'))
    const size = readFileSync(at('damaged.db')).length
    const file = openSync(at('damaged.db'), 'r+')
    for (let page = 4096 * 3; page < size; page += 4096) writeSync(file, Buffer.alloc(64, 0xff), 0, 64, page)
    closeSync(file)
    expect(seen(() => damageIn(at('damaged.db')))).toMatch(
      /malformed|damaged|invalid|Tree|out of order|btree/i,
    )
  })

  test('wrong usage and a PostgreSQL that is not there get a clear line', async () => {
    const postgres = 'postgres://nobody@127.0.0.1:1/none'
    const [backup, usage] = await Promise.all([
      run('backup', postgres, at('x.db')),
      run('backup', url('live.db')),
    ])
    expect([backup.status, usage.status]).toEqual([1, 2])
    expect(backup.err).toMatch(/ECONNREFUSED 127\.0\.0\.1:1/)
    expect(usage.err).toMatch(/^usage: /)
  })
})
