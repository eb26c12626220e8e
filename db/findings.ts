import type { Insertable, Selectable, Transaction } from 'kysely'
import { insertRows, type BulkOptions } from './bulk.ts'
import { findGiven } from './bonuses.ts'
import type { Source } from './source.ts'
import { isSqlite } from './dialect.ts'
import type { AssessmentRow, FindingFactRow, FindingRow, Tables } from './tables.ts'

/** Ids in one query; databases bound how many parameters it may have. */
const CHUNK = 500

export const insertFindings = (
  trx: Transaction<Tables>,
  rows: readonly Insertable<FindingRow>[],
  options?: BulkOptions,
): Promise<void> => insertRows(trx, 'findings', rows, options)

export const insertFindingFacts = (
  trx: Transaction<Tables>,
  rows: readonly Insertable<FindingFactRow>[],
  options?: BulkOptions,
): Promise<void> => insertRows(trx, 'findingFacts', rows, options)

/** A unit within which numbers are wanted, and the units whose entries are charged to it, itself among them. */
export interface NumberSeries {
  readonly unitId: string
  readonly places: readonly string[]
  readonly count: number
  /** Numbers that new findings bring along. */
  readonly reserved: readonly string[]
}

/** A number's place in the year, as in `2017-3` and, as numbers were written before, `2017-003`; null for any other text. */
function placeIn(year: number, number: string): number | null {
  const [, prefix, place] = /^(\d{4})-(\d{1,9})$/.exec(number) ?? []
  return prefix === String(year) ? Number(place) : null
}

/** The numbers given within a unit, and those of other units that are shown at it by now. */
async function numbersAt(
  trx: Transaction<Tables>,
  assessmentId: string,
  { unitId, places }: NumberSeries,
): Promise<string[]> {
  const rows = await trx
    .selectFrom('findings')
    .select('number')
    .where('assessmentId', '=', assessmentId)
    .where((where) =>
      where.or([
        where('numberedUnitId', '=', unitId),
        where('unitId', 'in', places),
        where('id', 'in', where.selectFrom('findingFacts').select('findingId').where('unitId', 'in', places)),
      ]),
    )
    .execute()
  return rows.map(({ number }) => number)
}

/**
 * The first numbers of a year that are free within each unit, e.g. `2017-3`; none of them is shown at the unit already. Holds the assessment until
 * the transaction ends, so that no two get the same.
 */
export async function nextFindingNumbers(
  trx: Transaction<Tables>,
  { id, year }: Pick<AssessmentRow, 'id' | 'year'>,
  series: readonly NumberSeries[],
): Promise<Map<string, string[]>> {
  if (!isSqlite(trx))
    await trx.selectFrom('assessments').select('id').where('id', '=', id).forUpdate().execute()
  const numbers = new Map<string, string[]>()
  for (const one of series) {
    const there = [...(await numbersAt(trx, id, one)), ...one.reserved]
    const taken = new Set(there.map((number) => placeIn(year, number)))
    const free: string[] = []
    for (let place = 1; free.length < one.count; place++) if (!taken.has(place)) free.push(`${year}-${place}`)
    numbers.set(one.unitId, free)
  }
  return numbers
}

/** The id of the finding that a fact belongs to; undefined when there is no such fact. */
export async function findingIdOf(db: Source, factId: string): Promise<string | undefined> {
  const fact = await db
    .selectFrom('findingFacts')
    .select('findingId')
    .where('id', '=', factId)
    .executeTakeFirst()
  return fact?.findingId
}

/** The ledger of an assessment in the order recorded, without facts. */
export const listFindingRows = (db: Source, assessmentId: string): Promise<Selectable<FindingRow>[]> =>
  db.selectFrom('findings').selectAll().where('assessmentId', '=', assessmentId).orderBy('seq').execute()

/** Every finding's facts of an assessment in the order recorded. */
export const listFindingFacts = (db: Source, assessmentId: string): Promise<Selectable<FindingFactRow>[]> =>
  db
    .selectFrom('findingFacts')
    .innerJoin('findings', 'findings.id', 'findingFacts.findingId')
    .selectAll('findingFacts')
    .where('findings.assessmentId', '=', assessmentId)
    .orderBy('findingFacts.seq')
    .execute()

