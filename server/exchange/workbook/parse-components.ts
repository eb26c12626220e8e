import type { Decimal, Hundredths } from '../../assessment/rational.ts'
import {
  type Component,
  type DeductionsComponent,
  type GroupVariant,
  type Method,
  type Scheme,
} from '../../assessment/rule/scheme.ts'
import { plainPoints, pointsOf } from '../../assessment/typed.ts'
import { freeKey } from '../spreadsheet/free-key.ts'
import { nameMap } from '../spreadsheet/name-map.ts'
import type { Report } from '../spreadsheet/report.ts'
import { notApplicable, unlimited, workbookWords } from '../../assessment/rule/scheme-words.ts'
import { halves } from '../../assessment/rule/usual-times.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import {
  asHundredths,
  asNumber,
  asPoints,
  asText,
  asWord,
  openTable,
  type Parser,
  type TableRow,
  unless,
} from '../spreadsheet/table.ts'
import { textOf, word } from '../spreadsheet/cell.ts'
import { componentColumns, sheetNames, sheetOf } from './sheet-columns.ts'

const fullPoints = 10_000
const fullMarks = '100'
/** In hundredths. */
const mostWeight = 100_000_000

const asFullMarks = unless(asNumber, 'not-positive', (value) => Number(value) <= 0)
const asWeight = unless(asPoints, 'too-large-number', (value) => value > mostWeight)
/** A weight, or that the part does not apply. */
const asGroupWeight: Parser<Hundredths | 'not-applicable'> = (cell) =>
  word(textOf(cell)) === notApplicable ? { value: 'not-applicable' } : asWeight(cell)
const asCeiling: Parser<number | 'none'> = (cell) =>
  word(textOf(cell)) === unlimited ? { value: 'none' } : asHundredths(cell)

interface ComponentRow {
  readonly row: number
  readonly name: string
  readonly method: Method
  readonly weight: Hundredths
  /** 基准分 and 满分 as stated; null = blank. */
  readonly base: Decimal | null
  readonly full: Decimal | null
  readonly floor: number | null
  readonly ceiling: number | 'none' | null
}

interface VariantRow {
  readonly row: TableRow<ComponentName>
  readonly name: string
  readonly group: string
  readonly method: Method | null
  readonly weight: Hundredths | 'not-applicable' | null
  readonly full: Decimal | null
}

type ComponentName = keyof typeof componentColumns
type Row = TableRow<ComponentName>

function readComponentRow(row: Row): ComponentRow | undefined {
  const name = row.needed('部分', asText)
  const method = row.needed('方式', asWord(workbookWords.method))
  const weight = row.needed('权重', asWeight)
  const isLedger = method === 'deductions'
  const [base, full] = [
    row.optional('基准分', isLedger ? asNumber : asFullMarks),
    row.optional('满分', asFullMarks),
  ]
  if (isLedger && base != null) row.optional('基准分', asPoints)
  if (isLedger && full != null) row.optional('满分', asPoints)
  const floor = row.optional('下限', asHundredths)
  const ceiling = row.optional('上限', asCeiling)
  if (name === undefined || method === undefined || weight === undefined) return undefined
  if (base === undefined || full === undefined || floor === undefined || ceiling === undefined)
    return undefined
  return { row: row.number, name, method, weight, base, full, floor, ceiling }
}

function readVariantRow(row: Row): VariantRow | undefined {
  const name = row.needed('部分', asText)
  const group = row.needed('分组', asText)
  const method = row.optional('方式', asWord(workbookWords.method))
  const weight = row.optional('权重', asGroupWeight)
  const full = row.optional('满分', asFullMarks) ?? row.optional('基准分', asFullMarks)
  if (name === undefined || group === undefined || method === undefined) return undefined
  return weight === undefined || full === undefined ? undefined : { row, name, group, method, weight, full }
}

/** What a 扣分制 row states: one number is base and ceiling, and the score is the value itself; two are divided (contract, reading 1). */
function ledgerOf(row: ComponentRow): Pick<DeductionsComponent, 'base' | 'floor' | 'full' | 'ceiling'> {
  const stated = row.base ?? row.full
  return {
    base: stated === null ? fullPoints : (pointsOf(stated) ?? 0),
    full: row.base !== null && row.full !== null ? (pointsOf(row.full) ?? 0) : null,
    floor: row.floor ?? 0,
    ceiling: row.ceiling ?? 'full',
  }
}

function componentOf(
  row: ComponentRow,
  key: string,
  weight: number,
  variants: readonly GroupVariant[],
  like: Component | undefined,
): Component {
  const { name, method } = row
  const common = { key, name, weight, variants, clause: like?.clause ?? '' }
  const windows = like?.windows
  switch (method) {
    case 'deductions':
      return {
        ...common,
        method,
        ...ledgerOf(row),
        windows: windows ?? [],
        areas: like?.method === 'deductions' ? like.areas : [],
        kinds: like?.method === 'deductions' ? like.kinds : [],
      }
    case 'verified-marks':
      return like?.method === 'verified-marks'
        ? { ...like, ...common, method }
        : { ...common, method, windows: halves, indicators: [], missingWindow: 'zero' }
    case 'external':
      return {
        ...common,
        method,
        full: row.full ?? row.base ?? fullMarks,
        windows: windows ?? [],
        dimensions: like?.method === 'external' ? like.dimensions : [],
        missing: like?.method === 'external' ? like.missing : 'pending',
      }
  }
}

