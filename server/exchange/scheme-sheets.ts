import type { Facts } from '../assessment/facts.ts'
import type { Decimal } from '../assessment/rational.ts'
import type { Indicator, Scheme, VerifiedMarksComponent } from '../assessment/scheme.ts'
import type { Problem } from './book.ts'
import { bookSheets, type BookSheet } from './book-sheets.ts'
import { freeKey } from './free-key.ts'
import { parseScheme } from './parse-scheme.ts'
import { readSheets } from './read-workbook.ts'
import { startReport, type Report } from './report.ts'
import { indicatorColumns, indicatorsSheet, sheetNames } from './sheet-columns.ts'
import type { Sheet } from './sheet.ts'
import { bytesOf, newWorkbook, numberValue, textValue, type Value } from './sheet-writer.ts'
import { asNumber, asText, openTable, type TableRow } from './table.ts'
import { addBookSheet } from './write-workbook.ts'

type Name = keyof typeof indicatorColumns
const levels = ['一级指标', '二级指标', '三级指标', '四级指标'] as const satisfies readonly Name[]

const noFacts: Facts = {
  units: [],
  participants: [],
  findings: [],
  verified: [],
  external: [],
  closed: [],
  submissions: [],
  bonuses: [],
}

function indicatorRows(component: string, nodes: readonly Indicator[], above: readonly string[]): Value[][] {
  return nodes.flatMap((node) => {
    const path = [...above, node.name]
    const text = (value: string | null) => (value === null ? null : textValue(value))
    return [
      [
        textValue(component),
        ...levels.map((_, index) => text(path[index] ?? null)),
        node.full === null ? null : numberValue(node.full),
        text(node.scoring),
        text(node.evidence),
        text(node.responsible),
        text(node.groups && node.groups.join('、')),
        text(node.clause),
      ],
      ...indicatorRows(component, node.children, path),
    ]
  })
}

const indicatorsBook = (scheme: Scheme): BookSheet => ({
  name: indicatorsSheet,
  columns: Object.entries(indicatorColumns),
  rows: scheme.components.flatMap((component) =>
    component.method === 'verified-marks' ? indicatorRows(component.name, component.indicators, []) : [],
  ),
})

const carried: readonly string[] = [sheetNames.components, sheetNames.grades, sheetNames.kinds]

/** A scheme as a workbook: 考核办法, 等次, 扣分类别 and 指标体系; windows, milestones and options stay with the JSON file. */
export async function writeScheme(scheme: Scheme): Promise<Buffer> {
  const workbook = newWorkbook()
  for (const sheet of bookSheets(scheme, noFacts))
    if (carried.includes(sheet.name)) addBookSheet(workbook, sheet)
  addBookSheet(workbook, indicatorsBook(scheme))
  return bytesOf(workbook)
}

/** An indicator while its rows are still being read. */
interface Growing {
  readonly name: string
  readonly key: string
  readonly row: number
  full: Decimal | null
  texts: Readonly<Record<'评分标准' | '佐证材料' | '责任单位' | '依据', string | null>>
  groups: readonly string[] | null
  given: boolean
  readonly children: Growing[]
}

const grown = ({ key, name, full, texts, groups, children }: Growing): Indicator => ({
  key,
  name,
  full: children.length > 0 ? null : full,
  scoring: texts.评分标准,
  evidence: texts.佐证材料,
  responsible: texts.责任单位,
  groups,
  clause: texts.依据,
  children: children.map(grown),
})

const noTexts = { 评分标准: null, 佐证材料: null, 责任单位: null, 依据: null }

/** Keys of a tree by the names that lead to them. */
function keysByPath(nodes: readonly Indicator[], above = ''): [path: string, key: string][] {
  return nodes.flatMap((node) => {
    const path = `${above}\n${node.name}`
    return [[path, node.key] as [string, string], ...keysByPath(node.children, path)]
  })
}

