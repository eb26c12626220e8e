import { entry, type ProblemEntry } from './entry.ts'

/** Why a scheme is refused. */
export const schemeProblemTexts = {
  'scheme-in-use': entry(
    409,
    ['考核办法已经使用', '已有考核使用这份考核办法，不能再改动或删除；请复制一份后修改。'],
    [
      'The scheme is in use',
      'An assessment uses this scheme, so it can no longer change. Copy it and change the copy.',
    ],
  ),
  'scheme-unsound': entry(
    422,
    ['考核办法有误', '考核办法中有 {count} 处问题，改正以后才能使用。'],
    ['The scheme is not sound', 'The scheme has {count} problem(s); mend them before it is used.'],
  ),
  'scheme-file-invalid': entry(
    422,
    ['文件有误', '文件中有 {count} 处错误，没有读入任何内容。'],
    ['The file has errors', 'The file has {count} error(s); nothing was taken from it.'],
  ),
} as const satisfies Record<string, ProblemEntry>
