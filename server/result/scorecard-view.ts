import type { Assessed, Scorecard } from '#assessment/score/scorecard'
import { compare, decimal, divide, format, sum, whole } from '#assessment/rational'

/** How a unit stands among the others of its group in one component, or in the composite (null). */
export interface Peers {
  readonly component: string | null
  /** Ascending, decimals as numbers for drawing. */
  readonly values: readonly number[]
  readonly median: string | null
  readonly rank: number | null
}

/** Everything that tells of others taken out of a scorecard: the rank, and a grade that a quota across the group changed. */
export function ownView(card: Scorecard): Scorecard {
  const quota = card.adjustments.find(({ code }) => code === 'quota')
  return {
    ...card,
    grade: quota ? quota.from : card.grade,
    adjustments: card.adjustments.filter(({ code }) => code !== 'quota'),
    rank: null,
    rankedOf: 0,
  }
}

function median(ascending: readonly string[]): string | null {
  const middle = ascending.length / 2
  const [low, high] = [ascending[Math.ceil(middle) - 1], ascending[Math.floor(middle)]]
  return low === undefined || high === undefined
    ? null
    : format(divide(sum([decimal(low), decimal(high)]), whole(2)))
}

function among(component: string | null, all: readonly (string | null)[], own: string | null): Peers {
  const known = all.filter((value) => value !== null).sort((a, b) => compare(decimal(a), decimal(b)))
  return {
    component,
    values: known.map(Number),
    median: median(known),
    rank: own === null ? null : 1 + known.filter((value) => compare(decimal(value), decimal(own)) > 0).length,
  }
}

/** The unit among its group, composite first, then each component. */
export function peersOf(assessed: Pick<Assessed, 'standings'>, card: Scorecard): Peers[] {
  const group = assessed.standings.filter((row) => row.group === card.group)
  return [
    among(
      null,
      group.map((row) => row.composite),
      card.composite,
    ),
    ...card.components.map(({ name, score }) =>
      among(
        name,
        group.map((row) => row.components[name] ?? null),
        score,
      ),
    ),
  ]
}
