import type { ClosedWindow } from '../../assessment/score/facts.ts'
import {
  componentsBy,
  verifiedComponents,
  type Clause,
  type Component,
  type Dimension,
  type Method,
  type Milestone,
  type RuleDay,
  type Scheme,
} from '../../assessment/rule/scheme.ts'
import {
  clauseColumns,
  dimensionColumns,
  englishColumns,
  milestoneColumns,
  partDetailColumns,
} from './detail-columns.ts'
import { workbookWords, type DetailSheet } from '../../assessment/rule/scheme-words.ts'
import { word } from '../spreadsheet/cell.ts'
import { freeKey } from '../spreadsheet/free-key.ts'
import { nameMap } from '../spreadsheet/name-map.ts'
import { readIndicators } from './indicator-sheet.ts'
import type { Report } from '../spreadsheet/report.ts'
import { asDayOfMonth, asMonth, asYearOffset, readWindows } from './parse-windows.ts'
import { withRules, type OldBonus } from './rule-rows.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asNumber, asText, asWord, openTable, unless, type TableRow } from '../spreadsheet/table.ts'

export type DetailSheets = Readonly<Partial<Record<DetailSheet, Sheet>>>

const asFull = unless(asNumber, 'not-positive', (value) => Number(value) <= 0)

function dueOf<Name extends string>(
  row: TableRow<Name | '年' | '月' | '日'>,
  year: number,
): RuleDay | undefined {
  const offset = row.needed('年', asYearOffset(year))
  const month = row.needed('月', asMonth)
  const day = row.needed('日', asDayOfMonth)
  if (offset === undefined || month === undefined || day === undefined) return undefined
  return { yearOffset: offset, month, day }
}

/** Gives out keys: the one written, else the one that something of the same name had, else the name; none twice. */
function keys(before: readonly { readonly key: string; readonly name: string }[]) {
  const taken = new Set<string>()
  return (written: string | null | undefined, name: string): string => {
    const like = before.find((each) => word(each.name) === word(name))
    const key = freeKey(written ?? like?.key ?? name, taken)
    taken.add(key)
    return key
  }
}

type Of<M extends Method> = Extract<Component, { method: M }>

/** The component of a method that a row belongs to; undefined when a problem was reported. */
function ownerOf<M extends Method, Name extends string>(
  row: TableRow<Name | '部分'>,
  scheme: Scheme,
  method: M,
): Of<M> | undefined {
  const owners = nameMap(componentsBy(scheme, method).map((owner) => [owner.name, owner]))
  const name = row.optional('部分', asText)
  const [only, ...others] = owners.names()
  if (name === undefined) return undefined
  if (name === null && others.length === 0 && only !== undefined) return owners.get(only)
  if (name === null) row.problem('blank-cell', '部分')
  else if (!owners.has(name)) row.problem('unknown-component', '部分', { value: name, words: owners.words() })
  return name === null ? undefined : owners.get(name)
}

/** The scheme with each component of a method changed. */
const eachOf = <M extends Method>(
  scheme: Scheme,
  method: M,
  change: (component: Of<M>) => Component,
): Scheme => ({
  ...scheme,
  components: scheme.components.map((one) => (one.method === method ? change(one as Of<M>) : one)),
})

function withParts(scheme: Scheme, sheet: Sheet, report: Report): Scheme {
  const table = openTable(sheet, partDetailColumns, report)
  if (!table) return scheme
  const parts = nameMap(scheme.components.map(({ name }) => [name, name]))
  const rows = nameMap<TableRow<keyof typeof partDetailColumns>>()
  for (const row of table.rows) {
    const name = row.needed('部分', asText)
    if (name === undefined) continue
    if (!parts.has(name)) row.problem('unknown-component', '部分', { value: name, words: parts.words() })
    const same = rows.add(name, row)
    if (same) row.problem('duplicate-row', '部分', { first: same.number })
  }
  const keyFor = keys(scheme.components)
  return {
    ...scheme,
    components: scheme.components.map((component): Component => {
      const row = rows.get(component.name)
      const key = keyFor(row?.optional('标识', asText), component.name)
      if (!row) return { ...component, key }
      const common = {
        key,
        clause: table.has('依据') ? (row.optional('依据', asText) ?? '') : component.clause,
      }
      const missing = row.optional('缺数', asWord(workbookWords.missing))
      switch (component.method) {
        case 'deductions':
          return { ...component, ...common }
        case 'verified-marks':
          return { ...component, ...common, missingWindow: missing ?? component.missingWindow }
        case 'external':
          return { ...component, ...common, missing: missing ?? component.missing }
      }
    }),
  }
}

