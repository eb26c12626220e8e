import { entry, type ProblemEntry } from './entry.ts'

/** Why a circular is not written. */
export const circularProblemTexts = {
  'circular-template-invalid': entry(
    422,
    ['通报文字有误', '通报文字中有 {count} 处需要改正。'],
    ['The circular’s text has errors', '{count} place(s) in the circular’s text must be mended.'],
  ),
  'table-not-public': entry(
    403,
    ['成绩表不公开', '按照考核办法规定的公开范围，各单位看不到全部成绩。'],
    ['The table is not public', 'By the scheme’s publicity, units do not see the whole table.'],
  ),
} as const satisfies Record<string, ProblemEntry>
