import { reportRules, type ReportRule } from '../../../server/monitors/report/observation.ts'
import { sources, type Source } from '../../../server/monitors/report/sources.ts'
import { observationText, type MessageKey } from '../../../server/monitors/report/words.ts'
import type { Language } from '#assessment/language'
import type { Suspicion } from '../../api/suspicion.ts'
import { language, t } from '../../i18n.ts'

/** What a monitor says, by its keys. */
type Told = Pick<Suspicion, 'message' | 'params' | 'source'>

/** Why something is suspected, in words; a key that only another release knows stands as it is. */
export const reasonOf = ({ message, params }: Told, words: Language = language()): string =>
  observationText({ message: message as MessageKey, params }, words)

const isKnown = (source: string): source is Source => source in sources
/** The clause that a rule rests on; a key that only another release knows stands as it is. */
export const basisOf = ({ source }: Told, words: Language = language()): string =>
  isKnown(source) ? sources[source][words] : source

const isRule = (rule: string): rule is ReportRule => reportRules.some((known) => known === rule)
export const ruleWord = (rule: string): string => (isRule(rule) ? t(`report.rules.${rule}`) : rule)

const longestQuote = 160

/** The finding that a suspicion would be, in the words of the ledger, which are Chinese whatever language the page is in. */
export function findingWords({ unit, excerpt, record, ...told }: Suspicion): {
  readonly what: string
  readonly source: string
} {
  const quoted = excerpt.replace(/\s+/g, ' ').trim()
  const shown = quoted.length > longestQuote ? `${quoted.slice(0, longestQuote)}…` : quoted
  const year = record ? `${record.year} 年度报告` : '年度报告'
  const original = shown === '' ? '' : `原文：“${shown}”`
  return {
    what: `${year}：${reasonOf(told, 'zh-CN')}。${original}`,
    source: `${unit} ${year}（${basisOf(told, 'zh-CN')}）`.slice(0, 200),
  }
}