function withDimensions(scheme: Scheme, sheet: Sheet, report: Report): Scheme {
  const table = openTable(sheet, dimensionColumns, report)
  if (!table) return scheme
  const dimensions = new Map<string, Dimension[]>()
  const keyOf = new Map<string, ReturnType<typeof keys>>()
  for (const row of table.rows) {
    const owner = ownerOf(row, scheme, 'external')
    const name = row.needed('维度', asText)
    const full = row.needed('满分', asFull)
    if (!owner || name === undefined || full === undefined) continue
    const keyFor = keyOf.get(owner.key) ?? keys(owner.dimensions)
    keyOf.set(owner.key, keyFor)
    const dimension = { key: keyFor(row.optional('标识', asText), name), name, full }
    dimensions.set(owner.key, [...(dimensions.get(owner.key) ?? []), dimension])
  }
  return eachOf(scheme, 'external', (one) => ({ ...one, dimensions: dimensions.get(one.key) ?? [] }))
}

function withMilestones(scheme: Scheme, sheet: Sheet, year: number, report: Report): Scheme {
  const table = openTable(sheet, milestoneColumns, report)
  if (!table) return scheme
  const keyFor = keys(scheme.milestones)
  return {
    ...scheme,
    milestones: [...table.rows].flatMap((row): Milestone[] => {
      const name = row.needed('事项', asText)
      const due = dueOf(row, year)
      if (name === undefined || due === undefined) return []
      const key = keyFor(row.optional('标识', asText), name)
      return [{ key, name, due, clause: row.optional('依据', asText) ?? '' }]
    }),
  }
}

function withIndicators(scheme: Scheme, sheet: Sheet, report: Report): Scheme {
  const marked = verifiedComponents(scheme)
  const trees = readIndicators(sheet, marked, report)
  return eachOf(scheme, 'verified-marks', (one) => ({
    ...one,
    indicators: trees?.get(one.name) ?? one.indicators,
  }))
}

function readClauses(sheet: Sheet, report: Report): readonly Clause[] {
  return [...(openTable(sheet, clauseColumns, report)?.rows ?? [])].flatMap((row): Clause[] => {
    const [number, text] = [row.needed('条款', asText), row.needed('内容', asText)]
    return number === undefined || text === undefined ? [] : [{ number, text }]
  })
}

function readEnglish(sheet: Sheet, report: Report): Scheme['english'] {
  return Object.fromEntries(
    [...(openTable(sheet, englishColumns, report)?.rows ?? [])].flatMap((row) => {
      const [chinese, english] = [row.needed('中文', asText), row.needed('英文', asText)]
      return chinese === undefined || english === undefined ? [] : [[chinese, english] as const]
    }),
  )
}

/** Puts the detail sheets that a workbook has over the scheme of its other sheets; and the days its windows were closed. `year` is the assessed one. */
export function withDetails(
  scheme: Scheme,
  sheets: DetailSheets,
  year: number,
  bonus: OldBonus,
  report: Report,
): { readonly scheme: Scheme; readonly closed: readonly ClosedWindow[] } {
  let next = scheme
  let closed: readonly ClosedWindow[] = []
  if (sheets.parts) next = withParts(next, sheets.parts, report)
  if (sheets.windows) {
    const read = readWindows(sheets.windows, next.components, year, report)
    next = { ...next, components: read.components }
    closed = read.closed
  }
  if (sheets.dimensions) next = withDimensions(next, sheets.dimensions, report)
  if (sheets.indicators) next = withIndicators(next, sheets.indicators, report)
  if (sheets.milestones) next = withMilestones(next, sheets.milestones, year, report)
  if (sheets.rules) next = withRules(next, sheets.rules, bonus, report)
  if (sheets.clauses) next = { ...next, clauses: readClauses(sheets.clauses, report) }
  if (sheets.english) next = { ...next, english: readEnglish(sheets.english, report) }
  return { scheme: next, closed }
}
