import type { ClosedWindow } from '../../assessment/score/facts.ts'
import { isDay, type Day } from '../../assessment/day.ts'
import {
  ruleDay,
  windowEnd,
  type Component,
  type RuleDay,
  type Window,
} from '../../assessment/rule/scheme.ts'
import { textOf, word } from '../spreadsheet/cell.ts'
import { freeKey } from '../spreadsheet/free-key.ts'
import { nameMap } from '../spreadsheet/name-map.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import {
  asCount,
  asDay,
  asHundredths,
  asText,
  openTable,
  unless,
  type Parser,
  type TableRow,
} from '../spreadsheet/table.ts'
import { yearWords } from '../../assessment/rule/scheme-words.ts'
import { halves } from '../../assessment/rule/usual-times.ts'
import { windowColumns } from './detail-columns.ts'

export const asMonth = unless(asCount, 'not-a-day', (value) => value < 1 || value > 12)
export const asDayOfMonth = unless(asCount, 'not-a-day', (value) => value < 1 || value > 31)
const asWindowWeight = unless(asHundredths, 'not-positive', (value) => value <= 0)

/** Years after the assessed one, from 当年, 次年, 第三年 or four digits. */
export const asYearOffset =
  (year: number): Parser<number> =>
  (cell) => {
    const text = word(textOf(cell)).replace(/年$/, '')
    const at = yearWords.findIndex((each) => word(each).replace(/年$/, '') === text)
    if (at !== -1) return { value: at }
    return /^\d{4}$/.test(text)
      ? { value: Number(text) - year }
      : { refused: 'unknown-word', params: { value: textOf(cell), words: yearWords.join('、') } }
  }

type Name = keyof typeof windowColumns

/** A day of the rule from three columns; null where month and day are blank, undefined when a problem was reported. */
function dayIn(
  row: TableRow<Name>,
  [yearColumn, monthColumn, dayColumn]: readonly [Name, Name, Name],
  year: number,
): RuleDay | null | undefined {
  const offset = row.optional(yearColumn, asYearOffset(year))
  const month = row.optional(monthColumn, asMonth)
  const day = row.optional(dayColumn, asDayOfMonth)
  if (offset === undefined || month === undefined || day === undefined) return undefined
  if (month === null && day === null) return null
  if (month === null || day === null) {
    row.problem('blank-cell', month === null ? monthColumn : dayColumn)
    return undefined
  }
  const rule = { yearOffset: offset ?? 0, month, day }
  if (isDay(ruleDay(year, rule))) return rule
  row.problem('not-a-day', dayColumn, { value: `${month}-${day}` })
  return undefined
}

/** 统计截止 of 上半年 and 下半年 where none is given. */
const usualEnd = (name: string): RuleDay | null =>
  halves.find((half) => word(half.name) === word(name))?.ends ?? null

interface WindowRow {
  readonly row: number
  readonly window: Window
  readonly closedOn: Day | null
}

/** Windows of one part as its rows give them: in order of their ends, no two alike. */
function checked(
  rows: readonly WindowRow[],
  sheet: string,
  year: number,
  report: Report,
): readonly WindowRow[] {
  const ordered = rows.toSorted((a, b) => windowEnd(a.window, year).localeCompare(windowEnd(b.window, year)))
  ordered.forEach(({ row, window }, at) => {
    const before = ordered[at - 1]
    if (before && windowEnd(before.window, year) === windowEnd(window, year))
      report.problem('windows-end-together', sheet, row, '止日', { other: before.window.name })
  })
  const unweighted = rows.find(({ window }) => window.weight === null)
  if (unweighted && rows.some(({ window }) => window.weight !== null))
    report.problem('some-weights', sheet, unweighted.row, '权重')
  return ordered
}

/** Reads 周期 over the windows of a scheme's parts; and the days on which windows were closed. `year` is the assessed one. */
export function readWindows(
  sheet: Sheet,
  components: readonly Component[],
  year: number,
  report: Report,
): { readonly components: readonly Component[]; readonly closed: readonly ClosedWindow[] } {
  const table = openTable(sheet, windowColumns, report)
  if (!table) return { components, closed: [] }
  const parts = nameMap(components.map((component) => [component.name, component]))
  const read = new Map<
    string | null,
    { row: TableRow<Name>; name: string; window: Omit<Window, 'key'>; closedOn: Day | null }[]
  >()
  for (const row of table.rows) {
    const partName = row.optional('部分', asText)
    const name = row.needed('周期', asText)
    const due = dayIn(row, ['年', '月', '日'], year)
    const stated = dayIn(row, ['止年', '止月', '止日'], year)
    const weight = row.optional('权重', asWindowWeight)
    const closedOn = row.optional('关闭日期', asDay)
    if (partName === undefined || name === undefined || due === undefined || stated === undefined) continue
    if (weight === undefined || closedOn === undefined) continue
    const part = partName === null ? null : parts.get(partName)
    if (part === undefined) {
      row.problem('unknown-component', '部分', { value: partName ?? '', words: parts.words() })
      continue
    }
    const ends = stated ?? usualEnd(name)
    if (ends === null && due === null) {
      row.problem('window-without-end', '止日')
      continue
    }
    const key = part === null ? null : part.key
    read.set(key, [...(read.get(key) ?? []), { row, name, window: { name, ends, due, weight }, closedOn }])
  }
  const shared = read.get(null)
  const closed: ClosedWindow[] = []
  const changed = components.map((component): Component => {
    const own = read.get(component.key) ?? (component.method === 'verified-marks' ? shared : undefined)
    if (!own) return component
    const taken = new Set<string>()
    const names = nameMap<number>()
    const rows = own.map(({ row, name, window, closedOn }): WindowRow => {
      const same = names.add(name, row.number)
      if (same !== undefined) row.problem('duplicate-row', '周期', { first: same })
      const like = component.windows.find((each) => word(each.name) === word(name))
      const half = halves.find((each) => word(each.name) === word(name))
      const key = freeKey(row.optional('标识', asText) ?? like?.key ?? half?.key ?? name, taken)
      taken.add(key)
      return { row: row.number, window: { ...window, key }, closedOn }
    })
    const windows = checked(rows, sheet.name, year, report)
    for (const { window, closedOn } of windows)
      if (closedOn) closed.push({ component: component.key, window: window.key, on: closedOn })
    return { ...component, windows: windows.map(({ window }) => window) }
  })
  return { components: changed, closed }
}
