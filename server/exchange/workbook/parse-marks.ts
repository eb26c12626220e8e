import type { ExternalMark, VerifiedMark } from '../../assessment/score/facts.ts'
import { compare, decimal, type Decimal } from '../../assessment/rational.ts'
import { marksFrom, shownMarks } from '../../assessment/score/leaf-scale.ts'
import { scaleText } from '../../assessment/rule/rule-texts.ts'
import { workbookWords } from '../../assessment/rule/scheme-words.ts'
import {
  componentFor,
  leavesOf,
  type Component,
  type ExternalComponent,
  type Indicator,
  type LeafScale,
  type VerifiedMarksComponent,
} from '../../assessment/rule/scheme.ts'
import { nameMap } from '../spreadsheet/name-map.ts'
import type { Origin, Params } from '../spreadsheet/place.ts'
import { word } from '../spreadsheet/cell.ts'
import { leafKeys } from './leaf-names.ts'
import type { Report } from '../spreadsheet/report.ts'
import { externalColumns, notApplicable, verifiedColumns } from './sheet-columns.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import {
  asMarksNumber,
  asNumber,
  asText,
  openTable,
  type Parser,
  type TableRow,
  unless,
} from '../spreadsheet/table.ts'

export interface MarksReading<Mark> {
  readonly marks: readonly Mark[]
  readonly origins: readonly Origin[]
}

/** What marks need to know of the units. */
export interface AssessedUnits {
  /** The unit of that name, as first written. */
  named(name: string): string | undefined
  takesPart(unit: string): boolean
  /** Its ranking group. */
  groupOf(unit: string): string
}

const asMarks = unless(asMarksNumber, 'negative', (value) => value.startsWith('-'))
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
  const name = row.needed('单位', asText)
  if (name === undefined) return undefined
  const unit = units.named(name)
  if (unit === undefined) {
    row.problem('unknown-unit', '单位', { value: name })
    return undefined
  }
  if (units.takesPart(unit)) return unit
  report.warn('not-taking-part', sheet, row.number, '单位', { value: unit })
  return undefined
}

type VerifiedName = keyof typeof verifiedColumns
type Marks = Pick<VerifiedMark, 'leaf' | 'full' | 'claimed' | 'marks' | 'observation'>

function readTotal(row: TableRow<VerifiedName>, defaultFull: Decimal): Marks | undefined {
  const marks = row.optional('核查得分', asLeafMarks)
  const full = row.optional('满分', asFullMarks)
  const claimed = row.optional('自评分', asMarks)
  if (marks === undefined || full === undefined || claimed === undefined) return undefined
  const most = full ?? defaultFull
  if (marks !== null && marks !== 'not-applicable' && isAbove(marks, most))
    row.problem('marks-above-full', '核查得分', { value: marks, full: most })
  if (claimed !== null && isAbove(claimed, most))
    row.problem('marks-above-full', '自评分', { value: claimed, full: most })
  return { leaf: null, full: most, claimed, marks, observation: null }
}

/** What follows from a leaf's observation; a mark beside it counts, with a warning where it departs. */
function observed(
  row: TableRow<VerifiedName>,
  leaf: Indicator | undefined,
  full: Decimal,
  marks: Marks['marks'],
  observation: string,
  warn: (code: 'marks-depart', params: Params) => void,
): void {
  const scale: LeafScale = leaf?.scale ?? { type: 'free' }
  const follows = marksFrom(scale, observation, full)
  if (!('marks' in follows)) {
    const how = [workbookWords.scaleType[scale.type], scaleText(scale) ?? ''].join(' ').trim()
    row.problem('no-observation', '观测', { value: observation, how })
    return
  }
  const shown = shownMarks(follows.marks)
  if (isAbove(shown, full)) row.problem('marks-above-full', '观测', { value: shown, full })
  const departs =
    marks !== null && (marks === 'not-applicable' || compare(decimal(marks), decimal(shown)) !== 0)
  if (departs)
    warn('marks-depart', {
      value: marks === 'not-applicable' ? notApplicable : marks,
      observation,
      follows: shown,
    })
}

function readLeaf(
  row: TableRow<VerifiedName>,
  leafNamed: (name: string) => Indicator | undefined,
  warn: (code: 'marks-depart', params: Params) => void,
): Marks | undefined {
  const leaf = row.needed('指标', asText)
  const known = leaf === undefined ? undefined : leafNamed(leaf)
  const stated = row.optional('满分', asFullMarks)
  const full = stated ?? known?.full
  if (leaf !== undefined && stated === null && full == null) row.problem('blank-cell', '满分')
  const marks = row.optional('核查分', asLeafMarks)
  const observation = row.optional('观测', asText)
  const claimed = row.optional('自评分', asMarks)
  if (leaf === undefined || full == null || marks === undefined || claimed === undefined) return undefined
  if (observation === undefined) return undefined
  if (marks !== null && marks !== 'not-applicable' && isAbove(marks, full)) {
    row.problem('marks-above-full', '核查分', { value: marks, full })
  }
  if (claimed !== null && isAbove(claimed, full))
    row.problem('marks-above-full', '自评分', { value: claimed, full })
  if (observation !== null) observed(row, known, full, marks, observation, warn)
  return { leaf, full, claimed, marks, observation }
}

