import { dayInChina } from './today.ts'
import type { AssessedOn } from './assessed.ts'
import type { AppEnv } from './http/context.ts'
import type { Visible } from './access/visibility.ts'
import type { ResultKind } from '../db/publications.ts'
import type { Day } from '#assessment/day'
import { later } from '#assessment/day'
import type { Facts } from '#assessment/score/facts'
import { handInDay, ruleDay, type Scheme } from '#assessment/rule/scheme'
import { stageMeaning } from '#assessment/vocabulary'

/** The latest day of any fact, deadlines included; null when no fact has a day. */
function latestDay(facts: Facts): Day | null {
  let latest: Day | null = null
  const see = (day: Day | null) => {
    if (day !== null) latest = latest === null ? day : later(latest, day)
  }
  for (const finding of facts.findings) {
    for (const fact of finding.facts) {
      see(fact.on)
      if ('deadline' in fact) see(fact.deadline ?? null)
    }
  }
  for (const { on } of [...facts.verified, ...facts.external, ...facts.closed, ...facts.submissions]) see(on)
  return latest
}

/** The day on which an assessed year ends for good: its last milestone, or its last window or day when it has none. */
export function closingDay(scheme: Scheme, year: number): Day {
  const windows = scheme.components.flatMap((component) => component.windows)
  return [
    ...scheme.milestones.map(({ due }) => ruleDay(year, due)),
    ...windows.map((window) => handInDay(window, year)),
  ].reduce(later, `${year}-12-31`)
}

/** Today while the assessment runs; afterwards the latest day of its facts, so that a finished year shows as it ended. */
export function defaultAsOf(scheme: Scheme, year: number, facts: () => Facts, today: Day): Day {
  return today <= closingDay(scheme, year) ? today : (latestDay(facts()) ?? today)
}

/** The day shown when none is asked for: that of the publication in force, so that every page tells what was published. */
export async function dayFor(
  { deps, assessed }: AppEnv['Variables'],
  visible: Visible,
  asked: Day | undefined,
): Promise<Day> {
  if (asked !== undefined) return asked
  const { assessment, scheme, publication } = visible
  if (publication !== null) return publication.asOf
  const today = dayInChina(deps.clock())
  if (today <= closingDay(scheme, assessment.year)) return today
  const { facts } = await assessed.load(assessment.id)
  return defaultAsOf(scheme, assessment.year, () => facts, today)
}

/** The last day that an assessment is told for: its end, or today as long as anything of it may change. */
export function lastDayOf({ assessment, scheme, publication }: Visible, today: Day): Day {
  const end = later(closingDay(scheme, assessment.year), publication?.asOf ?? assessment.endsOn)
  const { over, publishes } = stageMeaning[assessment.stage]
  return over && !publishes ? end : later(end, today)
}

/** The assessment of the address, assessed on the day asked for, or on the one shown when none is. */
export const assessedFor = async (
  variables: AppEnv['Variables'] & { readonly visible: Visible },
  asked: Day | undefined,
  kind: ResultKind = 'final',
): Promise<AssessedOn> =>
  variables.assessed.on(
    variables.visible.assessment.id,
    await dayFor(variables, variables.visible, asked),
    kind,
  )
