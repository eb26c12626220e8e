import type { Decimal } from '../../assessment/rational.ts'
import {
  verifiedComponents,
  type Indicator,
  type LeafScale,
  type Scheme,
  type VerifiedMarksComponent,
} from '../../assessment/rule/scheme.ts'
import type { BookSheet } from './book-sheets.ts'
import { detailSheets, workbookWords } from '../../assessment/rule/scheme-words.ts'
import { indicatorColumns } from './detail-columns.ts'
import { readScaleText, scaleText } from '../../assessment/rule/rule-texts.ts'
import { word } from '../spreadsheet/cell.ts'
import { freeKey } from '../spreadsheet/free-key.ts'
import { nameMap } from '../spreadsheet/name-map.ts'
import type { Report } from '../spreadsheet/report.ts'
import { numberValue, textValue, type Value } from '../spreadsheet/cell-value.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asNumber, asText, asWord, openTable, type TableRow } from '../spreadsheet/table.ts'

type Name = keyof typeof indicatorColumns

/** 计分方式 and 计分参数 of a row; a free scale where a problem was reported. */
function readScale(row: TableRow<Name>): LeafScale {
  const type = row.optional('计分方式', asWord(workbookWords.scaleType)) ?? 'free'
  const text = row.optional('计分参数', asText) ?? ''
  const scale = readScaleText(type, text)
  if (scale === null) row.problem('unknown-scale', '计分参数', { value: text })
  return scale ?? { type: 'free' }
}

const levels = [
  '一级指标',
  '二级指标',
  '三级指标',
  '四级指标',
  '五级指标',
  '六级指标',
] as const satisfies readonly Name[]

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
        node.scale.type === 'free' ? null : textValue(workbookWords.scaleType[node.scale.type]),
        text(scaleText(node.scale)),
        text(node.evidence),
        text(node.responsible),
        text(node.groups && node.groups.join('、')),
        text(node.clause),
        text(node.key),
      ],
      ...indicatorRows(component, node.children, path),
    ]
  })
}

/** 指标体系: the indicator trees of a scheme, one row a node. */
export const indicatorsBook = (scheme: Scheme): BookSheet => ({
  name: detailSheets.indicators,
  columns: Object.entries(indicatorColumns),
  rows: verifiedComponents(scheme).flatMap(({ name, indicators }) => indicatorRows(name, indicators, [])),
})

/** An indicator while its rows are still being read. */
interface Growing {
  readonly name: string
  readonly key: string
  readonly row: number
  full: Decimal | null
  texts: Readonly<Record<'评分标准' | '佐证材料' | '责任单位' | '依据', string | null>>
  groups: readonly string[] | null
  scale: LeafScale
  given: boolean
  readonly children: Growing[]
}

const grown = ({ key, name, full, texts, groups, scale, children }: Growing): Indicator => ({
  key,
  name,
  full: children.length > 0 ? null : full,
  scoring: texts.评分标准,
  scale: children.length > 0 ? { type: 'free' } : scale,
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
    const path = `${above}\n${word(node.name)}`
    return [[path, node.key] as [string, string], ...keysByPath(node.children, path)]
  })
}

/** Grows the tree of one component row by row; an indicator of the same place in the base keeps its key. */
function treeFor(base: readonly Indicator[], given: ReadonlySet<string>) {
  const known = new Map(keysByPath(base))
  const taken = new Set<string>([...known.values(), ...given])
  const used = new Set<string>()
  const roots: Growing[] = []
  /** A row copied with its key does not share it. */
  const unused = (key: string | null | undefined): string | null => (key && !used.has(key) ? key : null)
  function at(path: readonly string[], row: number, own: string | null): Growing {
    let siblings = roots
    let found: Growing | undefined
    path.forEach((name, depth) => {
      found = siblings.find((sibling) => word(sibling.name) === word(name))
      if (!found) {
        const place = `\n${path
          .slice(0, depth + 1)
          .map(word)
          .join('\n')}`
        const written = depth === path.length - 1 ? own : null
        const key = unused(written) ?? unused(known.get(place)) ?? freeKey(name, taken)
        taken.add(key)
        used.add(key)
        found = {
          name,
          key,
          row,
          full: null,
          texts: noTexts,
          groups: null,
          given: false,
          scale: { type: 'free' },
          children: [],
        }
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

/** Reads 指标体系 by component name; an indicator of the same place in the scheme keeps its key. Undefined when columns are missing. */
export function readIndicators(
  sheet: Sheet,
  components: readonly VerifiedMarksComponent[],
  report: Report,
): Map<string, readonly Indicator[]> | undefined {
  const table = openTable(sheet, indicatorColumns, report)
  if (!table) return undefined
  const rows = [...table.rows]
  const given = rows.map((row) => row.optional('标识', asText) ?? null)
  const keys = new Set(given.filter((key) => key !== null))
  const trees = nameMap(components.map(({ name, indicators }) => [name, treeFor(indicators, keys)]))
  const only = components.length === 1 ? components[0]?.name : undefined
  for (const [index, row] of rows.entries()) {
    const named = row.optional('部分', asText)
    const component = named ?? only
    const tree = component === undefined ? undefined : trees.get(component)
    const path = pathOf(row)
    const full = row.optional('满分', asNumber)
    const text = (name: keyof Growing['texts']) => row.optional(name, asText) ?? null
    const groups = row.optional('适用分组', asText) ?? null
    if (!tree) {
      if (named === null) row.problem('blank-cell', '部分')
      else row.problem('unknown-component', '部分', { value: component ?? '', words: trees.words() })
      continue
    }
    if (!path || full === undefined) continue
    const node = tree.at(path, row.number, given[index] ?? null)
    if (node.given) {
      row.problem('duplicate-indicator', levels[path.length - 1] ?? null, { first: node.row })
      continue
    }
    node.given = true
    node.full = full
    node.scale = readScale(row)
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
  return new Map(components.map(({ name }) => [name, trees.get(name)?.result() ?? []]))
}
