import type { Day } from '#assessment/day'
import { addDays } from '#assessment/day'
import type { Finding, FindingFact } from '#assessment/score/facts'
import { traceFinding } from '#assessment/score/finding-status'
import { isGain, kindsOf, type LedgerKind, type Scheme } from '#assessment/rule/scheme'
import { statusMeaning } from '#assessment/score/scorecard'
import { addWorkingDays, type WorkCalendar } from '#assessment/working-days'
import { t } from '../../i18n.ts'
import type { FindingDetail } from '../../api/result.ts'

type Fact = FindingDetail['facts'][number]
/** What a step did to the points: took them, or gave them back. */
type PointsEffect = 'lost' | 'back' | 'gained' | null

/** One step of a finding's course: a fact, the loss that follows from the facts, or a day still to come. */
export type CourseStep =
  | { readonly type: 'found'; readonly on: Day }
  | { readonly type: 'fact'; readonly on: Day; readonly fact: Fact; readonly effect: PointsEffect }
  | { readonly type: 'lost'; readonly on: Day; readonly effect: 'lost' }
  | { readonly type: 'deadline'; readonly on: Day; readonly ahead: true }
  | { readonly type: 'appealBy'; readonly on: Day; readonly ahead: true }
  | { readonly type: 'decideBy'; readonly on: Day; readonly ahead: true; readonly within: number }

/** The name of a fact; a decision goes by its outcome. */
export const stepTitle = ({ type, outcome }: Pick<Fact, 'type' | 'outcome'>): string =>
  type === 'decided' && outcome !== null
    ? t(`finding.ledger.course.${outcome}`)
    : t(`finding.ledger.course.${type}`)

function engineFact(
  { type, on, deadline, outcome }: Fact,
  { kind, unitId }: FindingDetail,
): FindingFact | null {
  if (type === 'extended') return deadline === null ? null : { type, on, deadline }
  if (type === 'notified') return { type, on, deadline }
  // An amendment's kind and unit are those that the finding already bears here.
  if (type !== 'decided') return { type, on }
  if (outcome === 'upheld' || outcome === 'revoked') return { type, on, outcome }
  return deadline === null ? null : { type, on, outcome: 'amended', kind, unitId, deadline }
}

/** Since when the points are lost, as the facts stood on a day; null when they are not. */
function lostAsOf(
  finding: FindingDetail,
  facts: readonly Fact[],
  asOf: Day,
  kinds: ReadonlyMap<string, LedgerKind>,
  calendar: WorkCalendar,
): Day | null {
  const { findingId, number, kind, unitId, what } = finding
  const told: Finding = {
    id: findingId,
    number,
    kind,
    // When points count is the same for every severity.
    severity: null,
    unitId,
    what,
    facts: facts.flatMap((fact) => engineFact(fact, finding) ?? []),
  }
  return traceFinding(told, kinds, asOf, calendar).countsOn
}

/** Days to come that matter to the case. */
function ahead(finding: FindingDetail, asOf: Day, scheme: Scheme, calendar: WorkCalendar): CourseStep[] {
  const { deadline, status, appealed, appealUntil, legal, facts } = finding
  const steps: CourseStep[] = []
  if (deadline !== null && deadline >= asOf && statusMeaning[status].undecided)
    steps.push({ type: 'deadline', on: deadline, ahead: true })
  if (legal.includes('appealed') && appealUntil !== null && appealUntil >= asOf)
    steps.push({ type: 'appealBy', on: appealUntil, ahead: true })
  const filed = facts.findLast(({ type }) => type === 'appealed')
  if (appealed && filed) {
    const within = scheme.appealWithin
    steps.push({ type: 'decideBy', on: addWorkingDays(calendar, filed.on, within), ahead: true, within })
  }
  return steps
}

/**
 * The facts in order. The day the points went stands among them even after they came back: it is asked of the engine for
 * each fact, as things stood before and with it.
 */
export function courseOf(
  finding: FindingDetail,
  asOf: Day,
  scheme: Scheme,
  calendar: WorkCalendar,
): CourseStep[] {
  const kinds = kindsOf(scheme)
  const { facts, foundOn } = finding
  const lost = (upTo: number, day: Day) =>
    kinds.has(finding.kind) ? lostAsOf(finding, facts.slice(0, upTo), day, kinds, calendar) : null
  const kind = kinds.get(finding.kind)
  const [counts, undone] = kind && isGain(kind) ? (['gained', 'lost'] as const) : (['lost', 'back'] as const)
  const steps: CourseStep[] = foundOn === null ? [] : [{ type: 'found', on: foundOn }]
  let gone: Day | null = null
  const passUntil = (upTo: number, day: Day) => {
    const since = upTo === 0 ? null : lost(upTo, day)
    if (since !== null && gone === null) steps.push({ type: 'lost', on: since, effect: 'lost' })
    gone = since
  }
  facts.forEach((fact, index) => {
    const previous = facts[index - 1]
    if (previous && previous.on < fact.on) passUntil(index, addDays(fact.on, -1))
    const before: Day | null = gone
    const now = lost(index + 1, fact.on)
    // A deadline that passed overnight is its own step, not the doing of the day's fact.
    const overnight = index > 0 && before === null && now !== null ? lost(index, fact.on) : null
    if (overnight !== null) steps.push({ type: 'lost', on: overnight, effect: 'lost' })
    const was = overnight ?? before
    const effect = now !== null && was === null ? counts : now === null && was !== null ? undone : null
    steps.push({ type: 'fact', on: fact.on, fact, effect })
    gone = now
  })
  passUntil(facts.length, finding.movedOn ?? asOf)
  return [...steps, ...ahead(finding, asOf, scheme, calendar)]
    .map((step, index) => ({ step, index }))
    .sort((a, b) => a.step.on.localeCompare(b.step.on) || a.index - b.index)
    .map(({ step }) => step)
}
