import type { Day } from '../day.ts'
import type { ClosedWindow, ExternalMark } from './facts.ts'
import { decimal, divide, exactly, hundred, multiply, sum, zero, type Decimal } from '../rational.ts'
import type { ExternalComponent } from '../rule/scheme.ts'
import type { ExternalSteps, ExternalWindowStep } from './scorecard.ts'
import type { WindowScore } from './verified-marks.ts'
import { datedWindows } from './windows.ts'

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
): Map<string | null, ExternalMark['marks']> {
  const keys = new Set<string | null>([null, ...component.dimensions.map(({ key }) => key)])
  const known = marks.filter(({ on, dimension }) => (on === null || on <= asOf) && keys.has(dimension))
  return new Map(sameFormMarks(known).map((mark) => [mark.dimension, mark.marks]))
}

type Scored = Pick<WindowScore, 'score' | 'applies' | 'pending'> & { readonly step: ExternalWindowStep }

function scoreWindow(
  component: ExternalComponent,
  window: { readonly key: string; readonly name: string } | null,
  share: string,
  marks: readonly ExternalMark[],
  termOver: boolean,
  asOf: Day,
): Scored {
  const inForce = marksInForce(component, marks, asOf)
  const byDimension = component.dimensions.some((dimension) => inForce.has(dimension.key))
  const parts = byDimension ? component.dimensions.map(({ key }) => key) : [null]
  const values = parts.map((key) => inForce.get(key) ?? null)
  const applies = !values.includes('not-applicable')
  const missing = parts.filter((_, index) => values[index] === null)
  const total = applies && missing.length === 0 ? sum(values.map((value) => decimal(value as Decimal))) : null
  const countedAsZero = applies && total === null && component.missing === 'zero' && termOver
  const step: ExternalWindowStep = {
    key: window?.key ?? null,
    name: window?.name ?? null,
    share,
    marks: total && exactly(total),
    applies,
    countedAsZero,
    dimensions: component.dimensions.map(({ key, name, full }) => {
      const value = inForce.get(key) ?? null
      return { key, name, full, marks: value === 'not-applicable' ? null : value }
    }),
  }
  return {
    score: countedAsZero ? zero : total && multiply(divide(total, decimal(component.full)), hundred),
    applies,
    pending:
      countedAsZero || !applies
        ? []
        : missing.map((dimension) => ({ code: 'external-missing', dimension, window: window?.name ?? null })),
    step,
  }
}

/**
 * 外部评分: per window marks ÷ full marks × 100 (考核办法 四(三)); with dimensions, their sum. Null while any is missing, unless the scheme counts a
 * missing score as 0 once its term is over: a closed window under the window's key, or under the component's own where it has none.
 */
export function scoreExternalMarks(
  component: ExternalComponent,
  marks: readonly ExternalMark[],
  closed: readonly ClosedWindow[],
  year: number,
  asOf: Day,
): { windows: WindowScore[]; steps: ExternalSteps } {
  const isOver = (key: string) => closed.some((each) => each.window === key && each.on <= asOf)
  const dated = datedWindows(component, year)
  const one = { n: 1n, d: 1n }
  const scored =
    dated.length === 0
      ? [{ key: null, share: one, ...scoreWindow(component, null, '1', marks, isOver(component.key), asOf) }]
      : dated.map(({ window, share }) => {
          const ofWindow = marks.filter((mark) => mark.window === window.key)
          const scores = scoreWindow(component, window, exactly(share), ofWindow, isOver(window.key), asOf)
          return { key: window.key, share, ...scores }
        })
  return {
    windows: scored.map(({ key, share, score, applies, pending }) => ({
      key,
      share,
      score,
      applies,
      pending,
    })),
    steps: { method: 'external', full: component.full, windows: scored.map(({ step }) => step) },
  }
}
