import type { Scheme } from '#assessment/rule/scheme'
import { t } from '../../../i18n.ts'
import { named } from '../../../scheme-names.ts'
import type { drawing, RankInterval } from '../../../workers/drawing.ts'
import { drawnGrades } from './rank-figures.ts'
import { listed } from './ranking-words.ts'

/** How the intervals come about, printed under them. */
export const intervalRules = (scheme: Scheme, of: number, { draws, spread, seed }: typeof drawing): string =>
  t('result.robustness.rules', {
    parts: scheme.components.length,
    of,
    spread: Math.round(spread * 100),
    draws: draws.toLocaleString('en-US'),
    seed,
  }) +
  (scheme.grades.some(({ share, count }) => share !== null || count !== null)
    ? t('result.robustness.quotaNote')
    : '')

/** The grades of the draws, in the language on screen. */
const gradesText = ({ grades }: RankInterval): string =>
  listed(drawnGrades({ grades: grades.map((drawn) => ({ ...drawn, grade: named(drawn.grade) })) }))

/** What the draws say beside the official rank: `；权重稍变，名次在 9–15 之间；良好 96%`. */
export const sureWords = (interval: RankInterval): string =>
  t('result.robustness.sure', {
    range: t(`result.robustness.${interval.low === interval.high ? 'stays' : 'between'}`, {
      low: interval.low,
      high: interval.high,
    }),
    grades: gradesText(interval),
  })

/** The official rank and how sure it is, in one sentence: `第 12 名；权重稍变，名次在 9–15 之间；良好 96%`. */
export const sureRank = (rank: number, interval: RankInterval): string =>
  t('result.robustness.rank', { rank }) + sureWords(interval)
