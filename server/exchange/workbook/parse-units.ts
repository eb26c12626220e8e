import type { Participant, Unit } from '../../assessment/score/facts.ts'
import type { Origin } from '../spreadsheet/place.ts'
import { nameMap, type NameMap } from '../spreadsheet/name-map.ts'
import type { Report } from '../spreadsheet/report.ts'
import { takingPartWords, unitColumns } from './sheet-columns.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asText, asWord, openTable } from '../spreadsheet/table.ts'

export interface UnitsReading {
  readonly units: readonly Unit[]
  readonly participants: readonly Participant[]
  readonly origins: readonly Origin[]
  /** Names of the units as first written, by any way of writing them. */
  readonly names: NameMap<string>
}

interface UnitRow {
  readonly row: number
  readonly name: string
  readonly parent: string | null
}

/** Reports each cycle once, at its first row, and each parent that is not listed. */
function checkParents(sheet: string, rows: readonly UnitRow[], report: Report): void {
  const byName = nameMap(rows.map((row) => [row.name, row]))
  const settled = new Set<string>()
  for (const start of rows) {
    if (start.parent !== null && !byName.has(start.parent)) {
      report.problem('unknown-unit', sheet, start.row, '上级单位', { value: start.parent })
    }
    const path: string[] = []
    const onPath = new Set<string>()
    let at: UnitRow | undefined = start
    while (at && !settled.has(at.name) && !onPath.has(at.name)) {
      path.push(at.name)
      onPath.add(at.name)
      at = at.parent === null ? undefined : byName.get(at.parent)
    }
    if (at && onPath.has(at.name)) {
      const cycle = path.slice(path.indexOf(at.name))
      const first = byName.get(cycle[0] as string) as UnitRow
      report.problem('cycle-of-parents', sheet, first.row, '上级单位', {
        path: [...cycle, at.name].join(' → '),
      })
    }
    path.forEach((name) => settled.add(name))
  }
}

/** Reads 考核对象. A unit's name is its id. Undefined when the sheet's columns are not there. */
export function parseUnits(sheet: Sheet, report: Report): UnitsReading | undefined {
  const table = openTable(sheet, unitColumns, report)
  if (!table) return undefined
  const first = nameMap<number>()
  const groups = nameMap<string>()
  const names = nameMap<string>()
  const rows: UnitRow[] = []
  const participants: Participant[] = []
  for (const row of table.rows) {
    const name = row.needed('单位', asText)
    const part = row.optional('参评', asWord(takingPartWords))
    const parent = row.optional('上级单位', asText)
    // The group of a unit that does not take part says nothing, so it may be left out.
    const group = part === 'no' ? row.optional('分组', asText) : row.needed('分组', asText)
    if (name === undefined) continue
    const before = first.add(name, row.number)
    if (before !== undefined) {
      row.problem('duplicate-unit', '单位', { value: name, first: before })
      continue
    }
    names.add(name, name)
    rows.push({ row: row.number, name, parent: parent ?? null })
    if (part !== 'no' && group) {
      groups.add(group, group)
      participants.push({ unitId: name, group: groups.get(group) ?? group })
    }
  }
  checkParents(sheet.name, rows, report)
  if (participants.length === 0) report.warn('no-participants', sheet.name)
  return {
    units: rows.map(({ name, parent }) => ({
      id: name,
      name,
      parentId: parent === null ? null : (names.get(parent) ?? parent),
    })),
    participants,
    origins: rows.map(({ row }) => ({ sheet: sheet.name, row })),
    names,
  }
}
