import type { Decimal } from '../assessment/rational.ts'
import {
  type Component,
  type DeductionKind,
  type DeductionsComponent,
  type Grade,
  type Method,
  type Scheme,
  type Window,
} from '../assessment/scheme.ts'
import type { SchemeSheets } from './book.ts'
import type { Report } from './report.ts'
import {
  componentColumns,
  gradeColumns,
  kindColumns,
  methodWords,
  sheetNames,
  sheetOf,
  triggerWords,
} from './sheet-columns.ts'
import type { Sheet } from './spreadsheet.ts'
import { asCount, asHundredths, asNumber, asText, asWord, openTable, type TableRow, unless } from './table.ts'

/** The scheme in force for a workbook, and the full marks of window totals by component key where the workbook sets them. */
export interface SchemeReading {
  readonly scheme: Scheme
  readonly schemeSheets: SchemeSheets
  readonly totals: ReadonlyMap<string, Decimal>
}

const halves: readonly Window[] = [
  { key: 'H1', name: '上半年', due: { yearOffset: 0, month: 7, day: 15 } },
  { key: 'H2', name: '下半年', due: { yearOffset: 1, month: 1, day: 15 } },
]
const fullPoints = 10_000
const fullMarks = '100'
const fifteenWorkingDays = { days: 15, count: 'working' } as const
const mostWeight = 1_000_000

const asPoints = unless(asHundredths, 'negative', (value) => value < 0)
const asFullMarks = unless(asNumber, 'not-positive', (value) => Number(value) <= 0)
const asWeight = unless(
  unless(asNumber, 'negative', (value) => value.startsWith('-')),
  'too-large-number',
  (value) => Number(value) > mostWeight,
)

/** A key that no other of the list has: the name, as long as that is free. */
function freeKey(name: string, taken: ReadonlySet<string>): string {
  let key = name
  for (let count = 2; taken.has(key); count++) key = `${name}#${count}`
  return key
}

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
  const method = row.needed('方式', asWord(methodWords))
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

function readComponents(
  sheet: Sheet,
  base: Scheme,
  report: Report,
): { components: Component[]; totals: Map<string, Decimal> } | undefined {
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
    if (row.method === 'verified-marks') totals.set(key, row.full)
    return componentOf(row, key, weights[index] ?? 0, like)
  })
  return { components, totals }
}

function readGrades(sheet: Sheet, report: Report): Grade[] | undefined {
  const table = openTable(sheet, gradeColumns, report)
  if (!table) return undefined
  const before = report.problemCount()
  const names = new Map<string, number>()
  const bounds = new Map<number, number>()
  const grades: Grade[] = []
  for (const row of table.rows) {
    const name = row.needed('等次', asText)
    const from = row.needed('下限分', asHundredths)
    if (name === undefined || from === undefined) continue
    const sameName = names.get(name)
    const sameBound = bounds.get(from)
    if (sameName !== undefined) row.problem('duplicate-grade', '等次', { value: name, first: sameName })
    if (sameBound !== undefined)
      row.problem('duplicate-bound', '下限分', { value: from / 100, first: sameBound })
    names.set(name, row.number)
    bounds.set(from, row.number)
    grades.push({ name, from })
  }
  grades.sort((a, b) => b.from - a.from)
  const lowest = grades.at(-1)
  if (report.problemCount() === before && (lowest === undefined || lowest.from > 0)) {
    report.problem(
      'bands-do-not-reach-zero',
      sheet.name,
      lowest ? (bounds.get(lowest.from) ?? null) : 2,
      '下限分',
    )
  }
  return report.problemCount() > before ? undefined : grades
}

type KindName = keyof typeof kindColumns

function rectifyWithin(
  row: TableRow<KindName>,
  like: DeductionKind | undefined,
): DeductionKind['rectifyWithin'] | undefined {
  const working = row.optional('整改工作日', asCount)
  const calendar = row.optional('整改自然日', asCount)
  if (working === undefined || calendar === undefined) return undefined
  if (working !== null && calendar !== null) {
    row.problem('two-rectification-times', '整改自然日')
    return undefined
  }
  if (working !== null) return { days: working, count: 'working' }
  if (calendar !== null) return { days: calendar, count: 'calendar' }
  return like?.rectifyWithin ?? fifteenWorkingDays
}

/** The component that a kind belongs to; undefined when a problem was reported. */
function ownerOf(
  row: TableRow<KindName>,
  owners: readonly DeductionsComponent[],
): DeductionsComponent | undefined {
  const name = row.optional('部分', asText)
  if (name === undefined) return undefined
  if (name === null) {
    if (owners.length === 1) return owners[0]
    row.problem('blank-cell', '部分')
    return undefined
  }
  const owner = owners.find((component) => component.name === name)
  if (!owner)
    row.problem('unknown-component', '部分', { value: name, words: owners.map((one) => one.name).join('、') })
  return owner
}

