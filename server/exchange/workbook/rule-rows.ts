import type { Scheme } from '../../assessment/rule/scheme.ts'
import type { Field } from '../../assessment/rule/scheme-fields.ts'
import { entriesOf, isBelow, isField, partOf, type AnyEntries } from '../../assessment/rule/scheme-nodes.ts'
import { detailSheets } from '../../assessment/rule/scheme-words.ts'
import { ruleColumns } from './detail-columns.ts'
import { textValue, type Value as CellValue } from '../spreadsheet/cell-value.ts'
import type { BookSheet } from './book-sheets.ts'
import type { Report } from '../spreadsheet/report.ts'
import { cells, type Written } from './scheme-cells.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asText, openTable } from '../spreadsheet/table.ts'

/*
 * 计算规则: the fields of a scheme, and of its parts that there are once at most, by the description in `assessment/rule/scheme-fields.ts`, each
 * as one row. Such a part is there when its first row says something.
 */

type Value = Readonly<Record<string, unknown>>
interface Rule {
  readonly property: string
  readonly field: Field
  readonly written: Written<unknown>
}

const rulesAmong = (entries: AnyEntries): Rule[] =>
  Object.entries(entries).flatMap(([property, field]) =>
    isField(field)
      ? [{ property, field, written: cells[field.unit as keyof typeof cells] as Written<unknown> }]
      : [],
  )
const optionRules = rulesAmong(entriesOf('scheme'))
/** The parts by the property of a scheme that holds them. */
const partRules = Object.entries(entriesOf('scheme')).flatMap(([property, entry]) =>
  isBelow(entry) && partOf(entry.part).sheet === 'rules'
    ? [{ property, rules: rulesAmong(entriesOf(entry.part)) }]
    : [],
)

const rowsOf = (rules: readonly Rule[], value: Value | null): CellValue[][] =>
  rules.map(({ property, field, written }) => [
    field.cell,
    value === null ? null : textValue(written.write(value[property])),
  ])

/** Name, source and options of a scheme; blank where it has none. */
export const rulesBook = (scheme: Scheme): BookSheet => ({
  name: detailSheets.rules,
  columns: Object.entries(ruleColumns),
  rows: [
    ...rowsOf(optionRules, { ...scheme }),
    ...partRules.flatMap(({ property, rules }) =>
      rowsOf(rules, (scheme as unknown as Value)[property] as Value | null),
    ),
  ],
})

/** Puts 计算规则 over a scheme; a rule without a row stays as it is. */
export function withRules(scheme: Scheme, sheet: Sheet, report: Report): Scheme {
  const table = openTable(sheet, ruleColumns, report)
  if (!table) return scheme
  const known = new Set(
    [...optionRules, ...partRules.flatMap(({ rules }) => rules)].map(({ field }) => field.cell),
  )
  const rows = new Map(
    [...table.rows].flatMap((row) => {
      const rule = row.needed('规则', asText)
      if (rule === undefined) return []
      if (!known.has(rule)) report.warn('unknown-rule', sheet.name, row.number, '规则', { value: rule })
      return [[rule, row] as const]
    }),
  )
  /** What the row says; null for a blank, undefined where there is no row or a problem was reported. */
  const said = ({ field, written }: Rule): unknown => rows.get(field.cell)?.optional('内容', written.read)
  const readRules = (rules: readonly Rule[], before: Value | null): Value =>
    Object.fromEntries(
      rules.map((rule) => {
        const { property, field, written } = rule
        const unsaid = rows.has(field.cell) ? (written.blank ?? before?.[property]) : before?.[property]
        return [property, said(rule) ?? unsaid ?? written.blank ?? 0]
      }),
    )
  const readPart = ([first, ...others]: readonly Rule[], before: Value | null): Value | null => {
    if (!first) return before
    const begun = rows.has(first.field.cell) ? said(first) : before?.[first.property]
    return begun === undefined || begun === null
      ? null
      : { [first.property]: begun, ...readRules(others, before) }
  }
  const held = scheme as unknown as Value
  return {
    ...scheme,
    ...readRules(optionRules, held),
    ...Object.fromEntries(
      partRules.map(({ property, rules }) => [property, readPart(rules, held[property] as Value | null)]),
    ),
  }
}
