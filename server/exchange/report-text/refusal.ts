import type { Language } from '#assessment/language'
import type { Params } from '../spreadsheet/place.ts'

type Words = Readonly<Record<Language, string>>

/** Why a report cannot be read, and what to do. `{name}` is filled in from the params. */
const refusals = {
  'not-found': { 'zh-CN': '找不到这个文件，请检查路径。', en: 'There is no such file; check the path.' },
  'not-readable': { 'zh-CN': '无法读取这个文件（{reason}）。', en: 'The file cannot be read ({reason}).' },
  'file-too-large': {
    'zh-CN': '文件超过 {megabytes} MB，不予读取。',
    en: 'The file is larger than {megabytes} MB and is not read.',
  },
  'too-large-inside': {
    'zh-CN': '文件解压后超过 {megabytes} MB，不予读取。',
    en: 'Unpacked, the file is larger than {megabytes} MB and is not read.',
  },
  'text-too-long': {
    'zh-CN': '文字超过 {characters} 个字符，不予读取。',
    en: 'The text is longer than {characters} characters and is not read.',
  },
  'too-many-pages': {
    'zh-CN': '超过 {pages} 页，不予读取。',
    en: 'It has more than {pages} pages and is not read.',
  },
  'too-slow': {
    'zh-CN': '读取超过 {seconds} 秒，已停止。',
    en: 'Reading took longer than {seconds} seconds and was stopped.',
  },
  'too-much-memory': {
    'zh-CN': '读取所需的内存超过上限，已停止。',
    en: 'Reading needed more memory than is allowed and was stopped.',
  },
  encrypted: {
    'zh-CN': '文件设有打开密码；请去掉密码后重试。',
    en: 'The file is encrypted; remove its password.',
  },
  'broken-file': {
    'zh-CN': '文件已损坏，读不完整。',
    en: 'The file is damaged and cannot be read to its end.',
  },
  'old-format': {
    'zh-CN': '这是旧版 .doc 等格式的文件；请另存为 .docx。',
    en: 'This is a file of an older format such as .doc; save it as .docx.',
  },
  'unknown-format': {
    'zh-CN': '不是 .txt、.html、.docx 或 .pdf 文件。',
    en: 'This is no .txt, .html, .docx or .pdf file.',
  },
} as const satisfies Readonly<Record<string, Words>>
export type RefusalCode = keyof typeof refusals

/** Why a report was not read. */
export interface Refusal {
  readonly ok: false
  readonly code: RefusalCode
  readonly params: Params
}

export const refused = (code: RefusalCode, params: Params = {}): Refusal => ({ ok: false, code, params })

/** Thrown where a file cannot be read any further. */
export class ReportUnreadable extends Error {
  readonly refusal: Refusal

  constructor(code: RefusalCode, params: Params = {}) {
    super(code)
    this.refusal = refused(code, params)
  }
}

/** A refusal in one line of words. */
export const refusalText = ({ code, params }: Refusal, language: Language): string =>
  refusals[code][language].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
