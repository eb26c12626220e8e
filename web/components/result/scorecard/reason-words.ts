import { kindsIn, type Scheme } from '#assessment/rule/scheme'
import type { GradeReason, Scorecard } from '#assessment/score/scorecard'
import { t } from '../../../i18n.ts'
import { named } from '../../../scheme-names.ts'
import { vetoWords } from '../../scheme/veto-words.ts'
import { brief, points } from '../exact-text.ts'

/** A sentence about a grade, with the clause that it follows. */
export interface ReasonWords {
  readonly text: string
  readonly clause: string
}

const clauseOfKind = (scheme: Scheme, name: string): string =>
  kindsIn(scheme).find((kind) => kind.name === name)?.clause ?? ''

/** Every veto that stands against a unit, in words; several of a kind as one. */
export const vetoReasons = (card: Pick<Scorecard, 'vetoes'>, scheme: Scheme): ReasonWords[] =>
  [...new Set(card.vetoes.map(({ kind }) => kind))].map((kind) => ({
    text: t('result.veto.stands', {
      kind: named(kind),
      does: vetoWords(card.vetoes.filter((each) => each.kind === kind).map(({ veto }) => veto)),
    }),
    clause: clauseOfKind(scheme, kind),
  }))

const quotaWords = ({ grade, allowed }: Extract<GradeReason, { code: 'quota' }>): string =>
  t('result.scorecard.adjusted.quota', { grade: named(grade), allowed })

/** Why a grade is not simply the band of the composite. */
export function gradeReasons(card: Scorecard, scheme: Scheme): ReasonWords[] {
  const [first] = card.reasons
  const vetoes = vetoReasons(card, scheme)
  const quotas = card.reasons.flatMap((reason) =>
    reason.code === 'quota' ? [{ text: quotaWords(reason), clause: '' }] : [],
  )
  const without =
    first && first.from !== card.grade
      ? [{ text: t('result.scorecard.adjusted.from', { grade: named(first.from) }), clause: '' }]
      : []
  return [...vetoes, ...quotas, ...without]
}

/** What of 总分加减 counts, in sentences. */
export function adjustmentWords(card: Scorecard, { adjustments, ceiling }: Scheme): string[] {
  const own = card.adjustment
  if (!own || !adjustments) return []
  const { unlock, gainCap } = adjustments
  const words: string[] = []
  if (own.lost > 0) words.push(t('result.scorecard.adjustment.lost', { points: points(own.lost) }))
  if (own.gained > 0) {
    const gained = points(own.gained)
    if (own.unlocked === false && unlock)
      words.push(
        t(`result.scorecard.adjustment.${unlock.inclusive ? 'locked' : 'lockedAt'}`, {
          points: gained,
          from: brief(points(unlock.from)),
        }),
      )
    else if (gainCap !== null && own.gained > gainCap)
      words.push(t('result.scorecard.adjustment.capped', { points: gained, cap: brief(points(gainCap)) }))
    else if (own.counted !== null) words.push(t('result.scorecard.adjustment.counted', { points: gained }))
  }
  if (ceiling !== null && card.exact !== null && Number(card.composite) * 100 === ceiling)
    words.push(t('result.scorecard.adjustment.ceiling', { ceiling: brief(points(ceiling)) }))
  return words
}
