import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import { openDatabase } from '../../db/database.ts'
import { fillDemo } from '../../db/demo.ts'
import type { Tables } from '../../db/tables.ts'
import { hashPassword } from '../../server/access/password.ts'
import { freezeResults } from '../../server/frozen-results.ts'
import { dayInChina } from '../../server/today.ts'
import { cheapCost } from '../fixtures/app.ts'
import { demoPassword, startBuilt, type BuiltServer } from './built-server.ts'

/** Words without a blank, as long as the field takes them. */
const filled = (name: string, length: number): string =>
  (name + '及其所属各事业单位派出机构和综合服务保障中心'.repeat(Math.ceil(length / 20))).slice(0, length)
const run = 'https://www.example.cn/'.padEnd(200, 'abcdefghij')
/** Prose of 2,000 characters with a run of 200 letters in it. */
const told = (what: string): string =>
  (what + run + '要求公开的事项没有按期公开，群众多次反映仍未更新，'.repeat(90)).slice(0, 2000)

interface Named {
  name?: string
  kinds?: Named[]
  indicators?: Named[]
  children?: Named[]
  areas?: Named[]
  severities?: Named[]
  components?: Named[]
}
function lengthen(node: Named, length: number): void {
  if (node.name !== undefined) node.name = filled(node.name, length)
  for (const list of [node.kinds, node.indicators, node.children])
    for (const below of list ?? []) lengthen(below, length)
}

/** Does what the program itself refuses, with its refusals in place again afterwards. */
async function withoutRefusals(db: Kysely<Tables>, change: (trx: Kysely<Tables>) => Promise<void>) {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{
      name: string
      sql: string
    }>`select name, sql from sqlite_schema where type = 'trigger'`.execute(trx)
    for (const { name } of rows) await sql`drop trigger ${sql.ref(name)}`.execute(trx)
    await change(trx)
    for (const refusal of rows) await sql.raw(refusal.sql).execute(trx)
  })
}

async function lengthenCity(db: Kysely<Tables>): Promise<void> {
  for (const { id, name } of await db.selectFrom('units').select(['id', 'name']).execute())
    await db
      .updateTable('units')
      .set({ name: filled(name, 60) })
      .where('id', '=', id)
      .execute()
  for (const { id, name } of await db.selectFrom('assessments').select(['id', 'name']).execute())
    await db
      .updateTable('assessments')
      .set({ name: filled(name, 100) })
      .where('id', '=', id)
      .execute()
  for (const { id, what } of await db.selectFrom('findings').select(['id', 'what']).execute())
    await db
      .updateTable('findings')
      .set({ what: told(what) })
      .where('id', '=', id)
      .execute()
  for (const { id, reason } of await db
    .selectFrom('findingFacts')
    .select(['id', 'reason'])
    .where('reason', 'is not', null)
    .execute())
    await db
      .updateTable('findingFacts')
      .set({ reason: told(reason ?? '') })
      .where('id', '=', id)
      .execute()
  for (const { id, body } of await db.selectFrom('schemes').select(['id', 'body']).execute()) {
    const scheme = JSON.parse(body) as Named
    for (const component of scheme.components ?? [])
      for (const list of [component.kinds, component.indicators])
        for (const below of list ?? []) lengthen(below, 100)
    await db
      .updateTable('schemes')
      .set({ body: JSON.stringify(scheme) })
      .where('id', '=', id)
      .execute()
  }
}

/** The fictional city with every name and every text as long as it may be; close ends it and removes its data. */
export async function startLongWords(): Promise<BuiltServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhengheng-test-'))
  const db = await openDatabase(`file:${join(dataDir, 'zhengheng.db')}`)
  const passwordHash = await hashPassword(demoPassword, cheapCost)
  await fillDemo(db, { freeze: freezeResults, today: dayInChina(new Date()), passwordHash })
  await withoutRefusals(db, lengthenCity)
  await db.destroy()
  return startBuilt({}, dataDir)
}