/** One finding with its facts in the order recorded; `isGiven` = points given before there were ledgers of gains. */
export async function findFinding(
  db: Source,
  id: string,
): Promise<
  | (Selectable<FindingRow> & {
      readonly facts: readonly Selectable<FindingFactRow>[]
      readonly isGiven: boolean
    })
  | undefined
> {
  const finding = await db.selectFrom('findings').selectAll().where('id', '=', id).executeTakeFirst()
  if (finding === undefined) {
    const [given] = await findGiven(db, [id])
    return given && { ...given.row, facts: given.facts, isGiven: true }
  }
  const facts = await db
    .selectFrom('findingFacts')
    .selectAll()
    .where('findingId', '=', id)
    .orderBy('seq')
    .execute()
  return { ...finding, facts, isGiven: false }
}

export type StoredFinding = NonNullable<Awaited<ReturnType<typeof findFinding>>>

function withFacts(
  findings: readonly Selectable<FindingRow>[],
  facts: readonly Selectable<FindingFactRow>[],
): StoredFinding[] {
  const byFinding = new Map<string, Selectable<FindingFactRow>[]>(findings.map(({ id }) => [id, []]))
  for (const fact of facts) byFinding.get(fact.findingId)?.push(fact)
  return findings.map((finding) => ({ ...finding, facts: byFinding.get(finding.id) ?? [], isGiven: false }))
}

/** Several findings with their facts, in the order recorded. */
export async function findFindings(db: Source, ids: readonly string[]): Promise<StoredFinding[]> {
  const findings: Selectable<FindingRow>[] = []
  const facts: Selectable<FindingFactRow>[] = []
  for (let start = 0; start < ids.length; start += CHUNK) {
    const some = ids.slice(start, start + CHUNK)
    findings.push(...(await db.selectFrom('findings').selectAll().where('id', 'in', some).execute()))
    facts.push(...(await db.selectFrom('findingFacts').selectAll().where('findingId', 'in', some).execute()))
  }
  const bySeq = (a: { seq: number }, b: { seq: number }) => a.seq - b.seq
  const stored = new Set(findings.map(({ id }) => id))
  const given = await findGiven(
    db,
    ids.filter((id) => !stored.has(id)),
  )
  return [
    ...withFacts(findings.sort(bySeq), facts.sort(bySeq)),
    ...given.map(({ row, facts: course }) => ({ ...row, facts: course, isGiven: true })),
  ]
}

/** Findings recorded under some kinds (and at some units, when given) with their facts, in the order recorded. */
export async function listFindingsUnder(
  db: Source,
  assessmentId: string,
  { kinds, unitIds }: { readonly kinds: readonly string[]; readonly unitIds?: readonly string[] },
): Promise<StoredFinding[]> {
  if (kinds.length === 0 || unitIds?.length === 0) return []
  let chosen = db
    .selectFrom('findings')
    .where('findings.assessmentId', '=', assessmentId)
    .where('findings.kind', 'in', kinds)
  if (unitIds) chosen = chosen.where('findings.unitId', 'in', unitIds)
  return withFacts(
    await chosen.selectAll('findings').orderBy('findings.seq').execute(),
    await db
      .selectFrom('findingFacts')
      .selectAll()
      .where('findingId', 'in', chosen.select('findings.id'))
      .orderBy('seq')
      .execute(),
  )
}

/** Tells of numbers whether a finding has them already: within the unit, or from before numbers counted within units. */
export async function numbersTaken(
  db: Source,
  assessmentId: string,
  numbers: readonly string[],
): Promise<(unitId: string, number: string) => boolean> {
  const taken = new Map<string, Set<string | null>>()
  for (let start = 0; start < numbers.length; start += CHUNK) {
    const rows = await db
      .selectFrom('findings')
      .select(['number', 'numberedUnitId'])
      .where('assessmentId', '=', assessmentId)
      .where('number', 'in', numbers.slice(start, start + CHUNK))
      .execute()
    for (const { number, numberedUnitId = null } of rows)
      taken.set(number, (taken.get(number) ?? new Set()).add(numberedUnitId))
  }
  return (unitId, number) => (taken.get(number)?.has(unitId) || taken.get(number)?.has(null)) ?? false
}