function reportNameClashes(rows: readonly ComponentRow[], report: Report): void {
  const first = nameMap<number>()
  const sheets = new Set<string>(Object.values(sheetNames).map((name) => name.toLowerCase()))
  for (const { row, name, method } of rows) {
    const before = first.add(name, row)
    if (before !== undefined) {
      report.problem('duplicate-component', sheetNames.components, row, '部分', {
        value: name,
        first: before,
      })
      continue
    }
    const sheet = sheetOf({ name, method })
    if (sheets.has(sheet.toLowerCase())) {
      report.problem('sheet-taken', sheetNames.components, row, '部分', { value: name, taken: sheet })
    }
    sheets.add(sheet.toLowerCase())
  }
}

/** A row with a group changes weight and full marks alone: what else differs from the part's own row is told. */
function checkVariant({ row, method }: VariantRow, part: ComponentRow, report: Report): void {
  if (method !== null && method !== part.method)
    row.problem('method-of-group', '方式', { value: workbookWords.method[part.method] })
  const stated = { 下限: row.optional('下限', asHundredths), 上限: row.optional('上限', asCeiling) }
  const own = { 下限: part.floor, 上限: part.ceiling }
  for (const column of ['下限', '上限'] as const)
    if (stated[column] != null && stated[column] !== own[column])
      report.warn('not-by-group', sheetNames.components, row.number, column)
}

/** Rows with a group, by the part they change; those of a part that has no row of its own, and repeated ones, are reported. */
function variantsBy(
  rows: readonly VariantRow[],
  parts: readonly ComponentRow[],
  report: Report,
): (name: string) => VariantRow[] {
  const byName = nameMap(parts.map((part) => [part.name, part]))
  const first = nameMap<number>()
  const byPart = new Map<string, VariantRow[]>()
  for (const variant of rows) {
    const { row, name, group } = variant
    const part = byName.get(name)
    if (part === undefined) {
      row.problem('unknown-group', '部分', { value: name })
      continue
    }
    const before = first.add(`${part.name}\u0000${group}`, row.number)
    if (before !== undefined) row.problem('duplicate-row', '分组', { first: before })
    checkVariant(variant, part, report)
    byPart.set(part.name, [...(byPart.get(part.name) ?? []), variant])
  }
  return (name) => byPart.get(name) ?? []
}

/** The components of 考核办法, and by component name the full marks of window totals that it sets. */
export interface ComponentsReading {
  readonly components: readonly Component[]
  readonly totals: ReadonlyMap<string, Decimal>
}

/** Reads 考核办法; a component like one of the base keeps its key and details. Undefined when problems were reported. */
export function readComponents(sheet: Sheet, base: Scheme, report: Report): ComponentsReading | undefined {
  const table = openTable(sheet, componentColumns, report)
  if (!table) return undefined
  const before = report.problemCount()
  const all = [...table.rows]
  const rows = all.filter((row) => row.isBlank('分组')).flatMap((row) => readComponentRow(row) ?? [])
  const grouped = all.filter((row) => !row.isBlank('分组')).flatMap((row) => readVariantRow(row) ?? [])
  reportNameClashes(rows, report)
  const variantsOf = variantsBy(grouped, rows, report)
  if (report.problemCount() > before) return undefined
  const [firstRow] = rows
  if (firstRow === undefined) {
    report.problem('no-components', sheet.name, 2, '部分')
    return undefined
  }
  if (rows.every(({ weight }) => weight === 0)) {
    report.problem('all-weights-zero', sheet.name, firstRow.row, '权重')
    return undefined
  }
  const total = rows.reduce((sum, { weight }) => sum + weight, 0)
  // Shares are written as percentages or as parts of 1.
  if (total !== 10_000 && total !== 100)
    report.warn('weights-not-100', sheet.name, null, '权重', { sum: plainPoints(total) })
  const keys = new Set<string>()
  const totals = new Map<string, Decimal>()
  const components = rows.map((row) => {
    const like = base.components.find(
      ({ name, method }) => word(name) === word(row.name) && method === row.method,
    )
    const key = freeKey(like?.key ?? row.name, keys)
    keys.add(key)
    if (row.method === 'verified-marks') totals.set(row.name, row.full ?? row.base ?? fullMarks)
    const variants = variantsOf(row.name).map(({ group, weight, full }): GroupVariant => ({
      group,
      weight,
      full,
    }))
    return componentOf(row, key, row.weight, variants, like)
  })
  return { components, totals }
}
