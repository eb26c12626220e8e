import type { ClosedWindow } from '../../assessment/score/facts.ts'
import {
  componentsBy,
  verifiedComponents,
  type Component,
  type DeductionKind,
  type Dimension,
  type Method,
  type Milestone,
  type RuleDay,
  type Scheme,
  type Window,
} from '../../assessment/rule/scheme.ts'
import {
  dimensionColumns,
  kindDetailColumns,
  milestoneColumns,
  missingWords,
  partDetailColumns,
  windowColumns,
  yearWords,
  yesNoWords,
  type DetailSheet,
} from './detail-columns.ts'
import { freeKey } from '../spreadsheet/free-key.ts'
import { readIndicators } from './indicator-sheet.ts'
import type { Report } from '../spreadsheet/report.ts'
import { withRules } from './rule-rows.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import {
  asCount,
  asDay,
  asNumber,
  asPoints,
  asText,
  asWord,
  openTable,
  unless,
  type TableRow,
} from '../spreadsheet/table.ts'

export type DetailSheets = Readonly<Partial<Record<DetailSheet, Sheet>>>

const yearOf: Readonly<Record<string, string>> = Object.fromEntries(
  yearWords.map((word, offset) => [String(offset), word]),
)
const asMonth = unless(asCount, 'not-a-day', (value) => value < 1 || value > 12)
const asDayOfMonth = unless(asCount, 'not-a-day', (value) => value < 1 || value > 31)
const asFull = unless(asNumber, 'not-positive', (value) => Number(value) <= 0)

type DueName = '年' | '月' | '日'

function dueOf<Name extends string>(row: TableRow<Name | DueName>): RuleDay | undefined {
  const year = row.needed('年', asWord(yearOf))
  const month = row.needed('月', asMonth)
  const day = row.needed('日', asDayOfMonth)
  if (year === undefined || month === undefined || day === undefined) return undefined
  return { yearOffset: Number(year), month, day }
}

/** Gives out keys: the one written, else the one that something of the same name had, else the name; none twice. */
function keys(before: readonly { readonly key: string; readonly name: string }[]) {
  const taken = new Set<string>()
  return (written: string | null | undefined, name: string): string => {
    const key = freeKey(written ?? before.find((one) => one.name === name)?.key ?? name, taken)
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
  const owners = componentsBy(scheme, method)
  const name = row.optional('部分', asText)
  if (name === null && owners.length === 1) return owners[0]
  const owner = owners.find((one) => one.name === name)
  if (name === null) row.problem('blank-cell', '部分')
  else if (name !== undefined && !owner)
    row.problem('unknown-component', '部分', { value: name, words: owners.map((one) => one.name).join('、') })
  return owner
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
  const rows = new Map([...table.rows].map((row) => [row.needed('部分', asText), row]))
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
      const missing = row.optional('缺数', asWord(missingWords))
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

function withKinds(scheme: Scheme, sheet: Sheet, report: Report): Scheme {
  const table = openTable(sheet, kindDetailColumns, report)
  if (!table) return scheme
  const rows = new Map<string, TableRow<keyof typeof kindDetailColumns>>()
  for (const row of table.rows) {
    const owner = ownerOf(row, scheme, 'deductions')
    const name = row.needed('类别', asText)
    if (!owner || name === undefined) continue
    if (owner.kinds.every((kind) => kind.name !== name))
      row.problem('unknown-kind', '类别', {
        value: name,
        words: owner.kinds.map((kind) => kind.name).join('、'),
      })
    rows.set(`${owner.name}\n${name}`, row)
  }
  const keyFor = keys([])
  return eachOf(scheme, 'deductions', (component) => ({
    ...component,
    kinds: component.kinds.map((kind): DeductionKind => {
      const row = rows.get(`${component.name}\n${kind.name}`)
      const key = keyFor(row?.optional('标识', asText) ?? kind.key, kind.name)
      if (!row) return { ...kind, key }
      const upward = row.optional('记入上级', asWord(yesNoWords)) ?? (kind.chargedUpward ? 'yes' : 'no')
      return {
        ...kind,
        key,
        cap: table.has('扣分上限') ? (row.optional('扣分上限', asPoints) ?? null) : kind.cap,
        chargedUpward: upward === 'yes',
        veto: table.has('一票否决') ? (row.optional('一票否决', asText) ?? null) : kind.veto,
        clause: table.has('依据') ? (row.optional('依据', asText) ?? '') : kind.clause,
      }
    }),
  }))
}

function withWindows(
  scheme: Scheme,
  sheet: Sheet,
  report: Report,
): { scheme: Scheme; closed: ClosedWindow[] } {
  const table = openTable(sheet, windowColumns, report)
  const closed: ClosedWindow[] = []
  if (!table) return { scheme, closed }
  const windows = new Map<string, Window[]>()
  const keyOf = new Map<string, ReturnType<typeof keys>>()
  for (const row of table.rows) {
    const owner = ownerOf(row, scheme, 'verified-marks')
    const name = row.needed('周期', asText)
    const due = dueOf(row)
    const on = row.optional('关闭日期', asDay)
    if (!owner || name === undefined || due === undefined) continue
    const keyFor = keyOf.get(owner.key) ?? keys(owner.windows)
    keyOf.set(owner.key, keyFor)
    const window = { key: keyFor(row.optional('标识', asText), name), name, due }
    windows.set(owner.key, [...(windows.get(owner.key) ?? []), window])
    if (on) closed.push({ component: owner.key, window: window.key, on })
  }
  return {
    scheme: eachOf(scheme, 'verified-marks', (one) => ({ ...one, windows: windows.get(one.key) ?? [] })),
    closed,
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

function withMilestones(scheme: Scheme, sheet: Sheet, report: Report): Scheme {
  const table = openTable(sheet, milestoneColumns, report)
  if (!table) return scheme
  const keyFor = keys(scheme.milestones)
  return {
    ...scheme,
    milestones: [...table.rows].flatMap((row): Milestone[] => {
      const name = row.needed('事项', asText)
      const due = dueOf(row)
      if (name === undefined || due === undefined) return []
      const key = keyFor(row.optional('标识', asText), name)
      return [{ key, name, due, clause: row.optional('依据', asText) ?? '' }]
    }),
  }
}

function withIndicators(scheme: Scheme, sheet: Sheet, report: Report): Scheme {
  const trees = readIndicators(sheet, verifiedComponents(scheme), report)
  return eachOf(scheme, 'verified-marks', (one) => ({
    ...one,
    indicators: trees?.get(one.name) ?? one.indicators,
  }))
}

/** Puts the detail sheets that a workbook has over the scheme of its other sheets; and the days its windows were closed. */
export function withDetails(
  scheme: Scheme,
  sheets: DetailSheets,
  report: Report,
): { readonly scheme: Scheme; readonly closed: readonly ClosedWindow[] } {
  let next = scheme
  let closed: readonly ClosedWindow[] = []
  if (sheets.parts) next = withParts(next, sheets.parts, report)
  if (sheets.kinds) next = withKinds(next, sheets.kinds, report)
  if (sheets.windows) ({ scheme: next, closed } = withWindows(next, sheets.windows, report))
  if (sheets.dimensions) next = withDimensions(next, sheets.dimensions, report)
  if (sheets.indicators) next = withIndicators(next, sheets.indicators, report)
  if (sheets.milestones) next = withMilestones(next, sheets.milestones, report)
  if (sheets.rules) next = withRules(next, sheets.rules, report)
  return { scheme: next, closed }
}
