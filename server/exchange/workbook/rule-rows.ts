import type { Scheme } from '../../assessment/rule/scheme.ts'
import type { Field, SchemePart } from '../../assessment/rule/scheme-fields.ts'
import { entriesOf, fieldsAmong, partOf, valueAt } from '../../assessment/rule/scheme-nodes.ts'
import { formerBonusKey } from '../../assessment/rule/stored-scheme.ts'
import { detailSheets, unlimited } from '../../assessment/rule/scheme-words.ts'
import { textValue, type Value as CellValue } from '../spreadsheet/cell-value.ts'
import { textOf, word } from '../spreadsheet/cell.ts'
import { nameMap, type NameMap } from '../spreadsheet/name-map.ts'
import { startReport, type Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asCount, asPoints, asText, openTable, unless, type TableRow } from '../spreadsheet/table.ts'
import type { BookSheet } from './book-sheets.ts'
import { ruleColumns } from './detail-columns.ts'
import { cells, type Written } from './scheme-cells.ts'

/*
 * 计算规则: the fields of a scheme, and of its parts that there are once at most, by the description in `assessment/rule/scheme-fields.ts`, each
 * as one row; 满分制·GROUP for a group's scale; 考核年度.
 */

type Value = Readonly<Record<string, unknown>>
interface Rule {
  readonly path: readonly string[]
  readonly field: Field
  readonly written: Written<unknown>
}

const rulesOf = (part: SchemePart): readonly Rule[] =>
  fieldsAmong(entriesOf(part), partOf(part).sheet).flatMap(([path, field]) =>
    field.sheet === 'rules'
      ? [{ path, field, written: cells[field.unit as keyof typeof cells] as Written<unknown> }]
      : [],
  )
const optionRules = rulesOf('scheme')
const adjustmentRules = rulesOf('adjustments')
const unlockRules = rulesOf('unlock')
const scaleRule = rulesOf('groupScale').find(({ path }) => path[0] === 'scale') as Rule
const ruleNames = [...optionRules, ...adjustmentRules, ...unlockRules].map(({ field }) => field.cell)

const YEAR = '考核年度'
/** 满分制 of one group is the rule 满分制·GROUP. */
const groupScale = (group: string): string => `${scaleRule.field.cell}${PARTED}${group}`
const PARTED = '·'
/** The group of a rule 满分制·GROUP as it is written there; undefined for any other rule. */
function groupScaled(rule: string): string | undefined {
  const [name = '', ...group] = rule.split(PARTED)
  return word(name) === word(scaleRule.field.cell) ? group.join(PARTED).trim() || undefined : undefined
}

/** 加分 of an earlier workbook. */
export interface OldBonus {
  readonly sheet: Sheet | undefined
  /** What it is called; null = there is none. */
  readonly name: string | null
  /** The sheet that names kinds of 总分, which cannot stand beside it; null = none does. */
  readonly beside: string | null
}

/** Rules of earlier workbooks, read as what they became; the sheet 加分 with them. */
const oldRules = {
  bonus: '加分',
  bonusFrom: '加分起点',
  bonusCap: '加分上限',
  bonusClause: '加分依据',
  excellence: '优秀比例',
  excellenceClause: '优秀比例依据',
} as const

const rowsOf = (rules: readonly Rule[], value: object | null | undefined): CellValue[][] =>
  rules.map(({ path, field, written }) => {
    const held = value ? valueAt(value, path) : null
    return [field.cell, held === null ? null : textValue(written.write(held))]
  })

/** Name, source and options of a scheme, blank where it has none, and the assessed year. */
export const rulesBook = (scheme: Scheme, year: number | null): BookSheet => ({
  name: detailSheets.rules,
  columns: Object.entries(ruleColumns),
  rows: [
    ...rowsOf(optionRules, scheme),
    ...scheme.groupScales.map(({ group, scale }): CellValue[] => [
      textValue(groupScale(group)),
      textValue(cells.positive.write(scale)),
    ]),
    ...rowsOf(adjustmentRules, scheme.adjustments),
    ...rowsOf(unlockRules, scheme.adjustments?.unlock),
    ...(year === null ? [] : [[YEAR, String(year)]]),
  ],
})

const asYear = unless(asCount, 'not-a-year', (year) => year < 1900 || year > 2200)

type RuleRow = TableRow<keyof typeof ruleColumns>
type Rows = NameMap<RuleRow>

/** The rows of 计算规则 by rule. */
function rowsIn(sheet: Sheet, report: Report): Rows | undefined {
  const table = openTable(sheet, ruleColumns, report)
  if (!table) return undefined
  const rows = nameMap<RuleRow>()
  for (const row of table.rows) {
    const rule = row.needed('规则', asText)
    const same = rule === undefined ? undefined : rows.add(rule, row)
    if (same) row.problem('duplicate-row', '规则', { first: same.number })
  }
  return rows
}

/** The assessed year that 计算规则 states; null where it states none. */
export const statedYear = (sheet: Sheet | undefined): number | null =>
  (sheet && rowsIn(sheet, startReport())?.get(YEAR)?.optional('内容', asYear)) ?? null

const withValue = (value: Value, [name = '', ...inside]: readonly string[], next: unknown): Value => ({
  ...value,
  [name]: inside.length === 0 ? next : withValue(value[name] as Value, inside, next),
})

