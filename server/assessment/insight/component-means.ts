import { decimal, divide, format, fromExact, sum, whole, type Decimal, type Rational } from '../rational.ts'
import type { Scheme } from '../rule/scheme.ts'
import { partOn, type Assessed } from '../score/scorecard.ts'

export interface ComponentMean {
  readonly key: string
  readonly name: string
  /** Over the units that have a score, rounded for display; null when none has. */
  readonly mean: Decimal | null
  /** How many units have one. */
  readonly known: number
}

/** What the units of a group scored on average, part by part. */
export interface GroupMeans {
  readonly group: string
  readonly units: number
  /** Of the units with a composite; null when none has. */
  readonly composite: Decimal | null
  readonly ranked: number
  readonly components: readonly ComponentMean[]
}

const meanOf = (values: readonly Rational[]): Decimal | null =>
  values.length === 0 ? null : format(divide(sum(values), whole(values.length)))

/** Mean scores per group, in the order of the standings; a pending score is left out, never taken as 0. */
export function componentMeans(scheme: Scheme, assessed: Assessed): GroupMeans[] {
  const groups = [...new Set(assessed.standings.map(({ group }) => group))]
  return groups.map((group) => {
    const cards = assessed.scorecards.filter((card) => card.group === group)
    const composites = cards.flatMap(({ composite }) => (composite === null ? [] : [decimal(composite)]))
    return {
      group,
      units: cards.length,
      composite: meanOf(composites),
      ranked: composites.length,
      components: scheme.components.map(({ key, name }) => {
        const scores = cards.flatMap((card) => {
          const exact = partOn(card, key)?.exact ?? null
          return exact === null ? [] : [fromExact(exact)]
        })
        return { key, name, mean: meanOf(scores), known: scores.length }
      }),
    }
  })
}
