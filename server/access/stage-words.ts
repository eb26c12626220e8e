import type { Stage } from '#assessment/vocabulary'
import type { Language } from '#assessment/language'

const words: Readonly<Record<Stage, Readonly<Record<Language, string>>>> = {
  draft: { 'zh-CN': '起草', en: 'in preparation' },
  open: { 'zh-CN': '考核中', en: 'open' },
  aggregating: { 'zh-CN': '汇总中', en: 'being aggregated' },
  published: { 'zh-CN': '已发布', en: 'published' },
  archived: { 'zh-CN': '已归档', en: 'archived' },
}

/** A stage in words. */
export const stageWord = (stage: Stage, language: Language): string => words[stage][language]
