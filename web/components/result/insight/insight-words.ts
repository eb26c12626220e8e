import type { Scheme } from '#assessment/rule/scheme'
import { t } from '../../../i18n.ts'
import { named } from '../../../scheme-names.ts'
import type { Insight } from '../../../api/insight.ts'

/** The year in one sentence: who is scored, how many hold the best grade, problems, rectification. */
export function insightSentence(insight: Insight, scheme: Scheme): string {
  const { standings, spots, rectification, interim } = insight
  const scored = standings.filter(({ composite }) => composite !== null)
  const best = scheme.grades[0]?.name ?? ''
  const holders = scored.filter(({ grade }) => grade === best).length
  const problems = spots.kinds.reduce((sum, { total }) => sum + total, 0)
  const { rate } = rectification.total
  return [
    scored.length === 0
      ? t('result.insight.sentenceNone', { of: standings.length })
      : t(interim === null ? 'result.insight.sentenceScored' : 'result.insight.sentenceInterim', {
          of: standings.length,
          scored: scored.length,
        }),
    scored.length > 0 && interim === null
      ? t('result.insight.sentenceBest', { grade: named(best), n: holders })
      : '',
    problems > 0 ? t('result.insight.sentenceProblems', { n: problems }) : '',
    rate === null ? '' : t('result.insight.sentenceRate', { rate }),
    t('result.insight.stop'),
  ].join('')
}
