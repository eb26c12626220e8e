import { entry, type ProblemEntry } from './entry.ts'

/** Why a suspicion is not settled or a report not taken, and what a person can do about it. */
export const monitorProblemTexts = {
  'suspicion-settled': entry(
    409,
    ['疑点已处理', '这条疑点已经确认或排除，不能再处理。请刷新后查看处理结果。'],
    [
      'Settled already',
      'This suspicion was confirmed or dismissed already. Reload to see what became of it.',
    ],
  ),
  'postponed-to-past': entry(
    422,
    ['暂缓日期不在以后', '请把暂缓日期改为今天以后的一天。'],
    ['The day is not in the future', 'Choose a day after today on which the suspicion comes back.'],
  ),
  'report-unreadable': entry(
    422,
    ['无法判断：读不出文字', '{why}文件没有保存。'],
    ['Not assessable: its text cannot be read', '{why} The file was not kept.'],
  ),
} as const satisfies Readonly<Record<string, ProblemEntry>>
