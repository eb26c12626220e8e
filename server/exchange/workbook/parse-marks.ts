import type { ExternalMark, VerifiedMark } from '../../assessment/score/facts.ts'
import { compare, decimal, type Decimal } from '../../assessment/rational.ts'
import type { ExternalComponent, VerifiedMarksComponent } from '../../assessment/rule/scheme.ts'
import type { Origin } from '../spreadsheet/place.ts'
import { word } from '../spreadsheet/cell.ts'
import { leafKeys } from './leaf-names.ts'
import type { Report } from '../spreadsheet/report.ts'
import { externalColumns, notApplicable, verifiedColumns } from './sheet-columns.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asNumber, asText, openTable, type Parser, type TableRow, unless } from '../spreadsheet/table.ts'

export interface MarksReading<Mark> {
  readonly marks: readonly Mark[]
  readonly origins: readonly Origin[]
}

/** What marks need to know of the units. */
export interface AssessedUnits {
  has(name: string): boolean
  takesPart(name: string): boolean
}

const asMarks = unless(asNumber, 'negative', (value) => value.startsWith('-'))
const asFullMarks = unless(asNumber, 'not-positive', (value) => compare(decimal(value), decimal('0')) <= 0)
/** Marks, or the word for a leaf that is not applicable. */
export const asLeafMarks: Parser<Decimal | 'not-applicable'> = (cell) =>
  typeof cell === 'string' && word(cell) === notApplicable ? { value: 'not-applicable' } : asMarks(cell)

const isAbove = (marks: Decimal, full: Decimal): boolean => compare(decimal(marks), decimal(full)) > 0

/** The unit of a row; undefined when a problem or, for one that does not take part, a warning was given instead. */
export function unitTakingPart<Name extends string>(
  row: TableRow<Name | '单位'>,
  sheet: string,
  units: AssessedUnits,
  report: Report,
): string | undefined {
  const unit = row.needed('单位', asText)
  if (unit === undefined) return undefined
  if (!units.has(unit)) {
    row.problem('unknown-unit', '单位', { value: unit })
    return undefined
  }
  if (units.takesPart(unit)) return unit
  report.warn('not-taking-part', sheet, row.number, '单位', { value: unit })
  return undefined
}

type VerifiedName = keyof typeof verifiedColumns
type Marks = Pick<VerifiedMark, 'leaf' | 'full' | 'claimed' | 'marks'>

function readTotal(row: TableRow<VerifiedName>, defaultFull: Decimal): Marks | undefined {
  const marks = row.optional('核查得分', asMarks)
  const full = row.optional('满分', asFullMarks)
  const claimed = row.optional('自评分', asMarks)
  if (marks === undefined || full === undefined || claimed === undefined) return undefined
  const most = full ?? defaultFull
  if (marks !== null && isAbove(marks, most))
    row.problem('marks-above-full', '核查得分', { value: marks, full: most })
  if (claimed !== null && isAbove(claimed, most))
    row.problem('marks-above-full', '自评分', { value: claimed, full: most })
  return { leaf: null, full: most, claimed, marks }
}

function readLeaf(row: TableRow<VerifiedName>): Marks | undefined {
  const leaf = row.needed('指标', asText)
  const full = row.needed('满分', asFullMarks)
  const marks = row.optional('核查分', asLeafMarks)
  const claimed = row.optional('自评分', asMarks)
  if (leaf === undefined || full === undefined || marks === undefined || claimed === undefined)
    return undefined
  if (marks !== null && marks !== 'not-applicable' && isAbove(marks, full)) {
    row.problem('marks-above-full', '核查分', { value: marks, full })
  }
  if (claimed !== null && isAbove(claimed, full))
    row.problem('marks-above-full', '自评分', { value: claimed, full })
  return { leaf, full, claimed, marks }
}

const lackedBy = (has: (name: VerifiedName) => boolean): VerifiedName | undefined => {
  if (has('核查得分')) return undefined
  const leafColumns = ['指标', '满分', '核查分'] as const
  const lacked = leafColumns.find((name) => !has(name))
  return has('指标') || has('核查分') ? lacked : '核查得分'
}

