import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { bindAuditKey } from '../../db/dialect.ts'
import { type Db } from '../../db/source.ts'
import { auditKeyFile, ownAuditKey } from '../../server/audit-key.ts'
import { appOn, withYear } from '../fixtures/app.ts'
import { temporaryFolder } from '../fixtures/databases.ts'
import { publish } from '../fixtures/published.ts'

const root = join(import.meta.dirname, '..', '..')

describe('npm run verify', () => {
  const folder = temporaryFolder()
  const file = join(folder.path, 'zhengheng.db')
  let db: Db
  beforeAll(async () => {
    db = await openDatabase(`file:${file}`)
    bindAuditKey(db, await ownAuditKey(folder.path))
    await publish(db, await withYear(appOn(db)), { asOf: '2018-02-10' })
  }, 60_000)
  afterAll(() => db.destroy())

  const verify = (...more: string[]) =>
    new Promise<{ readonly status: number; readonly out: string; readonly err: string }>((resolve) => {
      const env = { ...process.env, DATABASE_URL: `file:${file}`, DATA_DIR: folder.path }
      const args = ['--import', 'tsx', 'server/cli/verify.ts', ...more]
      execFile(process.execPath, args, { cwd: root, env }, (error, out, err) =>
        resolve({ status: error ? Number(error.code) : 0, out, err }),
      )
    })

  it('agrees with a publication, also after a fact was added in good order', async () => {
    const { status, out, err } = await verify()
    expect(err).toBe('')
    expect([status, out]).toEqual([0, expect.stringContaining('publications: 1')])
  }, 60_000)

  it('knows a head of the log that was printed, and that another is none of it', async () => {
    const { seq, hash } = await db
      .selectFrom('auditEntries')
      .select(['seq', 'hash'])
      .where('action', '=', 'publication.prepare')
      .executeTakeFirstOrThrow()
    expect((await verify('--head', `${seq}:${hash}`)).status).toBe(0)
    const { status, err } = await verify('--head', `${seq}:${'a'.repeat(64)}`)
    expect([status, err]).toEqual([1, expect.stringContaining(`entry ${seq} is not the one`)])
    expect((await verify('--head', 'x')).status).toBe(2)
  }, 60_000)

  it('without the key file checks digests only, and says so', async () => {
    const key = readFileSync(auditKeyFile(folder.path))
    rmSync(auditKeyFile(folder.path))
    const { status, out } = await verify().finally(() => writeFileSync(auditKeyFile(folder.path), key))
    expect([status, out]).toEqual([
      0,
      expect.stringMatching(/4 entries are signed with a key that is not at hand/),
    ])
  }, 60_000)

  it('names a fact row changed behind the program’s back, and the finding', async () => {
    const sqlite = new Database(file)
    const row = sqlite
      .prepare(
        `select finding_facts.id, finding_id as findingId, units.name || ' ' || number as number from finding_facts
          join findings on findings.id = finding_id join units on units.id = numbered_unit_id where type = 'notified' limit 1`,
      )
      .get() as { id: string; findingId: string; number: string }
    const triggers = sqlite
      .prepare(`select name from sqlite_master where type = 'trigger' and tbl_name = 'finding_facts'`)
      .all() as { name: string }[]
    for (const { name } of triggers) sqlite.exec(`drop trigger "${name}"`)
    sqlite.prepare(`update finding_facts set on_day = '2018-02-09', deadline = null where id = ?`).run(row.id)
    sqlite.close()
    const { status, err } = await verify()
    expect(status).toBe(1)
    expect(err).toMatch(
      new RegExp(
        `finding_facts ${row.id} \\(${row.number}\\) was altered; audit entry \\d+ \\(workbook.import\\)`,
      ),
    )
    expect(err).toContain(`finding_facts ${row.findingId}/${row.id} (${row.number}) was altered`)
  }, 60_000)
})
