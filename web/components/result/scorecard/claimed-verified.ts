import { add, compare, decimal, format, multiply, subtract, zero, type Rational } from '#assessment/rational'
import { leavesOf, type VerifiedMarksComponent } from '#assessment/rule/scheme'
import type { VerifiedSteps, WindowStep } from '#assessment/score/scorecard'

/** Sums of one window over an area's leaves. null = nothing known. */
export interface AreaMarks {
  readonly full: string | null
  readonly claimed: string | null
  readonly verified: string | null
  /** How many of the leaves that apply are verified, and how many there are. */
  readonly known: number
  readonly of: number
}

export interface AreaRow {
  /** null = the window's total, given without parts. */
  readonly area: string | null
  readonly windows: readonly AreaMarks[]
}

type Mark = WindowStep['marks'][number]

function sumOf(marks: readonly Mark[], value: (mark: Mark) => string | null): string | null {
  const known = marks.flatMap((mark) => {
    const text = value(mark)
    return text === null ? [] : [decimal(text)]
  })
  return known.length === 0 ? null : format(known.reduce(add, zero))
}

const counted = (mark: Mark): string | null => (mark.marks === 'not-applicable' ? null : mark.marks)
const applies = ({ marks }: Mark): boolean => marks !== 'not-applicable'
const areaMarks = (marks: readonly Mark[]): AreaMarks => ({
  full: sumOf(marks, (mark) => (mark.marks === 'not-applicable' ? null : mark.full)),
  claimed: sumOf(marks, (mark) => mark.claimed),
  verified: sumOf(marks, counted),
  known: marks.filter((mark) => counted(mark) !== null).length,
  of: marks.filter(applies).length,
})

/** Claimed and verified marks per first-level area and window, in the order of the scheme; then what fits no area. */
export function claimedVerified(steps: VerifiedSteps, component: VerifiedMarksComponent): AreaRow[] {
  const places = new Map(
    component.indicators.flatMap((area) =>
      leavesOf([area]).flatMap((leaf): [string, string][] => [
        [leaf.key, area.name],
        [leaf.name, area.name],
      ]),
    ),
  )
  const areaOf = (mark: Mark): string | null =>
    mark.leaf === null ? null : (places.get(mark.leaf) ?? mark.leaf)
  const present = new Set(steps.windows.flatMap((window) => window.marks.map(areaOf)))
  const named = component.indicators.map((area) => area.name)
  const order = [
    ...named.filter((name) => present.has(name)),
    ...[...present].filter((name) => name === null || !named.includes(name)),
  ]
  return order.map((area) => ({
    area,
    windows: steps.windows.map((window) => areaMarks(window.marks.filter((mark) => areaOf(mark) === area))),
  }))
}

/** Totals of a window as the table's last row shows them. */
export const windowTotals = (steps: VerifiedSteps): AreaMarks[] =>
  steps.windows.map((window) => areaMarks(window.marks))

/** Mean of claimed minus verified over the windows, per 100 marks of the leaves that have both; null when no leaf has. */
export function claimedAbove(steps: VerifiedSteps): string | null {
  const compared = steps.windows.map(({ marks }) =>
    areaMarks(marks.filter((mark) => mark.claimed !== null && counted(mark) !== null)),
  )
  const differences = compared.flatMap(({ full, claimed, verified }): Rational[] => {
    if (full === null || claimed === null || verified === null || compare(decimal(full), zero) <= 0) return []
    const difference = subtract(decimal(claimed), decimal(verified))
    return [multiply(difference, { n: 100n * decimal(full).d, d: decimal(full).n })]
  })
  if (differences.length === 0) return null
  const sum = differences.reduce(add, zero)
  return format({ n: sum.n, d: sum.d * BigInt(differences.length) })
}
