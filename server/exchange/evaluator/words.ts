import type { Params, Place } from '../spreadsheet/place.ts'
import { columnLetter } from '../spreadsheet/heading.ts'
import type { Language } from '#assessment/language'

type Message = Readonly<Record<Language, string>>

/** Why an evaluator's file cannot be taken over as it is, and how to mend that. */
const errorTexts = {
  'sheet-missing': { 'zh-CN': '文件中没有这个工作表。', en: 'The file has no such sheet.' },
  'no-marks-column': {
    'zh-CN': '还没有指明得分所在的列：请选择总分列，或者各评分维度的列。',
    en: 'No column of marks is chosen: choose the total, or a column for every dimension.',
  },
  'same-column': {
    'zh-CN': '这一列被选了不止一次；单位、总分和各维度须各用一列。',
    en: 'This column is chosen more than once; units, total and dimensions each need their own.',
  },
  'no-rows': {
    'zh-CN': '表头以下没有任何带单位的行；请检查工作表和表头行。',
    en: 'There is no row with a unit below the header; check the sheet and the header row.',
  },
  'rank-column': {
    'zh-CN': '这一列像是名次或序号，不是得分；请另选一列。',
    en: 'This column looks like ranks or numbers of rows, not marks; choose another.',
  },
  'unknown-unit': {
    'zh-CN': '没有叫“{value}”的考核对象；请指明它是哪个单位，或者不导入这一行。',
    en: 'No assessed unit is called “{value}”; say which unit it is, or leave the row out.',
  },
  'unit-blank': {
    'zh-CN': '有得分却没有单位；请补上单位名称。',
    en: 'There is a mark but no unit; name the unit.',
  },
  'duplicate-unit': {
    'zh-CN': '“{value}”重复，第 {first} 行已有它的得分；请只保留一行。',
    en: '“{value}” occurs twice; row {first} has its mark already. Keep one of the rows.',
  },
  'not-a-number': {
    'zh-CN': '“{value}”不是数；请填写得分，没有得分的留空。',
    en: '“{value}” is not a number; write the mark, or leave the cell empty.',
  },
  'fault-cell': {
    'zh-CN': '单元格是错误值或没有算出结果的公式（{value}）；请改填数值。',
    en: 'The cell holds an error or a formula without a result ({value}); type the value.',
  },
  'below-zero': { 'zh-CN': '得分 {value} 小于 0。', en: 'The mark {value} is below 0.' },
  'above-full': {
    'zh-CN': '得分 {value} 高于满分 {full}；请核对得分，或者改正这一列的满分。',
    en: 'The mark {value} is above the full marks {full}; check the mark, or the full marks of the column.',
  },
  'totals-disagree': {
    'zh-CN': '总分 {total} 与各维度之和 {sum} 不一致；请核对，或者选定以哪一个为准。',
    en: 'The total {total} is not the sum of the dimensions, {sum}; check it, or choose which one holds.',
  },
} as const satisfies Readonly<Record<string, Message>>

/** What a person should look at before accepting. */
const warningTexts = {
  'unit-missing': {
    'zh-CN': '文件中没有“{value}”，它的这一部分将为待定。',
    en: '“{value}” is not in the file; this part of it becomes pending.',
  },
  'mark-blank': {
    'zh-CN': '“{value}”没有得分，它的这一部分将为待定。',
    en: '“{value}” has no mark; this part of it becomes pending.',
  },
  'row-left-out': {
    'zh-CN': '“{value}”这一行不是考核对象，未读取。',
    en: 'The row “{value}” is no assessed unit and was not read.',
  },
  'all-equal': {
    'zh-CN': '所有得分都相同，这一部分不区分单位。',
    en: 'All marks are equal; they tell no units apart.',
  },
  'mostly-equal': {
    'zh-CN': '八成以上的单位得分相同，请确认选对了列。',
    en: 'Four fifths of the marks or more are equal; make sure that the column is right.',
  },
  'close-together': {
    'zh-CN': '所有得分相差不到满分的 1%，请确认选对了列和满分。',
    en: 'All marks lie within 1 % of the full marks; make sure that column and full marks are right.',
  },
} as const satisfies Readonly<Record<string, Message>>

export type EvaluatorErrorCode = keyof typeof errorTexts
export type EvaluatorWarningCode = keyof typeof warningTexts

export interface EvaluatorMessage extends Place {
  readonly code: EvaluatorErrorCode | EvaluatorWarningCode
  readonly params: Params
}

const texts: Readonly<Record<EvaluatorMessage['code'], Message>> = { ...errorTexts, ...warningTexts }

/** What is wrong and how to mend it, without the place. */
export const evaluatorText = ({ code, params }: EvaluatorMessage, language: Language): string =>
  texts[code][language].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))

/** A column as people find it: its letter and its header. */
export const columnName = (column: number, header: string): string =>
  header === '' ? columnLetter(column) : `${columnLetter(column)} ${header}`
