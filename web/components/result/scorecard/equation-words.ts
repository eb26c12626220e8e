import { decimal, format, hundred, subtract } from '#assessment/rational'
import type { Scorecard } from '#assessment/score/scorecard'
import { t } from '../../../i18n.ts'

const minus = (text: string): string => text.replace('-', '−')

/** The composite spelled out: `0.30 × 98.50 + 0.40 × 88.50 + 0.30 × 83.50 = 90.00 → 优秀`. */
export function equationText(card: Scorecard): string {
  const terms = card.components.map(
    ({ share, score }) => `${share} × ${score === null ? t('vocabulary.pending') : minus(score)}`,
  )
  const bonus = card.bonus !== null && Number(card.bonus) !== 0 ? [card.bonus] : []
  const sum = [...terms, ...bonus].join(' + ')
  return card.composite === null
    ? `${sum} = ${t('vocabulary.pending')}`
    : `${sum} = ${minus(card.composite)} → ${card.grade ?? ''}`
}

/** Composite points missing to 100; null while pending. */
export const totalLoss = (card: Scorecard): string | null =>
  card.composite === null ? null : format(subtract(hundred, decimal(card.composite)))
