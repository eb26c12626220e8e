import type { Day } from '../day.ts'
import type { ClosedWindow, ExternalMark } from './facts.ts'
import {
  decimal,
  divide,
  exactly,
  hundred,
  multiply,
  sum,
  zero,
  type Decimal,
  type Rational,
} from '../rational.ts'
import type { ExternalComponent } from '../rule/scheme.ts'
import type { ExternalSteps, PendingReason } from './scorecard.ts'

const isTotal = ({ dimension }: ExternalMark): boolean => dimension === null

/**
 * Of one unit's marks in the order recorded, those since the evaluation last changed between a total and marks by dimension: a later
 * total replaces the dimensions before it, and the other way round.
 */
export function sameFormMarks(marks: readonly ExternalMark[]): readonly ExternalMark[] {
  let from = 0
  marks.forEach((mark, index) => {
    const before = marks[index - 1]
    if (before && isTotal(mark) !== isTotal(before)) from = index
  })
  return marks.slice(from)
}

/** The last marks per dimension known on the day; the key null holds a total. */
function marksInForce(
  component: ExternalComponent,
  marks: readonly ExternalMark[],
  asOf: Day,
): Map<string | null, Decimal | null> {
  const keys = new Set<string | null>([null, ...component.dimensions.map(({ key }) => key)])
  const known = marks.filter(({ on, dimension }) => (on === null || on <= asOf) && keys.has(dimension))
  return new Map(sameFormMarks(known).map((mark) => [mark.dimension, mark.marks]))
}

/**
 * 外部评分: marks ÷ full marks × 100 (考核办法 四(三)). With dimensions, their sum; null while any is missing, unless the
 * scheme counts a missing score as 0 once the component's term, a closed window under the component's own key, is over.
 */
export function scoreExternalMarks(
  component: ExternalComponent,
  marks: readonly ExternalMark[],
  closed: readonly ClosedWindow[],
  asOf: Day,
): { score: Rational | null; steps: ExternalSteps; pending: PendingReason[] } {
  const inForce = marksInForce(component, marks, asOf)
  const byDimension = component.dimensions.some((dimension) => inForce.has(dimension.key))
  const parts = byDimension ? component.dimensions.map((dimension) => dimension.key) : [null]
  const found = parts.map((key) => inForce.get(key) ?? null)
  const missing = parts.filter((_, index) => found[index] === null)
  const total = missing.length === 0 ? sum(found.map((value) => decimal(value as Decimal))) : null
  const termOver = closed.some((one) => one.window === component.key && one.on <= asOf)
  const countedAsZero = total === null && component.missing === 'zero' && termOver

  return {
    score: countedAsZero ? zero : total && multiply(divide(total, decimal(component.full)), hundred),
    steps: {
      method: 'external',
      full: component.full,
      marks: total && exactly(total),
      countedAsZero,
      dimensions: component.dimensions.map(({ key, name, full }) => ({
        key,
        name,
        full,
        marks: inForce.get(key) ?? null,
      })),
    },
    pending: countedAsZero ? [] : missing.map((dimension) => ({ code: 'external-missing', dimension })),
  }
}
