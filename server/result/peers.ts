import { z } from 'zod'
import { compare, decimal, divide, format, sum, whole } from '#assessment/rational'
import type { Assessed, Scorecard } from '#assessment/score/scorecard'
import type { AnswerOf } from '../http/schema-of.ts'

/** How a unit stands among the others of its group in one component, or in the composite (null). */
export const peersSchema = z.object({
  component: z.string().nullable(),
  /** Ascending, decimals as numbers for drawing. */
  values: z.array(z.number()),
  median: z.string().nullable(),
  rank: z.int().nullable(),
})
export type Peers = AnswerOf<typeof peersSchema>

function median(ascending: readonly string[]): string | null {
  const middle = ascending.length / 2
  const [low, high] = [ascending[Math.ceil(middle) - 1], ascending[Math.floor(middle)]]
  return low === undefined || high === undefined
    ? null
    : format(divide(sum([decimal(low), decimal(high)]), whole(2)))
}

function among(component: string | null, all: readonly (string | null)[], own: string | null): Peers {
  const scores = all.filter((value) => value !== null).sort((a, b) => compare(decimal(a), decimal(b)))
  return {
    component,
    values: scores.map(Number),
    median: median(scores),
    rank:
      own === null ? null : 1 + scores.filter((value) => compare(decimal(value), decimal(own)) > 0).length,
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