/** Reads the verified marks of a component: totals per window, or marks by indicator, row by row. */
export function parseVerified(
  sheet: Sheet,
  component: VerifiedMarksComponent,
  totalFull: Decimal,
  units: AssessedUnits,
  report: Report,
): MarksReading<VerifiedMark> | undefined {
  const table = openTable(sheet, verifiedColumns, report)
  if (!table) return undefined
  const lacked = lackedBy(table.has)
  if (lacked !== undefined) {
    report.problem('missing-column', sheet.name, 1, lacked)
    return undefined
  }
  const windows = new Map(component.windows.map((window) => [word(window.name), window.key]))
  const words = component.windows.map((window) => window.name).join('、')
  const keyOf = leafKeys(component)
  const first = new Map<string, number>()
  const formOf = new Map<string, { total: boolean; row: number }>()
  const marks: VerifiedMark[] = []
  const origins: Origin[] = []

  for (const row of table.rows) {
    const unit = unitTakingPart(row, sheet.name, units, report)
    const windowName = row.needed('周期', asText)
    const window = windowName === undefined ? undefined : windows.get(word(windowName))
    if (windowName !== undefined && window === undefined) {
      row.problem('unknown-window', '周期', { value: windowName, words })
    }
    const byLeaf = !table.has('核查得分') || !row.isBlank('指标') || !row.isBlank('核查分')
    if (byLeaf && !row.isBlank('核查得分')) row.problem('total-and-leaves', '核查得分', { first: row.number })
    const read = byLeaf ? readLeaf(row) : readTotal(row, totalFull)
    if (unit === undefined || window === undefined || read === undefined) continue

    const place = `${window}\n${unit}`
    const leaf = read.leaf === null ? null : keyOf(read.leaf)
    const form = formOf.get(place)
    const before = first.get(`${place}\n${leaf ?? ''}`)
    if (before !== undefined) row.problem('duplicate-mark', '单位', { first: before })
    else if (form && form.total === byLeaf) row.problem('total-and-leaves', '单位', { first: form.row })
    formOf.set(place, { total: !byLeaf, row: row.number })
    first.set(`${place}\n${leaf ?? ''}`, row.number)
    marks.push({ unitId: unit, component: component.key, window, ...read, leaf, on: null })
    origins.push({ sheet: sheet.name, row: row.number })
  }
  return { marks, origins }
}

/** Reads the marks that an external evaluator gave. */
export function parseExternal(
  sheet: Sheet,
  component: ExternalComponent,
  units: AssessedUnits,
  report: Report,
): MarksReading<ExternalMark> | undefined {
  const table = openTable(sheet, externalColumns, report)
  if (!table) return undefined
  const dimensions = new Map(component.dimensions.map((dimension) => [dimension.name, dimension]))
  const words = [...dimensions.keys()].join('、')
  const first = new Map<string, number>()
  const marks: ExternalMark[] = []
  const origins: Origin[] = []

  for (const row of table.rows) {
    const unit = unitTakingPart(row, sheet.name, units, report)
    const given = row.optional('得分', asMarks)
    const name = dimensions.size === 0 ? null : row.optional('维度', asText)
    const dimension = name ? dimensions.get(name) : null
    if (dimension === undefined) row.problem('unknown-dimension', '维度', { value: name ?? '', words })
    const full = dimension?.full ?? component.full
    if (given && isAbove(given, full)) row.problem('marks-above-full', '得分', { value: given, full })
    if (unit === undefined || given === undefined || dimension === undefined || name === undefined) continue
    const place = `${unit}\n${dimension?.key ?? ''}`
    const before = first.get(place)
    if (before !== undefined) row.problem('duplicate-mark', '单位', { first: before })
    first.set(place, row.number)
    marks.push({
      unitId: unit,
      component: component.key,
      dimension: dimension?.key ?? null,
      marks: given,
      on: null,
    })
    origins.push({ sheet: sheet.name, row: row.number })
  }
  return { marks, origins }
}
