import type { UnitRobustness } from '#assessment/robustness'
import type { Scheme } from '#assessment/scheme'
import { t } from '../../i18n.ts'
import type { drawing } from '../../workers/drawing.ts'
import { listed } from './ranking-words.ts'

/** `25–26`, or `1` where the rank never moves. */
export const intervalText = ({ low, high }: Pick<UnitRobustness, 'low' | 'high'>): string =>
  low === high ? String(low) : `${low}–${high}`

/** A share of the draws in whole per cent; neither a rare nor an almost certain grade is rounded away. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.01) return '<1%'
  if (share > 0.99 && share < 1) return '>99%'
  return `${Math.round(share * 100)}%`
}

/** The grades a unit took in the draws: `优秀 49%，良好 51%`. */
export const gradeShares = ({ grades }: Pick<UnitRobustness, 'grades'>): string =>
  listed(grades.filter(({ share }) => share > 0).map(({ grade, share }) => `${grade} ${shareText(share)}`))

/** From this many places on, a change of rank stands out. */
const manyPlaces = 5

export interface RankChange {
  /** `↑3`, `↓2`, `—`, or nothing where there is no rank to compare. */
  readonly text: string
  readonly bold: boolean
  readonly spoken: string
}

/** Places gained or lost between two ranks; either may be missing. */
export function rankChange(rank: number | null, before: number | null): RankChange {
  if (rank === null || before === null) return { text: '', bold: false, spoken: '' }
  const gained = before - rank
  const n = Math.abs(gained)
  if (gained === 0) return { text: '—', bold: false, spoken: t('robustness.same') }
  return {
    text: `${gained > 0 ? '↑' : '↓'}${n}`,
    bold: n >= manyPlaces,
    spoken: gained > 0 ? t('robustness.up', { n }) : t('robustness.down', { n }),
  }
}

/** How the intervals come about, printed under them. */
export const intervalRules = (scheme: Scheme, of: number, { draws, spread, seed }: typeof drawing): string =>
  t('robustness.rules', {
    parts: scheme.components.length,
    of,
    spread: Math.round(spread * 100),
    draws: draws.toLocaleString('en-US'),
    seed,
  }) + (scheme.excellenceQuota ? t('robustness.quotaNote') : '')
