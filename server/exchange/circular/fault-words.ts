import type { Language } from '#assessment/language'
import type { TemplateFault } from './fill.ts'
import type { TemplatePart } from './template.ts'

/** Parts of the template as people call them. */
export const partNames: Readonly<Record<TemplatePart, Readonly<Record<Language, string>>>> = {
  mark: { 'zh-CN': '发文机关标志', en: 'Letterhead' },
  number: { 'zh-CN': '发文字号', en: 'Document number' },
  title: { 'zh-CN': '标题', en: 'Title' },
  addressee: { 'zh-CN': '主送机关', en: 'Addressees' },
  body: { 'zh-CN': '正文', en: 'Body' },
  attachment: { 'zh-CN': '附件标题', en: 'Attachment title' },
  signer: { 'zh-CN': '署名', en: 'Signature' },
  reportedTo: { 'zh-CN': '报送', en: 'Reported to' },
  copiedTo: { 'zh-CN': '抄送', en: 'Copied to' },
  printedBy: { 'zh-CN': '印发机关', en: 'Printed by' },
}

const zh: Readonly<Record<TemplateFault['code'], (fault: TemplateFault) => string>> = {
  empty: () => '不能为空。',
  unclosed: ({ typed }) => `“${typed}”没有成对，字段要写成 {{年度}} 这样。`,
  'unknown-field': ({ typed, meant }) =>
    `没有名为“${typed}”的字段${meant === null ? '。' : `，是不是“${meant}”？`}`,
  'unknown-word': ({ typed, meant }) =>
    `“${typed}”不是这个字段可以限定的等次、分组或部分${meant === null ? '。' : `，是不是“${meant}”？`}`,
  'word-missing': ({ typed, meant }) => `“${typed}”要指明是哪一个，例如 {{${typed}:${meant ?? ''}}}。`,
}
const en: Readonly<Record<TemplateFault['code'], (fault: TemplateFault) => string>> = {
  empty: () => 'must not be empty.',
  unclosed: ({ typed }) => `“${typed}” stands alone; a field is written like {{年度}}.`,
  'unknown-field': ({ typed, meant }) =>
    `there is no field “${typed}”${meant === null ? '.' : `; did you mean “${meant}”?`}`,
  'unknown-word': ({ typed, meant }) =>
    `“${typed}” is no grade, group or component this field can be narrowed to${meant === null ? '.' : `; did you mean “${meant}”?`}`,
  'word-missing': ({ typed, meant }) => `“${typed}” must say which one, as in {{${typed}:${meant ?? ''}}}.`,
}

/** What is wrong and where, as one sentence. */
export function faultWords(fault: TemplateFault, language: Language): string {
  const part = partNames[fault.part][language]
  return language === 'zh-CN'
    ? `${part}第${fault.paragraph}段：${zh[fault.code](fault)}`
    : `${part}, paragraph ${fault.paragraph}: ${en[fault.code](fault)}`
}
