import type { Language } from '#assessment/language'

/** Why a row that is right in itself does not fit what is stored. */
const importConflicts = [
  'group-differs',
  'takes-part',
  'parent-differs',
  'number-taken',
  'ledger-differs',
  'scheme-differs',
  'day-ahead',
] as const
export type ImportConflict = (typeof importConflicts)[number]

/** The conflict and how to mend it. */
export const conflictTexts: Readonly<Record<ImportConflict, Readonly<Record<Language, string>>>> = {
  'group-differs': {
    'zh-CN': '这个单位已参评，分组与已有的不同；请改成一致的分组。',
    en: 'The unit takes part in another group already; use the same group.',
  },
  'takes-part': {
    'zh-CN': '这个单位已参评，不能改为不参评；请删去“否”。',
    en: 'The unit takes part already and cannot be taken out; remove 否.',
  },
  'parent-differs': {
    'zh-CN': '上级单位与单位表中的不同；请先在“单位”页面修改，或改成一致。',
    en: 'The parent differs from the one known; change it on the units page first, or use the same.',
  },
  'number-taken': {
    'zh-CN': '这个编号属于另一个问题；请改用别的编号，或留空。',
    en: 'The number belongs to another finding; use another or leave it blank.',
  },
  'ledger-differs': {
    'zh-CN': '台账中已登记的整改或核查情况与这一行矛盾；请在台账中更正。',
    en: 'The ledger holds another rectification or review than this row; correct it in the ledger.',
  },
  'day-ahead': {
    'zh-CN': '日期晚于今天；请改正日期。',
    en: 'The day lies after today; correct it.',
  },
  'scheme-differs': {
    'zh-CN': '考核已有数据，工作簿中的考核办法与所用的不同；请删去这个工作表，或改成一致。',
    en: 'The assessment holds facts already and uses another scheme; remove the sheet or use the same.',
  },
}
