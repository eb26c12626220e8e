import { createHash } from 'node:crypto'
import { canonicalJson } from '#assessment/canonical-json'
import { sql } from 'kysely'
import { isSqlite } from './dialect.ts'
import { migrations } from './migrations/index.ts'
import type { Source } from './source.ts'
import type { Tables } from './tables.ts'

/** What a table holds, whatever the order of its rows. */
export interface TableContent {
  readonly table: string
  readonly rows: number
  /** Sum modulo 2^256 of the SHA-256 of every row as canonical JSON, in hex. */
  readonly digest: string
}

type Row = Readonly<Record<string, unknown>>

const PAGE = 2000
const MODULUS = 2n ** 256n

async function* rowsOf(source: Source, table: string): AsyncGenerator<Row> {
  if (isSqlite(source)) {
    yield* source
      .selectFrom(table as keyof Tables)
      .selectAll()
      .stream()
    return
  }
  await sql`declare content no scroll cursor for select * from ${sql.table(table)}`.execute(source)
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(PAGE)} from content`.execute(source)
    yield* rows
    if (rows.length < PAGE) break
  }
  await sql`close content`.execute(source)
}

/**
 * Rows and digest of every table, under the database's own names, so that two databases can be compared whatever program wrote them. On
 * PostgreSQL `source` must be a transaction.
 */
export async function contentOf(source: Source): Promise<TableContent[]> {
  const asStored = source.withoutPlugins()
  const tables = (await asStored.introspection.getTables()).filter(({ isView }) => !isView)
  const contents: TableContent[] = []
  for (const table of tables.map(({ name }) => name).sort()) {
    let rows = 0
    let sum = 0n
    for await (const row of rowsOf(asStored, table)) {
      rows++
      sum += BigInt(`0x${createHash('sha256').update(canonicalJson(row)).digest('hex')}`)
    }
    contents.push({ table, rows, digest: (sum % MODULUS).toString(16).padStart(64, '0') })
  }
  return contents
}

/** The names of the migrations that ran, in order. */
export async function migrationsIn(source: Source): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
    source,
  )
  return rows.map(({ name }) => name)
}

/** Whether this program made the tables, so that it can read what is in them. */
export const isCurrent = (ran: readonly string[]): boolean => ran.at(-1) === Object.keys(migrations).at(-1)
