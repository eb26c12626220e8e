import type { FactChange, FactTable } from '#assessment/publication/fact-changes'
import type { Source } from './source.ts'
import { listUnits } from './units.ts'

/** A change with what people know the row by. */
export interface DescribedChange {
  readonly change: FactChange
  /** Number of the finding with its unit's name, or name of the unit; null when neither can be told. */
  readonly about: string | null
  readonly type: string | null
  readonly findingId: string | null
  readonly unitId: string | null
  /** Day of the fact. */
  readonly on: string | null
  readonly recordedAt: string | null
}

type Row = Readonly<Record<string, unknown>>

/** Keys in one query; databases bound how many parameters it may have. */
const CHUNK = 500

async function rowsOf(db: Source, table: FactTable, ids: readonly string[]): Promise<Map<string, Row>> {
  const found = new Map<string, Row>()
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = ids.slice(start, start + CHUNK)
    const rows: Row[] = await db.selectFrom(table).selectAll().where('id', 'in', chunk).execute()
    for (const row of rows) found.set(String(row.id), row)
  }
  return found
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const lastPart = (key: string): string => key.slice(key.lastIndexOf('/') + 1)
const firstPart = (key: string): string | null => (key.includes('/') ? key.slice(0, key.indexOf('/')) : null)

/** The number of a finding with the name of the unit within which it was given, or else of the place. */
function numberOf(finding: Row | undefined, units: ReadonlyMap<string, string>): string | null {
  const number = text(finding?.number)
  const unit = units.get(text(finding?.numberedUnitId) ?? text(finding?.unitId) ?? '')
  return number === null || unit === undefined ? number : `${unit} ${number}`
}

/** The changes, each with the finding or unit it concerns, as far as the rows still tell. */
export async function describeChanges(
  db: Source,
  changes: readonly FactChange[],
): Promise<DescribedChange[]> {
  const of = (table: FactTable) => changes.filter((change) => change.table === table)
  const rows = new Map<string, Map<string, Row>>()
  for (const table of new Set(changes.map(({ table }) => table))) {
    if (table === 'units' || table === 'participants' || table === 'windows' || table === 'holidays') continue
    const ids = of(table).map(({ key }) => lastPart(key))
    rows.set(table, await rowsOf(db, table, ids))
  }
  const findingIds = [
    ...of('findingFacts').map(({ key }) => firstPart(key) ?? ''),
    ...of('findings').map(({ key }) => key),
  ]
  const findings = await rowsOf(db, 'findings', [...new Set(findingIds)])
  const units = new Map((await listUnits(db)).map(({ id, name }) => [id, name]))

  return changes.map((change) => {
    const { table, key } = change
    const row = rows.get(table)?.get(lastPart(key))
    const ofFinding = table === 'findings' ? key : table === 'findingFacts' ? firstPart(key) : null
    const finding = ofFinding === null ? undefined : findings.get(ofFinding)
    const ownUnit = table === 'findingFacts' ? null : firstPart(key)
    const isUnit = table === 'units' || table === 'participants'
    const unitId = isUnit ? key : (text(finding?.unitId) ?? ownUnit ?? text(row?.unitId))
    return {
      change,
      about: numberOf(finding, units) ?? units.get(unitId ?? '') ?? text(row?.name),
      type: text(row?.type),
      findingId: finding === undefined ? null : ofFinding,
      unitId,
      on: text(row?.onDay),
      recordedAt: text(row?.recordedAt),
    }
  })
}
