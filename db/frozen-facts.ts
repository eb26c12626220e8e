import { createHash } from 'node:crypto'
import { canonicalJson } from '#assessment/canonical-json'
import {
  factTables,
  rowChanges,
  type FactChange,
  type FactTable,
  type RowHashes,
} from '#assessment/publication/fact-changes'
import type { Day } from '#assessment/day'
import type { Unit } from '#assessment/score/facts'
import type { WorkCalendar } from '#assessment/working-days'
import type { Source } from './source.ts'
import { loadCalendar } from './holidays.ts'
import { listParticipants } from './participants.ts'
import { asStored, fromStored, type Row } from './stored-names.ts'
import type { ParticipantRow, WindowRow } from './tables.ts'
import { asTheyWereIn, listUnits } from './units.ts'
import { listWindows } from './windows.ts'

/** Rows read at a time. */
const PAGE = 2000

/**
 * What results rest on, so that it can be told later whether any of it is not as it was: the hash of each row that can only be added, and,
 * in full, what may still change for good reasons (names of units, closing days, holidays announced since).
 */
export interface FrozenFacts {
  readonly format: 1
  readonly rows: Readonly<Record<FactTable, RowHashes>>
  readonly units: readonly Unit[]
  readonly participants: readonly ParticipantRow[]
  readonly windows: readonly WindowRow[]
  readonly holidays: {
    readonly holidays: readonly string[]
    readonly workdays: readonly string[]
    readonly announced: readonly number[]
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Columns that are empty are left out: a column added later leaves the hash of an old row as it was. */
const hashOf = (row: Row): string =>
  createHash('sha256')
    .update(
      canonicalJson(asStored(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)))),
    )
    .digest('base64url')

type Paged = Exclude<FactTable, 'schemes'>

