import { z } from 'zod'
import { assess } from '#assessment/score/assess'
import type { Day } from '#assessment/day'
import type { ExternalMark } from '#assessment/score/facts'
import type { AssessedOn } from '../assessed.ts'
import { isAt, type BatchPlace } from './place.ts'

export const textChange = z.object({ from: z.string().nullable(), to: z.string().nullable() })
const rankChange = z.object({ from: z.int().nullable(), to: z.int().nullable() })
/** What other marks do to one unit, with everything else as it is today. */
export const effectSchema = z.object({
  score: textChange,
  composite: textChange,
  grade: textChange,
  rank: rankChange,
})
type Effect = z.infer<typeof effectSchema>

const none = { score: null, composite: null, grade: null, rank: null }

/** What other marks of a component's window would do to each unit's score, composite, grade and rank on a day. */
export function effectOfMarks(
  on: Pick<AssessedOn, 'scheme' | 'facts' | 'calendar'>,
  asOf: Day,
  place: BatchPlace,
  before: readonly ExternalMark[],
  after: readonly ExternalMark[],
): (unitId: string) => Effect {
  const others = on.facts.external.filter((mark) => !isAt(place, mark))
  const resultsWith = (marks: readonly ExternalMark[]) => {
    const facts = { ...on.facts, external: [...others, ...marks] }
    return new Map(
      assess(on.scheme, facts, asOf, on.calendar).scorecards.map((card) => [
        card.unitId,
        { ...card, score: card.components.find(({ key }) => key === place.component)?.score ?? null },
      ]),
    )
  }
  const [was, becomes] = [resultsWith(before), resultsWith(after)]
  return (unitId) => {
    const [from, to] = [was.get(unitId) ?? none, becomes.get(unitId) ?? none]
    return {
      score: { from: from.score, to: to.score },
      composite: { from: from.composite, to: to.composite },
      grade: { from: from.grade, to: to.grade },
      rank: { from: from.rank, to: to.rank },
    }
  }
}
