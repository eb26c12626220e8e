import { assess } from '#assessment/score/assess'
import type { Day } from '#assessment/day'
import type { ExternalMark } from '#assessment/score/facts'
import type { Assessed } from '#assessment/score/scorecard'
import type { AssessedOn } from '../assessed.ts'

interface Standing {
  readonly score: string | null
  readonly composite: string | null
  readonly grade: string | null
  readonly rank: number | null
}
const none: Standing = { score: null, composite: null, grade: null, rank: null }

function standingsBy(assessed: Assessed, component: string): Map<string, Standing> {
  return new Map(
    assessed.scorecards.map(({ unitId, components, composite, grade, rank }) => [
      unitId,
      { score: components.find(({ key }) => key === component)?.score ?? null, composite, grade, rank },
    ]),
  )
}

/** What other marks of a component would do to each unit's score, composite, grade and rank on a day. */
export function effectOfMarks(
  on: Pick<AssessedOn, 'scheme' | 'facts' | 'calendar'>,
  asOf: Day,
  component: string,
  before: readonly ExternalMark[],
  after: readonly ExternalMark[],
) {
  const others = on.facts.external.filter((mark) => mark.component !== component)
  const standing = (marks: readonly ExternalMark[]) =>
    standingsBy(
      assess(on.scheme, { ...on.facts, external: [...others, ...marks] }, asOf, on.calendar),
      component,
    )
  const [was, becomes] = [standing(before), standing(after)]
  return (unitId: string) => {
    const [from, to] = [was.get(unitId) ?? none, becomes.get(unitId) ?? none]
    return {
      score: { from: from.score, to: to.score },
      composite: { from: from.composite, to: to.composite },
      grade: { from: from.grade, to: to.grade },
      rank: { from: from.rank, to: to.rank },
    }
  }
}
