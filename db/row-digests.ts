import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { canonicalJson } from '#assessment/canonical-json'
import { sql } from 'kysely'
import type { Source } from './source.ts'
import type { Row } from './stored-names.ts'
import { isVouched, storedTable, vouchedTables, type Touched, type Vouched } from './vouched.ts'

/** Keys in one query; databases bound how many parameters it may have. */
const CHUNK = 500

/** SHA-256 of a key's rows, base64url; null = there are none any more. */
export type RowDigest = string | null
/** Digests by table and key, in the database's own names. */
export type RowDigests = Readonly<Record<string, Readonly<Record<string, RowDigest>>>>

async function byKey(
  source: Source,
  table: string,
  column: string,
  keys: readonly string[],
): Promise<Map<string, Row[]>> {
  const { rows } = await sql<Row>`
    select * from ${sql.table(table)} where ${sql.ref(column)} in (${sql.join(keys)})`.execute(
    source.withoutPlugins(),
  )
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = String(row[column])
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

/** Columns that are empty are left out: a column added later leaves the digest of an old row as it was. */
const textOf = (row: Row, vouched: Vouched): string =>
  canonicalJson(
    Object.fromEntries(
      Object.entries(row).filter(([column, value]) => value !== null && isVouched(vouched, column)),
    ),
  )

const whole: Vouched = { key: 'id' }

/** The digests of some rows as they are now, with the evidence attached to them. */
async function digestsOf(
  source: Source,
  table: string,
  vouched: Vouched,
  keys: readonly string[],
): Promise<Record<string, RowDigest>> {
  const digests: Record<string, RowDigest> = {}
  for (let start = 0; start < keys.length; start += CHUNK) {
    const chunk = keys.slice(start, start + CHUNK)
    const rows = await byKey(source, storedTable(table, vouched), vouched.key, chunk)
    const evidence = vouched.evidence ? await byKey(source, 'evidence', vouched.evidence, chunk) : null
    for (const key of chunk) {
      const own = rows.get(key)?.map((row) => textOf(row, vouched))
      const attached = evidence?.get(key)?.map((row) => textOf(row, whole)) ?? []
      const lines = own && [...own.sort(), ...attached.sort()]
      digests[key] = lines ? createHash('sha256').update(lines.join('\n')).digest('base64url') : null
    }
    if (keys.length > CHUNK) await setImmediate()
  }
  return digests
}

/** The digests of what a transaction wrote, for its audit entry; null when that was nothing. */
export async function touchedDigests(source: Source, { keys }: Touched): Promise<RowDigests | null> {
  const digests: Record<string, Record<string, RowDigest>> = {}
  for (const [table, touched] of keys) {
    const vouched = vouchedTables[table]
    if (vouched) digests[table] = await digestsOf(source, table, vouched, [...touched])
  }
  return keys.size === 0 ? null : digests
}

/** A page of a table's keys after one of them. */
async function keysAfter(source: Source, table: string, vouched: Vouched, after: string): Promise<string[]> {
  const { key, keys } = vouched
  const counts = keys ? sql`and ${sql.ref(key)} in (${sql.join(keys)})` : sql``
  const { rows } = await sql<{ readonly vouched_key: string }>`
    select distinct ${sql.ref(key)} as vouched_key from ${sql.table(storedTable(table, vouched))}
    where ${sql.ref(key)} > ${after} ${counts} order by vouched_key limit ${sql.lit(CHUNK)}`.execute(
    source.withoutPlugins(),
  )
  return rows.map((row) => row.vouched_key)
}

/** The digests of every row there is in a vouched table, a page at a time, by key. */
export async function* everyDigest(
  source: Source,
  table: string,
  vouched: Vouched,
): AsyncGenerator<Readonly<Record<string, RowDigest>>> {
  for (let after = ''; ;) {
    const keys = await keysAfter(source, table, vouched, after)
    if (keys.length > 0) yield await digestsOf(source, table, vouched, keys)
    const last = keys.at(-1)
    if (last === undefined || keys.length < CHUNK) return
    after = last
  }
}

/** The digests of everything that is vouched for, or of some of it. */
export async function allDigests(source: Source, names = Object.keys(vouchedTables)): Promise<RowDigests> {
  const digests: Record<string, Record<string, RowDigest>> = {}
  for (const name of names) {
    const vouched = vouchedTables[name]
    if (!vouched) continue
    const ofTable: Record<string, RowDigest> = {}
    for await (const page of everyDigest(source, name, vouched)) Object.assign(ofTable, page)
    if (Object.keys(ofTable).length > 0) digests[name] = ofTable
  }
  return digests
}
