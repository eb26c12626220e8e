import type { Day } from '../../assessment/day.ts'
import type { BonusMark, Facts } from '../../assessment/score/facts.ts'
import type { Hundredths } from '../../assessment/rational.ts'
import type { Scheme } from '../../assessment/rule/scheme.ts'
import type { Origin } from '../spreadsheet/place.ts'
import type { BookSheet } from './book-sheets.ts'
import { type AssessedUnits, unitTakingPart } from './parse-marks.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { sheetOf } from './sheet-columns.ts'
import { type Column } from '../spreadsheet/column.ts'
import { dayValue, hundredthsValue, textValue, type Value } from '../spreadsheet/cell-value.ts'
import { asDay, asHundredths, asText, openTable, unless } from '../spreadsheet/table.ts'

export const bonusSheetName = '加分'

export const bonusColumns = {
  单位: { needed: true, content: 'text', about: '参评单位，须列在“考核对象”中。' },
  分值: { needed: true, content: 'number', about: '加的分数，大于 0，最多两位小数。' },
  事由: { needed: false, content: 'text', about: '因何加分。' },
  日期: { needed: true, content: 'day', about: '自该日起计入。' },
  冲销: { needed: false, content: 'day', about: '撤回加分的日期，自该日起不再计入；空白为有效。' },
  冲销事由: { needed: false, content: 'text', about: '因何撤回。' },
} as const satisfies Readonly<Record<string, Column>>

/** Points given, with what took them back. */
export interface GivenBonus {
  readonly id: string
  readonly unitId: string
  readonly points: Hundredths
  readonly on: Day
  readonly what: string
  readonly back: { readonly on: Day; readonly what: string } | null
}

/** The entries that give points, in their order, each with the one that takes it back. */
export function givenBonuses(bonuses: Facts['bonuses']): GivenBonus[] {
  const back = new Map(bonuses.flatMap((one) => (one.entry?.reverses ? [[one.entry.reverses, one]] : [])))
  return bonuses.flatMap(({ unitId, points, on, entry }) => {
    if (!entry || entry.reverses !== null) return []
    const taken = back.get(entry.id)
    const { id, what } = entry
    return [
      { id, unitId, points, on, what, back: taken ? { on: taken.on, what: taken.entry?.what ?? '' } : null },
    ]
  })
}

/** The sheet 加分 of a scheme that has a bonus; none when a component's own sheet bears its name. */
export function bonusBooks(scheme: Scheme, facts: Facts): BookSheet[] {
  if (!scheme.bonus || scheme.components.some((one) => sheetOf(one) === bonusSheetName)) return []
  const names = new Map(facts.units.map(({ id, name }) => [id, name]))
  const rows = givenBonuses(facts.bonuses).map(({ unitId, points, on, what, back }): Value[] => [
    textValue(names.get(unitId) ?? unitId),
    hundredthsValue(points),
    textValue(what),
    dayValue(on),
    back && dayValue(back.on),
    back && textValue(back.what),
  ])
  return [{ name: bonusSheetName, columns: Object.entries(bonusColumns), rows }]
}

const asGiven = unless(asHundredths, 'not-positive', (points) => points <= 0)

/** Reads 加分: the entry of each row, followed by the one that takes it back; origins are of rows. */
export function parseBonuses(
  sheet: Sheet,
  units: AssessedUnits,
  report: Report,
): { readonly bonuses: readonly BonusMark[]; readonly origins: readonly Origin[] } {
  const table = openTable(sheet, bonusColumns, report)
  const bonuses: BonusMark[] = []
  const origins: Origin[] = []
  for (const row of table?.rows ?? []) {
    const unitId = unitTakingPart(row, sheet.name, units, report)
    const points = row.needed('分值', asGiven)
    const what = row.optional('事由', asText)
    const on = row.needed('日期', asDay)
    const backOn = row.optional('冲销', asDay)
    const why = row.optional('冲销事由', asText)
    if (unitId === undefined || points === undefined || on === undefined) continue
    if (what === undefined || backOn === undefined) continue
    if (backOn && backOn < on) row.problem('taken-back-before', '冲销')
    const id = String(row.number)
    origins.push({ sheet: sheet.name, row: row.number })
    bonuses.push({ unitId, points, on, entry: { id, what: what ?? '', reverses: null } })
    if (backOn)
      bonuses.push({
        unitId,
        points: -points,
        on: backOn,
        entry: { id: `${id} back`, what: why ?? '', reverses: id },
      })
  }
  return { bonuses, origins }
}
