import { sql, type ExpressionBuilder, type Selectable, type SqlBool } from 'kysely'
import type { Source } from './source.ts'
import type { AuditRow, Tables } from './tables.ts'

/** Which entries of the audit log; all of them without any. */
export interface AuditFilter {
  /** Id of who acted. */
  readonly accountId?: string
  /** Ids of the units for which they acted. */
  readonly unitIds?: readonly string[]
  readonly action?: string
  /** Id of what it was done to. */
  readonly subject?: string
  readonly outcome?: NonNullable<AuditRow['outcome']>
  /** ISO moments in UTC, the first included and the second not. */
  readonly from?: string
  readonly until?: string
}

/** Where a page of entries goes on: the last entry of the page before. */
export interface AuditPlace {
  readonly at: string
  readonly seq: number
}

export interface ToldEntry extends Pick<
  Selectable<AuditRow>,
  'seq' | 'at' | 'accountId' | 'action' | 'subject' | 'detail' | 'hash'
> {
  readonly address: string | null
  readonly outcome: 'done' | 'refused' | null
  readonly username: string | null
  readonly name: string | null
  readonly unit: string | null
}

type Condition = ExpressionBuilder<Tables, 'auditEntries'>

const conditions = (
  row: Condition,
  { accountId, unitIds, action, subject, outcome, from, until }: AuditFilter,
) =>
  row.and([
    ...(accountId === undefined ? [] : [row('auditEntries.accountId', '=', accountId)]),
    ...(unitIds === undefined
      ? []
      : [row.or(unitIds.map((unitId) => row('auditEntries.unitId', '=', unitId)))]),
    ...(action === undefined ? [] : [row('auditEntries.action', '=', action)]),
    ...(subject === undefined ? [] : [row('auditEntries.subject', '=', subject)]),
    ...(outcome === undefined ? [] : [row('auditEntries.outcome', '=', outcome)]),
    ...(from === undefined ? [] : [row('auditEntries.at', '>=', from)]),
    ...(until === undefined ? [] : [row('auditEntries.at', '<', until)]),
  ])

/** The latest entries about something that tell one of some deeds, after a moment, each with the name of who acted. */
export const entriesAbout = (db: Source, subject: string, actions: readonly string[], after: string) =>
  db
    .selectFrom('auditEntries')
    .leftJoin('accounts', 'accounts.id', 'auditEntries.accountId')
    .select(['auditEntries.action', 'auditEntries.at', 'auditEntries.accountId', 'accounts.name'])
    .where('auditEntries.subject', '=', subject)
    .where('auditEntries.at', '>', after)
    .where('auditEntries.action', 'in', actions)
    .where('auditEntries.outcome', 'is distinct from', 'refused')
    .orderBy('auditEntries.at', 'desc')
    .orderBy('auditEntries.seq', 'desc')
    .limit(100)
    .execute()

/** The query for a page of entries, newest first, each with who acted: it goes on where the page before ended, however many there are. */
export function auditPage(db: Source, filter: AuditFilter, before: AuditPlace | null, size: number) {
  let query = db.selectFrom('auditEntries').where((row) => conditions(row, filter))
  if (before)
    query = query.where(sql<SqlBool>`(audit_entries.at, audit_entries.seq) < (${before.at}, ${before.seq})`)
  return query
    .leftJoin('accounts', 'accounts.id', 'auditEntries.accountId')
    .leftJoin('units', 'units.id', 'auditEntries.unitId')
    .select([
      'auditEntries.seq',
      'auditEntries.at',
      'auditEntries.accountId',
      'auditEntries.action',
      'auditEntries.subject',
      'auditEntries.detail',
      'auditEntries.hash',
      'accounts.username',
      'accounts.name',
      'units.name as unit',
      (row) => row.ref('auditEntries.address').$castTo<string | null>().as('address'),
      (row) => row.ref('auditEntries.outcome').$castTo<'done' | 'refused' | null>().as('outcome'),
    ])
    .orderBy('auditEntries.at', 'desc')
    .orderBy('auditEntries.seq', 'desc')
    .limit(size)
}

/** A page, newest first, of what fits one of several filters, each of which an index answers by itself. */
export async function auditPageOf(
  db: Source,
  filters: readonly AuditFilter[],
  before: AuditPlace | null,
  size: number,
): Promise<ToldEntry[]> {
  const found = new Map<number, ToldEntry>()
  for (const filter of filters)
    for (const entry of await auditPage(db, filter, before, size).execute()) found.set(entry.seq, entry)
  const newestFirst = (a: AuditPlace, b: AuditPlace) => (a.at === b.at ? b.seq - a.seq : a.at < b.at ? 1 : -1)
  return [...found.values()].sort(newestFirst).slice(0, size)
}

/** A page of whole entries that fit one of several filters, in the order of the chain, after one of them. */
export const entriesAfter = (
  db: Source,
  filters: readonly AuditFilter[],
  after: number,
  size: number,
): Promise<Selectable<AuditRow>[]> =>
  db
    .selectFrom('auditEntries')
    .selectAll()
    .where((row) => row.or(filters.map((filter) => conditions(row, filter))))
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(size)
    .execute()

/** The newest entry; undefined while there is none. */
export const headOfLog = (
  db: Source,
): Promise<Pick<Selectable<AuditRow>, 'seq' | 'hash' | 'at'> | undefined> =>
  db
    .selectFrom('auditEntries')
    .select(['seq', 'hash', 'at'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Of names that hold some words, so many are looked at. */
const mostFound = 20
const like = (words: string): string => `%${words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** Ids of the accounts whose sign-in name it is or whose name holds it. */
export async function accountsCalled(db: Source, words: string): Promise<string[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('id')
    .where((row) =>
      row.or([
        row('username', '=', words.normalize('NFKC').toLowerCase()),
        sql<SqlBool>`name like ${like(words)} escape '\\'`,
      ]),
    )
    .limit(mostFound)
    .execute()
  return rows.map(({ id }) => id)
}

/** Ids of the units whose name holds it. */
export async function unitsCalled(db: Source, words: string): Promise<string[]> {
  const rows = await db
    .selectFrom('units')
    .select('id')
    .where(sql<SqlBool>`name like ${like(words)} escape '\\'`)
    .limit(mostFound)
    .execute()
  return rows.map(({ id }) => id)
}
