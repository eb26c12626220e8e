import type { CaseStep } from '#assessment/score/finding-course'
import type { Language } from '#assessment/language'

const words: Readonly<Record<CaseStep, Readonly<Record<Language, string>>>> = {
  extended: { 'zh-CN': '延长期限', en: 'extend the deadline' },
  submitted: { 'zh-CN': '报送整改', en: 'submit a rectification' },
  withdrawn: { 'zh-CN': '撤回整改', en: 'withdraw the rectification' },
  accepted: { 'zh-CN': '核查通过', en: 'accept the rectification' },
  rejected: { 'zh-CN': '核查退回', en: 'reject the rectification' },
  appealed: { 'zh-CN': '申诉', en: 'appeal' },
  decided: { 'zh-CN': '裁定申诉', en: 'decide the appeal' },
  reversed: { 'zh-CN': '冲销', en: 'reverse the entry' },
}

const none: Readonly<Record<Language, string>> = { 'zh-CN': '没有可办事项', en: 'nothing' }
const between: Readonly<Record<Language, string>> = { 'zh-CN': '、', en: ', ' }

/** Steps as a list in words. */
export const stepsInWords = (steps: readonly CaseStep[], language: Language): string =>
  steps.map((step) => words[step][language]).join(between[language]) || none[language]