function readKinds(
  sheet: Sheet,
  components: readonly Component[],
  report: Report,
): Map<string, DeductionKind[]> | undefined {
  const owners = components.filter((component) => component.method === 'deductions')
  const columns =
    owners.length > 1 ? { ...kindColumns, 部分: { ...kindColumns.部分, needed: true } } : kindColumns
  const table = openTable<KindName>(sheet, columns, report)
  if (!table) return undefined
  if (owners.length === 0) {
    report.warn('kinds-not-used', sheet.name)
    return new Map()
  }
  const kinds = new Map<string, DeductionKind[]>(owners.map(({ key }) => [key, []]))
  const first = new Map<string, number>()
  const keys = new Set<string>()
  for (const row of table.rows) {
    const owner = ownerOf(row, owners)
    const name = row.needed('类别', asText)
    const points = row.needed('每项扣分', asPoints)
    const trigger = row.optional('触发', asWord(triggerWords))
    const provider = row.optional('提供单位', asText)
    const like = owner?.kinds.find((kind) => kind.name === name)
    const time = rectifyWithin(row, like)
    if (owner === undefined || name === undefined || points === undefined) continue
    if (trigger === undefined || provider === undefined || time === undefined) continue
    const same = first.get(`${owner.key}\n${name}`)
    if (same !== undefined) {
      row.problem('duplicate-kind', '类别', { value: name, first: same })
      continue
    }
    first.set(`${owner.key}\n${name}`, row.number)
    const key = freeKey(like?.key ?? name, keys)
    keys.add(key)
    const asWritten = {
      key,
      name,
      points,
      // A sheet without the column says nothing about it; a blank cell does.
      trigger: trigger ?? (table.has('触发') ? undefined : like?.trigger) ?? 'at-once',
      provider: table.has('提供单位') ? provider : (like?.provider ?? null),
      rectifyWithin: time,
    }
    const unchanged = like?.points === points && like.trigger === asWritten.trigger
    kinds.get(owner.key)?.push({
      ...asWritten,
      cap: like?.cap ?? null,
      chargedUpward: like?.chargedUpward ?? true,
      veto: like?.veto ?? null,
      clause: unchanged ? like.clause : '',
    })
  }
  return kinds
}

/** Kinds for the components of a workbook that has no 扣分类别: each its own by name, else those of the base scheme. */
function inheritedKinds(components: readonly Component[], base: Scheme, report: Report): Component[] {
  const presetKinds = base.components.flatMap((component) =>
    component.method === 'deductions' ? component.kinds : [],
  )
  const without = components.filter(
    (component) => component.method === 'deductions' && component.kinds.length === 0,
  )
  const several = components.filter((component) => component.method === 'deductions').length > 1
  if (several && without.length > 0) report.problem('missing-sheet', sheetNames.kinds)
  return components.map((component) =>
    component.method === 'deductions' && component.kinds.length === 0
      ? { ...component, kinds: presetKinds }
      : component,
  )
}

/**
 * Reads 考核办法, 等次 and 扣分类别; what the workbook leaves out comes from the base scheme. Keys of the base are kept for
 * components and kinds of the same name; others take their name. Undefined when problems were reported.
 */
export function parseScheme(
  sheets: Readonly<Record<'components' | 'grades' | 'kinds', Sheet | undefined>>,
  base: Scheme,
  baseIsPreset: boolean,
  report: Report,
): SchemeReading | undefined {
  const own = sheets.components && readComponents(sheets.components, base, report)
  const grades = sheets.grades ? readGrades(sheets.grades, report) : base.grades
  if (sheets.components && !own) return undefined
  let components: readonly Component[] = own?.components ?? base.components
  if (sheets.kinds) {
    const kinds = readKinds(sheets.kinds, components, report)
    components = components.map((component) =>
      component.method === 'deductions'
        ? { ...component, kinds: kinds?.get(component.key) ?? [] }
        : component,
    )
  } else if (own) components = inheritedKinds(components, base, report)
  if (!grades) return undefined
  return {
    scheme: {
      ...base,
      ...(own && baseIsPreset ? { name: '工作簿考核办法', source: '' } : {}),
      components,
      grades,
    },
    schemeSheets: {
      components: sheets.components !== undefined,
      grades: sheets.grades !== undefined,
      kinds: sheets.kinds !== undefined,
    },
    totals: own?.totals ?? new Map(),
  }
}