/** Grows the tree of one component row by row; an indicator of the same place in the base keeps its key. */
function treeFor(base: readonly Indicator[]) {
  const known = new Map(keysByPath(base))
  const taken = new Set<string>(known.values())
  const roots: Growing[] = []
  function at(path: readonly string[], row: number): Growing {
    let siblings = roots
    let found: Growing | undefined
    path.forEach((name, depth) => {
      found = siblings.find((one) => one.name === name)
      if (!found) {
        const key = known.get(`\n${path.slice(0, depth + 1).join('\n')}`) ?? freeKey(name, taken)
        taken.add(key)
        found = { name, key, row, full: null, texts: noTexts, groups: null, given: false, children: [] }
        siblings.push(found)
      }
      siblings = found.children
    })
    return found as Growing
  }
  return { at, result: () => roots.map(grown) }
}

function pathOf(row: TableRow<Name>): string[] | undefined {
  const names = levels.map((level) => row.optional(level, asText))
  const depth = names.findLastIndex((name) => name !== null && name !== undefined)
  const path: string[] = []
  for (let index = 0; index <= Math.max(depth, 0); index++) {
    const name = row.needed(levels[index] as (typeof levels)[number], asText)
    if (name === undefined) return undefined
    path.push(name)
  }
  return path
}

function readIndicators(
  sheet: Sheet,
  components: readonly VerifiedMarksComponent[],
  report: Report,
): Map<string, readonly Indicator[]> | undefined {
  const table = openTable(sheet, indicatorColumns, report)
  if (!table) return undefined
  const trees = new Map(components.map(({ name, indicators }) => [name, treeFor(indicators)]))
  const only = components.length === 1 ? components[0]?.name : undefined
  for (const row of table.rows) {
    const given = row.optional('部分', asText)
    const component = given ?? only
    const tree = component === undefined ? undefined : trees.get(component)
    const path = pathOf(row)
    const full = row.optional('满分', asNumber)
    const text = (name: keyof Growing['texts']) => row.optional(name, asText) ?? null
    const groups = row.optional('适用分组', asText) ?? null
    if (!tree) {
      if (given === null) row.problem('blank-cell', '部分')
      else row.problem('unknown-component', '部分', { value: component ?? '' })
      continue
    }
    if (!path || full === undefined) continue
    const node = tree.at(path, row.number)
    if (node.given) {
      row.problem('duplicate-indicator', levels[path.length - 1] ?? null, { first: node.row })
      continue
    }
    node.given = true
    node.full = full
    node.texts = {
      评分标准: text('评分标准'),
      佐证材料: text('佐证材料'),
      责任单位: text('责任单位'),
      依据: text('依据'),
    }
    node.groups =
      groups === null
        ? null
        : groups
            .split(/[、,，;；]/)
            .map((one) => one.trim())
            .filter(Boolean)
  }
  return new Map([...trees].map(([name, tree]) => [name, tree.result()]))
}

/** The sheets of a scheme put over a base, or what is wrong with them and where. */
export type SchemeSheetsReading =
  | { readonly ok: true; readonly scheme: Scheme }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Reads 考核办法, 等次, 扣分类别 and 指标体系, those that the workbook has; everything else, and the details that these
 * sheets do not carry, comes from `base`. Never throws on a hostile file; within the limits of `readSheets`.
 */
export async function readScheme(bytes: Uint8Array, base: Scheme): Promise<SchemeSheetsReading> {
  const reading = await readSheets(bytes, [...carried, indicatorsSheet])
  if (!reading.ok) return { ok: false, problems: reading.problems }
  const report = startReport()
  const named = (name: string) => reading.sheets.find((sheet) => sheet.name === name)
  if (reading.sheets.length === 0) report.problem('missing-sheet', indicatorsSheet)
  const parsed = parseScheme(
    {
      components: named(sheetNames.components),
      grades: named(sheetNames.grades),
      kinds: named(sheetNames.kinds),
    },
    base,
    false,
    report,
  )
  const sheet = named(indicatorsSheet)
  const marked = parsed?.scheme.components.filter((one) => one.method === 'verified-marks') ?? []
  const trees = sheet && readIndicators(sheet, marked, report)
  if (!parsed || report.problemCount() > 0) return { ok: false, problems: report.problems }
  return {
    ok: true,
    scheme: {
      ...parsed.scheme,
      components: parsed.scheme.components.map((component) =>
        component.method === 'verified-marks'
          ? { ...component, indicators: trees?.get(component.name) ?? component.indicators }
          : component,
      ),
    },
  }
}
