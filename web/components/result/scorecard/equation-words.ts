import { decimal, format, hundred, subtract, type Decimal } from '#assessment/rational'
import type { Scorecard } from '#assessment/score/scorecard'
import { t } from '../../../i18n.ts'
import { named } from '../../../scheme-names.ts'
import { points } from '../exact-text.ts'
import { fullOf } from '../loss-items.ts'

const minus = (text: string): string => text.replace('-', '−')

/** What composites of the unit's group are multiplied by, ` × 1.50`; empty on the scale of 100. */
export const scaleFactor = ({ scale }: Pick<Scorecard, 'scale'>): string =>
  scale === 10_000 ? '' : ` × ${points(scale / 100)}`

/** What 总分加减 moves: `+6.00`; null where it moves nothing. */
export const adjustmentText = ({ adjustment }: Pick<Scorecard, 'adjustment'>): Decimal | null =>
  adjustment?.value == null || Number(adjustment.value) === 0 ? null : minus(adjustment.value)

/** The composite spelled out: `0.30 × 98.50 + 0.40 × 88.50 + 0.30 × 83.50 = 90.00 → 优秀`. */
export function equationText(card: Scorecard): string {
  const terms = card.components
    .map(({ share, score }) => `${share} × ${score === null ? t('vocabulary.pending') : minus(score)}`)
    .join(' + ')
  const factor = scaleFactor(card)
  const scaled = factor === '' ? terms : `(${terms})${factor}`
  const adjusted = adjustmentText(card)
  const sum = adjusted === null ? scaled : `${scaled} ${adjusted.replace(/^([+−])/, '$1 ')}`
  if (card.composite === null) return `${sum} = ${t('vocabulary.pending')}`
  return `${sum} = ${minus(card.composite)}${card.grade === null ? '' : ` → ${named(card.grade)}`}`
}

/** Composite points missing to the full marks of the unit's scale, negative above them; null while pending. */
export const totalLoss = (card: Scorecard): string | null =>
  card.composite === null
    ? null
    : format(subtract(card.scale === 10_000 ? hundred : fullOf(card), decimal(card.composite)))
