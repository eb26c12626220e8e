import type { Decimal } from '../../assessment/rational.ts'
import type { Component, Method, Scheme, Window } from '../../assessment/rule/scheme.ts'
import type { Report } from '../spreadsheet/report.ts'
import { freeKey } from '../spreadsheet/free-key.ts'
import { workbookWords } from '../../assessment/rule/scheme-words.ts'
import { componentColumns, sheetNames, sheetOf } from './sheet-columns.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import {
  asHundredths,
  asNumber,
  asPoints,
  asText,
  asWord,
  openTable,
  type TableRow,
  unless,
} from '../spreadsheet/table.ts'

const halves: readonly Window[] = [
  { key: 'H1', name: '上半年', due: { yearOffset: 0, month: 7, day: 15 } },
  { key: 'H2', name: '下半年', due: { yearOffset: 1, month: 1, day: 15 } },
]
const fullPoints = 10_000
const fullMarks = '100'
const mostWeight = 1_000_000

const asFullMarks = unless(asNumber, 'not-positive', (value) => Number(value) <= 0)
const asWeight = unless(
  unless(asNumber, 'negative', (value) => value.startsWith('-')),
  'too-large-number',
  (value) => Number(value) > mostWeight,
)

/**
 * Weights as integers. Hundredths where they suffice; all are scaled alike where one has more decimals, since only
 * their proportion counts.
 */
function scaledWeights(weights: readonly Decimal[]): number[] {
  const decimals = Math.max(2, ...weights.map((weight) => (weight.split('.')[1] ?? '').length))
  return weights.map((weight) => {
    const [whole = '', fraction = ''] = weight.split('.')
    return Number(whole + fraction.padEnd(decimals, '0'))
  })
}

interface ComponentRow {
  readonly row: number
  readonly name: string
  readonly method: Method
  readonly weight: Decimal
  readonly base: number
  readonly floor: number
  readonly full: Decimal
}

type ComponentName = keyof typeof componentColumns

function readComponentRow(row: TableRow<ComponentName>): ComponentRow | undefined {
  const name = row.needed('部分', asText)
  const method = row.needed('方式', asWord(workbookWords.method))
  const weight = row.needed('权重', asWeight)
  const [points, marks]: [ComponentName, ComponentName] = row.isBlank('基准分')
    ? ['满分', '满分']
    : ['基准分', row.isBlank('满分') ? '基准分' : '满分']
  const base = method === 'deductions' ? row.optional(points, asPoints) : null
  const full = method === 'deductions' ? null : row.optional(marks, asFullMarks)
  const floor = row.optional('下限', asHundredths)
  if (name === undefined || method === undefined || weight === undefined) return undefined
  if (base === undefined || full === undefined || floor === undefined) return undefined
  return {
    row: row.number,
    name,
    method,
    weight,
    base: base ?? fullPoints,
    floor: floor ?? 0,
    full: full ?? fullMarks,
  }
}

function componentOf(row: ComponentRow, key: string, weight: number, like: Component | undefined): Component {
  const { name, method } = row
  const common = { key, name, weight, clause: like?.clause ?? '' }
  switch (method) {
    case 'deductions':
      return {
        ...common,
        method,
        base: row.base,
        floor: row.floor,
        kinds: like?.method === 'deductions' ? like.kinds : [],
      }
    case 'verified-marks':
      return like?.method === 'verified-marks'
        ? { ...like, ...common, method }
        : { ...common, method, windows: halves, indicators: [], missingWindow: 'pending' }
    case 'external':
      return {
        ...common,
        method,
        full: row.full,
        dimensions: like?.method === 'external' ? like.dimensions : [],
        missing: like?.method === 'external' ? like.missing : 'pending',
      }
  }
}

function reportNameClashes(rows: readonly ComponentRow[], report: Report): void {
  const first = new Map<string, number>()
  const sheets = new Set<string>(Object.values(sheetNames).map((name) => name.toLowerCase()))
  for (const { row, name, method } of rows) {
    const before = first.get(name)
    if (before !== undefined) {
      report.problem('duplicate-component', sheetNames.components, row, '部分', {
        value: name,
        first: before,
      })
      continue
    }
    first.set(name, row)
    const sheet = sheetOf({ name, method })
    if (sheets.has(sheet.toLowerCase())) {
      report.problem('sheet-taken', sheetNames.components, row, '部分', { value: name, taken: sheet })
    }
    sheets.add(sheet.toLowerCase())
  }
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
  const rows = [...table.rows].map(readComponentRow).filter((row) => row !== undefined)
  reportNameClashes(rows, report)
  if (report.problemCount() > before) return undefined
  if (rows.length === 0) {
    report.problem('no-components', sheet.name, 2, '部分')
    return undefined
  }
  const weights = scaledWeights(rows.map(({ weight }) => weight))
  const unsafe = rows.find((_, index) => !Number.isSafeInteger(weights[index]))
  if (unsafe) {
    report.problem('too-many-decimals', sheet.name, unsafe.row, '权重', { value: unsafe.weight })
    return undefined
  }
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (sum === 0) {
    report.problem('all-weights-zero', sheet.name, rows[0]?.row, '权重')
    return undefined
  }
  const shown = rows.reduce((total, { weight }) => total + Number(weight), 0)
  if (Math.abs(shown - 100) > 1e-9 && Math.abs(shown - 1) > 1e-9) {
    report.warn('weights-not-100', sheet.name, null, '权重', { sum: Number(shown.toPrecision(12)) })
  }
  const keys = new Set<string>()
  const totals = new Map<string, Decimal>()
  const components = rows.map((row, index) => {
    const like = base.components.find(({ name, method }) => name === row.name && method === row.method)
    const key = freeKey(like?.key ?? row.name, keys)
    keys.add(key)
    if (row.method === 'verified-marks') totals.set(row.name, row.full)
    return componentOf(row, key, weights[index] ?? 0, like)
  })
  return { components, totals }
}
