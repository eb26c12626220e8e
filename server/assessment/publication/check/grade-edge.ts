import { gradeAt, shareOf } from '../../score/composite.ts'
import {
  add,
  format,
  fromExact,
  hundredths,
  max,
  multiply,
  round,
  subtract,
  type Rational,
} from '../../rational.ts'
import type { Scheme } from '../../rule/scheme.ts'
import type { ComponentScore, Scorecard } from '../../score/scorecard.ts'
import type { CheckItem, ToPublish } from './items.ts'

/** What one problem more takes from a composite, and one problem less gives back, at the most; 0 when there is none. */
interface OneProblem {
  readonly less: Rational
  readonly more: Rational
}

const zero = hundredths(0)
const largest = (values: readonly Rational[]): Rational => values.reduce(max, zero)

function oneProblem(scheme: Scheme, components: readonly ComponentScore[]): OneProblem {
  const less: Rational[] = []
  const more: Rational[] = []
  scheme.components.forEach((component, place) => {
    const scored = components[place] as ComponentScore
    if (component.method !== 'deductions' || scored.steps.method !== 'deductions') return
    const share = shareOf(component, scheme.components)
    const { raw, floor, findings } = scored.steps
    // Below the floor one problem more takes nothing, and one less may not bring the score above it.
    const above = raw - floor
    if (above > 0)
      for (const { points } of component.kinds)
        less.push(multiply(share, hundredths(Math.min(points, above))))
    for (const { points } of findings)
      more.push(multiply(share, hundredths(Math.max(0, points + Math.min(0, above)))))
  })
  return { less: largest(less), more: largest(more) }
}

function itemsOf(scheme: Scheme, card: Scorecard): CheckItem[] {
  if (card.exact === null || card.grade === null) return []
  const exact = fromExact(card.exact)
  const rounded = (value: Rational): Rational => round(value, scheme.decimals, scheme.rounding)
  const composite = rounded(exact)
  const now = gradeAt(scheme.grades, composite)
  const { less, more } = oneProblem(scheme, card.components)
  const item = (at: number, line: number): CheckItem => ({
    code: 'near-grade-edge',
    unitId: card.unitId,
    unit: card.unit,
    composite: format(composite, scheme.decimals),
    grade: nameAt(scheme, now),
    other: nameAt(scheme, at),
    line: format(hundredths(lineAt(scheme, line))),
    distance: format(subtract(composite, hundredths(lineAt(scheme, line))), scheme.decimals),
  })
  const down = gradeAt(scheme.grades, rounded(subtract(exact, less)))
  const up = gradeAt(scheme.grades, rounded(add(exact, more)))
  return [...(down > now ? [item(down, now)] : []), ...(up < now ? [item(up, now - 1)] : [])]
}

const nameAt = (scheme: Scheme, at: number): string => (scheme.grades[at] as { name: string }).name
const lineAt = (scheme: Scheme, at: number): number => (scheme.grades[at] as { from: number }).from

/** Units that one problem more would put below the line of their grade, or one problem less above the next; before any quota or veto. */
export const edgeItems = ({ scheme, assessed }: ToPublish): CheckItem[] =>
  assessed.scorecards.flatMap((card) => itemsOf(scheme, card))
