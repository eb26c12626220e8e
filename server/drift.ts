import { later, type Day } from '#assessment/day'
import type { FactChange } from '#assessment/publication/fact-changes'
import type { PublicationBody } from '#assessment/publication/publication'
import { differencesBetween, type UnitDifference } from '#assessment/publication/result-diff'
import { assess } from '#assessment/score/assess'
import { describeChanges, type DescribedChange } from '../db/fact-changes.ts'
import type { Source } from '../db/source.ts'
import { loadFacts } from '../db/facts.ts'
import { loadCalendar } from '../db/holidays.ts'

/** Changes named one by one. */
const NAMED = 50

/** What has changed since a publication. */
export interface Drift {
  /** The day on which the units were looked at now. */
  readonly asOf: Day
  readonly total: number
  /** The first of them. */
  readonly changes: readonly (FactChange & Omit<DescribedChange, 'change' | 'on'>)[]
  readonly units: readonly UnitDifference[]
}

const viewOf = ({ change, about, ...rest }: DescribedChange): Drift['changes'][number] => ({
  ...change,
  about,
  type: rest.type,
  findingId: rest.findingId,
  unitId: rest.unitId,
  recordedAt: rest.recordedAt,
})

/**
 * What has changed since a publication and which units would come out otherwise now: all facts recorded by now, on the day of the
 * publication or, when a changed fact is dated later, on that day, but not beyond today. Null when nothing has changed.
 */
export async function driftOf(
  db: Source,
  assessmentId: string,
  body: PublicationBody,
  changes: readonly FactChange[],
  today: Day,
): Promise<Drift | null> {
  if (changes.length === 0) return null
  const described = await describeChanges(db, changes)
  const latest = described
    .flatMap(({ on }) => (on === null || on > today ? [] : [on]))
    .reduce(later, body.asOf)
  const facts = await loadFacts(db, assessmentId)
  const now = assess(body.scheme, facts, latest, await loadCalendar(db), { interim: body.interim !== null })
  return {
    asOf: latest,
    total: changes.length,
    changes: described.slice(0, NAMED).map(viewOf),
    units: differencesBetween(body, now),
  }
}