/** What rows say put over a value; a rule without a row stays as it is, a blank one has none where there may be none. */
const readOver = <Held extends object>(held: Held, rules: readonly Rule[], rows: Rows): Held =>
  rules.reduce<Value>(
    (value, { path, field, written }) => {
      const said = rows
        .get(field.cell)
        ?.optional(
          '内容',
          field.orNone
            ? (cell) => (word(textOf(cell)) === unlimited ? { value: null } : written.read(cell))
            : written.read,
        )
      const next = said ?? (field.orNone ? null : written.blank)
      return said === undefined || next === undefined ? value : withValue(value, path, next)
    },
    { ...held } as unknown as Value,
  ) as unknown as Held

const none: Adjustments = { areas: [], kinds: [], gainCap: null, unlock: null, clause: '' }

/** Puts 计算规则 over a scheme; a rule without a row stays as it is. */
export function withRules(scheme: Scheme, sheet: Sheet, bonus: OldBonus, report: Report): Scheme {
  const rows = rowsIn(sheet, report)
  if (!rows) return scheme
  warnOfUnknown(rows, sheet, bonus, report)
  rows.get(YEAR)?.optional('内容', asYear)
  const groups = rows.names().flatMap((rule) => groupScaled(rule) ?? [])
  // Earlier workbooks had a bonus before there were adjustments.
  const adjustments = scheme.adjustments ?? (bonus.name === null ? null : none)
  // Read even where there is nothing to adjust, so that what cannot be read is told.
  if (adjustments === null) unlockFrom(readOver(none, adjustmentRules, rows).unlock, rows)
  return withOldQuota(
    {
      ...readOver(scheme, optionRules, rows),
      adjustments: adjustments && {
        ...withOldBonus(readOver(adjustments, adjustmentRules, rows), rows),
        unlock: unlockFrom(adjustments.unlock, rows),
      },
      groupScales: [
        // 满分制 told for all leaves no group its own but those told beside it.
        ...(rows.has(scaleRule.field.cell)
          ? []
          : scheme.groupScales.filter(({ group }) => groups.every((each) => word(each) !== word(group)))),
        ...groups.flatMap((group) => {
          const scale = rows.get(groupScale(group))?.optional('内容', cells.positive.read)
          return scale == null ? [] : [{ group, scale }]
        }),
      ],
    },
    rows,
  )
}

function warnOfUnknown(rows: Rows, sheet: Sheet, { beside }: OldBonus, report: Report): void {
  const said = nameMap([...ruleNames, ...Object.values(oldRules), YEAR].map((rule) => [rule, true] as const))
  for (const rule of rows.names())
    if (groupScaled(rule) === undefined && !said.has(rule))
      report.warn('unknown-rule', sheet.name, rows.get(rule)?.number ?? null, '规则', { value: rule })
  const now =
    [...adjustmentRules, ...unlockRules].map(({ field }) => field.cell).find((rule) => rows.has(rule)) ??
    beside
  for (const old of [oldRules.bonus, oldRules.bonusFrom, oldRules.bonusCap])
    if (now !== null) rows.get(old)?.problem('old-and-new', '规则', { value: old, other: now })
}

type Adjustments = NonNullable<Scheme['adjustments']>

/** What unlocks gains: a mark, above which they count; 加分起点 of earlier workbooks is included. */
function unlockFrom(before: Adjustments['unlock'], rows: Rows): Adjustments['unlock'] {
  const old = rows.get(oldRules.bonusFrom)?.optional('内容', asPoints)
  if (old != null) return { from: old, inclusive: true }
  const [from] = unlockRules
  const said = from && rows.get(from.field.cell)?.optional('内容', from.written.read)
  if (said === null) return null
  const held = said === undefined ? before : { inclusive: false, from: said as number }
  return held && readOver(held, unlockRules, rows)
}

/** 加分上限 and 加分依据 of earlier workbooks. */
function withOldBonus(adjustments: Adjustments, rows: Rows): Adjustments {
  const cap = rows.get(oldRules.bonusCap)?.optional('内容', asPoints)
  const clause = rows.get(oldRules.bonusClause)?.optional('内容', asText)
  return { ...adjustments, gainCap: cap ?? adjustments.gainCap, clause: clause ?? adjustments.clause }
}

/** 优秀比例 of earlier workbooks is the share of the first grade. */
function withOldQuota(scheme: Scheme, rows: Rows): Scheme {
  const row = rows.get(oldRules.excellence)
  const percent = row?.optional('内容', asPoints)
  if (percent == null) return scheme
  const [best, ...others] = scheme.grades
  const limited = scheme.grades.find(({ groups, ...line }) =>
    [line, ...groups].some(({ share, count }) => share !== null || count !== null),
  )
  if (limited) {
    row?.problem('old-and-new', '规则', { value: oldRules.excellence, other: limited.name })
    return scheme
  }
  return { ...scheme, grades: best ? [{ ...best, share: percent }, ...others] : scheme.grades }
}

/** The bonus of an earlier workbook over a scheme: by its rule or its sheet, or as the scheme has it since. */
export function oldBonusOf(
  { adjustments }: Scheme,
  sheets: Readonly<Record<'rules' | 'bonus' | 'kinds', Sheet | undefined>>,
): OldBonus {
  const kinds = adjustments?.kinds ?? []
  const rules = sheets.rules && rowsIn(sheets.rules, startReport())
  const ruled = rules?.get(oldRules.bonus)?.optional('内容', asText)
  const former = kinds.find(({ key }) => key === formerBonusKey)?.name
  return {
    sheet: sheets.bonus,
    name: ruled ?? former ?? (sheets.bonus ? oldRules.bonus : null),
    beside: kinds.some(({ key }) => key !== formerBonusKey) ? (sheets.kinds?.name ?? null) : null,
  }
}
