import { execFile } from 'node:child_process'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { type Db } from '../../db/source.ts'
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
    await publish(db, await withYear(appOn(db)), { asOf: '2018-02-10' })
  }, 60_000)
  afterAll(() => db.destroy())

  const verify = () =>
    new Promise<{ readonly status: number; readonly out: string; readonly err: string }>((resolve) => {
      const env = { ...process.env, DATABASE_URL: `file:${file}`, DATA_DIR: folder.path }
      const args = ['--import', 'tsx', 'server/cli/verify.ts']
      execFile(process.execPath, args, { cwd: root, env }, (error, out, err) =>
        resolve({ status: error ? Number(error.code) : 0, out, err }),
      )
    })

  it('agrees with a publication, also after a fact was added in good order', async () => {
    const { status, out, err } = await verify()
    expect(err).toBe('')
    expect([status, out]).toEqual([0, expect.stringContaining('publications: 1')])
  }, 60_000)

  it('names a fact row changed behind the program’s back, and the finding', async () => {
    const sqlite = new Database(file)
    const row = sqlite
      .prepare(
        `select finding_facts.id, finding_id as findingId, number from finding_facts join findings on findings.id = finding_id where type = 'notified' limit 1`,
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
    expect(err).toContain(`finding_facts ${row.findingId}/${row.id} (${row.number}) was altered`)
  }, 60_000)
})