/** A page of a table's rows of one assessment after a number, in the order recorded. */
async function page(db: Source, table: Paged, assessmentId: string, after: number): Promise<Row[]> {
  if (table === 'findingFacts')
    return db
      .selectFrom('findingFacts')
      .innerJoin('findings', 'findings.id', 'findingFacts.findingId')
      .selectAll('findingFacts')
      .where('findings.assessmentId', '=', assessmentId)
      .where('findingFacts.seq', '>', after)
      .orderBy('findingFacts.seq')
      .limit(PAGE)
      .execute()
  return db
    .selectFrom(table)
    .selectAll()
    .where('assessmentId', '=', assessmentId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(PAGE)
    .execute()
}

/** Tells where a row belongs even when it is gone: facts name their finding, marks their unit. */
const owner: Readonly<Record<FactTable, string | null>> = {
  schemes: null,
  findings: null,
  findingFacts: 'findingId',
  claims: 'unitId',
  submissions: 'unitId',
  verifiedMarks: 'unitId',
  externalMarks: 'unitId',
  externalBatches: null,
  bonusMarks: 'unitId',
  extensions: null,
}

const keyOf = (table: FactTable, row: Row): string => {
  const column = owner[table]
  return column === null ? String(row.id) : `${String(row[column])}/${String(row.id)}`
}

/** The rows of a table that results rest on, a page at a time. */
async function* pagesOf(db: Source, table: FactTable, assessmentId: string): AsyncGenerator<Row[]> {
  if (table === 'schemes') {
    yield await db
      .selectFrom('schemes')
      .innerJoin('assessments', 'assessments.schemeId', 'schemes.id')
      .selectAll('schemes')
      .where('assessments.id', '=', assessmentId)
      .execute()
    return
  }
  for (let after = 0; ;) {
    const rows = await page(db, table, assessmentId, after)
    yield rows
    if (rows.length < PAGE) return
    after = Number(rows.at(-1)?.seq)
  }
}

async function hashesOf(db: Source, table: FactTable, assessmentId: string): Promise<RowHashes> {
  const hashes: Record<string, string> = {}
  for await (const rows of pagesOf(db, table, assessmentId))
    for (const row of rows) hashes[keyOf(table, row)] = hashOf(row)
  return hashes
}

/** Everything that results rest on as it is now; a page of rows in memory at a time, and the hashes. */
export async function readFrozenFacts(db: Source, assessmentId: string): Promise<FrozenFacts> {
  const rows: Partial<Record<FactTable, RowHashes>> = {}
  for (const table of factTables) rows[table] = await hashesOf(db, table, assessmentId)
  const calendar = await loadCalendar(db)
  return {
    format: 1,
    rows: rows as Record<FactTable, RowHashes>,
    units: (await asTheyWereIn(db, assessmentId, await listUnits(db))).map(({ id, name, parentId }) => ({
      id,
      name,
      parentId,
    })),
    participants: await listParticipants(db, assessmentId),
    windows: await listWindows(db, assessmentId),
    holidays: {
      holidays: [...calendar.holidays].sort(),
      workdays: [...calendar.workdays].sort(),
      announced: [...calendar.announced].sort(),
    },
  }
}

/**
 * A hash over every stored byte that a publication's verification rests on, and the day it is looked at; undefined when there is no such
 * publication. Far cheaper than the hashes of the rows one by one: it tells that something changed, not what.
 */
export async function printOf(db: Source, publicationId: string, today: Day): Promise<string | undefined> {
  const publication = await db
    .selectFrom('publications')
    .selectAll()
    .where('id', '=', publicationId)
    .executeTakeFirst()
  if (!publication) return undefined
  const { assessmentId } = publication
  const hash = createHash('sha256')
  const take = (part: unknown): void => void hash.update(JSON.stringify(part)).update('\n')
  take([today, publication])
  take(await db.selectFrom('assessments').selectAll().where('id', '=', assessmentId).execute())
  for (const table of factTables)
    for await (const rows of pagesOf(db, table, assessmentId)) take([table, rows])
  const { holidays, workdays, announced } = await loadCalendar(db)
  take([
    await asTheyWereIn(db, assessmentId, await listUnits(db)),
    await listParticipants(db, assessmentId),
    await listWindows(db, assessmentId),
    [[...holidays], [...workdays], [...announced]],
  ])
  return hash.digest('base64url')
}

const eachRow = ({ rows, participants, windows, ...rest }: FrozenFacts, change: (row: Row) => Row) => ({
  ...rest,
  rows: change(rows),
  participants: participants.map((row) => change({ ...row })),
  windows: windows.map((row) => change({ ...row })),
})

/** The text that a publication keeps, as canonical JSON. */
export const frozenText = (frozen: FrozenFacts): string => canonicalJson(eachRow(frozen, asStored))

/** Reads what `frozenText` wrote. */
export const parseFrozen = (text: string): FrozenFacts =>
  eachRow(JSON.parse(text) as FrozenFacts, fromStored) as unknown as FrozenFacts

/** SHA-256 over all of it, in hex. */
export const digestOf = (frozen: FrozenFacts): string => sha256(frozenText(frozen))

export const calendarFrom = ({ holidays }: Pick<FrozenFacts, 'holidays'>): WorkCalendar => ({
  holidays: new Set(holidays.holidays),
  workdays: new Set(holidays.workdays),
  announced: new Set(holidays.announced),
})

const byKey = <Value>(values: readonly Value[], key: (value: Value) => string): RowHashes =>
  Object.fromEntries(values.map((value) => [key(value), canonicalJson(value)]))

const windowKey = ({ component, key }: WindowRow): string => `${component} ${key}`

/** Days that differ from an ordinary week, by year. */
const holidayYears = ({ holidays: { holidays, workdays, announced } }: FrozenFacts): RowHashes => {
  const of = (days: readonly string[], year: number) => days.filter((day) => day.startsWith(`${year}-`))
  return byKey(
    announced.map((year) => ({ year, holidays: of(holidays, year), workdays: of(workdays, year) })),
    ({ year }) => String(year),
  )
}

/** Everything that is not as it was. A unit that is merely new concerns no result. */
export function changesSince(then: FrozenFacts, now: FrozenFacts): FactChange[] {
  const units = rowChanges(
    'units',
    byKey(then.units, ({ id }) => id),
    byKey(now.units, ({ id }) => id),
  )
  return [
    ...factTables.flatMap((table) => rowChanges(table, then.rows[table], now.rows[table])),
    ...units.filter(({ change }) => change !== 'added'),
    ...rowChanges(
      'participants',
      byKey(then.participants, ({ unitId }) => unitId),
      byKey(now.participants, ({ unitId }) => unitId),
    ),
    ...rowChanges('windows', byKey(then.windows, windowKey), byKey(now.windows, windowKey)),
    ...rowChanges('holidays', holidayYears(then), holidayYears(now)),
  ]
}