const lackedBy = (has: (name: VerifiedName) => boolean): VerifiedName | undefined => {
  if (has('核查得分')) return undefined
  if (!has('指标')) return has('核查分') ? '指标' : '核查得分'
  return has('核查分') || has('观测') ? undefined : '核查分'
}

/** Full marks of a window's total: those of the unit's group, else the part's. */
const groupFull = (component: Component, group: string, full: Decimal): Decimal =>
  component.variants.find((variant) => variant.group === group)?.full ?? full

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
  const windows = nameMap(component.windows.map((window) => [window.name, window.key]))
  const words = windows.words()
  const keyOf = leafKeys(component)
  const leaves = nameMap(
    leavesOf(component.indicators).flatMap(
      (leaf) =>
        [
          [leaf.key, leaf],
          [leaf.name, leaf],
        ] as const,
    ),
  )
  const first = new Map<string, number>()
  const formOf = new Map<string, { total: boolean; row: number }>()
  const marks: VerifiedMark[] = []
  const origins: Origin[] = []

  for (const row of table.rows) {
    const unit = unitTakingPart(row, sheet.name, units, report)
    if (unit === undefined) continue
    const windowName = row.needed('周期', asText)
    const window = windowName === undefined ? undefined : windows.get(windowName)
    if (windowName !== undefined && window === undefined) {
      row.problem('unknown-window', '周期', { value: windowName, words })
    }
    const byLeaf =
      !table.has('核查得分') || !row.isBlank('指标') || !row.isBlank('核查分') || !row.isBlank('观测')
    if (byLeaf && !row.isBlank('核查得分')) row.problem('total-and-leaves', '核查得分', { first: row.number })
    const warn = (code: 'marks-depart', params: Params) =>
      report.warn(code, sheet.name, row.number, '核查分', params)
    const defaultFull = groupFull(component, units.groupOf(unit), totalFull)
    const read = byLeaf ? readLeaf(row, (name) => leaves.get(name), warn) : readTotal(row, defaultFull)
    if (window === undefined || read === undefined) continue

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
  const windowed = component.windows.length > 0
  const columns = windowed
    ? { ...externalColumns, 周期: { ...externalColumns.周期, needed: true } }
    : externalColumns
  const table = openTable<keyof typeof externalColumns>(sheet, columns, report)
  if (!table) return undefined
  const dimensions = nameMap(component.dimensions.map((dimension) => [dimension.name, dimension]))
  const windows = nameMap(component.windows.map((window) => [window.name, window.key]))
  const hasDimensions = component.dimensions.length > 0
  const first = new Map<string, number>()
  const marks: ExternalMark[] = []
  const origins: Origin[] = []

  for (const row of table.rows) {
    const unit = unitTakingPart(row, sheet.name, units, report)
    if (unit === undefined) continue
    const given = row.optional('得分', asLeafMarks)
    const name = hasDimensions ? row.optional('维度', asText) : null
    const dimension = name ? dimensions.get(name) : null
    const windowName = windowed ? row.needed('周期', asText) : null
    const window = windowName ? windows.get(windowName) : null
    if (windowed && windowName !== undefined && window === undefined)
      row.problem('unknown-window', '周期', { value: windowName ?? '', words: windows.words() })
    if (dimension === undefined)
      row.problem('unknown-dimension', '维度', { value: name ?? '', words: dimensions.words() })
    const full = dimension?.full ?? fullFor(component, units.groupOf(unit))
    if (given && given !== 'not-applicable' && isAbove(given, full))
      row.problem('marks-above-full', '得分', { value: given, full })
    if (given === undefined || dimension === undefined || name === undefined) continue
    if (window === undefined || windowName === undefined) continue
    const place = `${unit}\n${window ?? ''}\n${dimension?.key ?? ''}`
    const before = first.get(place)
    if (before !== undefined) row.problem('duplicate-mark', '单位', { first: before })
    first.set(place, row.number)
    const mark = { unitId: unit, component: component.key, window, dimension: dimension?.key ?? null }
    marks.push({ ...mark, marks: given, on: null })
    origins.push({ sheet: sheet.name, row: row.number })
  }
  return { marks, origins }
}

/** Full marks of an external part for a group. */
const fullFor = (component: ExternalComponent, group: string): Decimal => {
  const own = componentFor(component, group)
  return own?.method === 'external' ? own.full : component.full
}
