import { entry, type ProblemEntry } from './entry.ts'

/** What people are told when heavy work cannot be done, or not now. */
export const workProblemTexts = {
  'queue-full': entry(
    503,
    ['排队的人太多', '等待处理的文件已满，您的这一项没有开始。请过一会儿再试。'],
    ['Too many are waiting', 'The queue for files is full and yours was not taken. Try again in a moment.'],
  ),
  'queue-own-full': entry(
    429,
    ['您等待处理的文件太多', '请等前面的几项完成，再提交这一项。'],
    ['Too many of your files are waiting', 'Let those before be finished, then send this one.'],
  ),
  'work-too-slow': entry(
    503,
    [
      '处理超时',
      '这项工作超过了时间上限，已经停止，数据没有改变。请缩小范围后再试；仍不行时，请告知系统管理员。',
    ],
    [
      'It took too long',
      'The work went beyond its time limit and was stopped; nothing was changed. Try a smaller part, or tell the system administrator.',
    ],
  ),
  'work-too-large': entry(
    503,
    [
      '所需内存超过上限',
      '这项工作所需的内存超过上限，已经停止，数据没有改变。请缩小范围后再试；仍不行时，请告知系统管理员。',
    ],
    [
      'It needs more memory than is allowed',
      'The work was stopped; nothing was changed. Try a smaller part, or tell the system administrator.',
    ],
  ),
} as const satisfies Record<string, ProblemEntry>
