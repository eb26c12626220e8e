import { format, hundredths, type Hundredths } from '../../assessment/rational.ts'
import type { Scheme } from '../../assessment/rule/scheme.ts'
import { plainDecimal } from '../../assessment/typed.ts'
import {
  acrossWords,
  detailSheets,
  publicityWords,
  roundingWords,
  ruleColumns,
  tieWords,
} from './detail-columns.ts'
import { textValue, type Value } from '../spreadsheet/cell-value.ts'
import type { BookSheet } from './book-sheets.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asCount, asPoints, asText, asWord, openTable, type Parser } from '../spreadsheet/table.ts'

const pointsText = (value: Hundredths): string => plainDecimal(format(hundredths(value)))

/** The rules of a scheme by name, each as one row of 计算规则; blank where the scheme has none. */
function valuesOf(scheme: Scheme): readonly (readonly [rule: string, value: string | null])[] {
  const { bonus, excellenceQuota } = scheme
  return [
    ['办法名称', scheme.name],
    ['来源', scheme.source],
    ['小数位数', String(scheme.decimals)],
    ['进位', roundingWords[scheme.rounding]],
    ['并列', tieWords[scheme.ties]],
    ['排名范围', acrossWords[scheme.rankAcrossGroups ? 'yes' : 'no']],
    ['申诉工作日', String(scheme.appealWithin)],
    ['公开范围', publicityWords[scheme.publicity]],
    ['加分', bonus && bonus.name],
    ['加分起点', bonus && pointsText(bonus.unlockedFrom)],
    ['加分上限', bonus && pointsText(bonus.cap)],
    ['加分依据', bonus && bonus.clause],
    ['优秀比例', excellenceQuota && pointsText(excellenceQuota.percent)],
    ['优秀比例依据', excellenceQuota && excellenceQuota.clause],
  ]
}

/** 计算规则: name, source and options of a scheme. */
export const rulesBook = (scheme: Scheme): BookSheet => ({
  name: detailSheets.rules,
  columns: Object.entries(ruleColumns),
  rows: valuesOf(scheme).map(([rule, value]): Value[] => [rule, value === null ? null : textValue(value)]),
})

/** Puts 计算规则 over a scheme; a rule without a row stays as it is. */
export function withRules(scheme: Scheme, sheet: Sheet, report: Report): Scheme {
  const table = openTable(sheet, ruleColumns, report)
  if (!table) return scheme
  const known = new Set(valuesOf(scheme).map(([rule]) => rule))
  const rows = new Map(
    [...table.rows].flatMap((row) => {
      const rule = row.needed('规则', asText)
      if (rule === undefined) return []
      if (!known.has(rule)) report.warn('unknown-rule', sheet.name, row.number, '规则', { value: rule })
      return [[rule, row] as const]
    }),
  )
  /** What the row says; null for a blank, undefined where there is no row or a problem was reported. */
  const said = <Value>(rule: string, parser: Parser<Value>) => rows.get(rule)?.optional('内容', parser)
  const word = <Key extends string>(rule: string, words: Readonly<Record<Key, string>>, before: Key) =>
    said(rule, asWord(words)) ?? before
  const text = (rule: string, before: string) => (rows.has(rule) ? (said(rule, asText) ?? '') : before)

  const bonusName = rows.has('加分') ? said('加分', asText) : scheme.bonus?.name
  const percent = rows.has('优秀比例') ? said('优秀比例', asPoints) : scheme.excellenceQuota?.percent
  return {
    ...scheme,
    name: text('办法名称', scheme.name) || scheme.name,
    source: text('来源', scheme.source),
    decimals: said('小数位数', asCount) ?? scheme.decimals,
    rounding: word('进位', roundingWords, scheme.rounding),
    ties: word('并列', tieWords, scheme.ties),
    rankAcrossGroups: word('排名范围', acrossWords, scheme.rankAcrossGroups ? 'yes' : 'no') === 'yes',
    appealWithin: said('申诉工作日', asCount) ?? scheme.appealWithin,
    publicity: word('公开范围', publicityWords, scheme.publicity),
    bonus:
      bonusName === undefined || bonusName === null
        ? null
        : {
            name: bonusName,
            unlockedFrom: said('加分起点', asPoints) ?? scheme.bonus?.unlockedFrom ?? 0,
            cap: said('加分上限', asPoints) ?? scheme.bonus?.cap ?? 0,
            clause: text('加分依据', scheme.bonus?.clause ?? ''),
          },
    excellenceQuota:
      percent === undefined || percent === null
        ? null
        : { percent, clause: text('优秀比例依据', scheme.excellenceQuota?.clause ?? '') },
  }
}
