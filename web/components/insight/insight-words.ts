import type { Scheme } from '#assessment/scheme'
import { t } from '../../i18n.ts'
import type { Insight } from './insight-answers.ts'

/** The year in one sentence: who is scored, how many hold the best grade, problems, rectification. */
export function insightSentence({ standings, spots, rectification }: Insight, scheme: Scheme): string {
  const scored = standings.filter(({ composite }) => composite !== null)
  const best = scheme.grades[0]?.name ?? ''
  const holders = scored.filter(({ grade }) => grade === best).length
  const problems = spots.kinds.reduce((sum, { total }) => sum + total, 0)
  const { rate } = rectification.total
  return [
    scored.length === 0
      ? t('insight.sentenceNone', { of: standings.length })
      : t('insight.sentenceScored', { of: standings.length, scored: scored.length }),
    scored.length > 0 ? t('insight.sentenceBest', { grade: best, n: holders }) : '',
    problems > 0 ? t('insight.sentenceProblems', { n: problems }) : '',
    rate === null ? '' : t('insight.sentenceRate', { rate }),
    t('insight.stop'),
  ].join('')
}
