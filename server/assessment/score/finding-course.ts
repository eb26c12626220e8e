import { later, type Day } from '../day.ts'
import type { Finding, FindingFact } from './facts.ts'
import { traceFinding } from './finding-status.ts'
import { statusMeaning } from './scorecard.ts'
import { isLoss, type LedgerKind } from '../rule/scheme.ts'
import { triggerMeaning } from '../rule/trigger.ts'
import { addWorkingDays, type WorkCalendar } from '../working-days.ts'

/** What may happen next to a finding, whoever does it. */
export const caseSteps = [
  'extended', // 延期
  'submitted', // 报送整改
  'withdrawn', // 撤回
  'accepted', // 通过
  'rejected', // 退回
  'appealed', // 申诉
  'decided', // 裁定
  'reversed', // 冲销
] as const
export type CaseStep = (typeof caseSteps)[number]

/** A fact as the engine reads it, or as people are told of it. */
interface ToldFact {
  readonly type: FindingFact['type']
  readonly outcome?: string | null
  readonly deadline?: Day | null
}

/** Whether the unit charged hears by it of the finding: the notice, or a decision that moved it there. */
const tellsUnit = ({ type, outcome, deadline }: ToldFact): boolean =>
  type === 'notified' || (type === 'decided' && outcome === 'amended' && deadline != null)

/** What happened since the unit charged was told: what another unit did before is not its own doing. */
export const sinceTold = <Fact extends ToldFact>(facts: readonly Fact[]): readonly Fact[] =>
  facts.slice(Math.max(facts.findLastIndex(tellsUnit), 0))

/** The last day on which a unit may appeal: working days from the later of notice and recording (model §7); null before it is notified. */
export function appealUntil(finding: Finding, calendar: WorkCalendar, appealWithin: number): Day | null {
  const told = finding.facts.findLast(tellsUnit)
  if (!told) return null
  const { on, recordedOn = on }: { readonly on: Day; readonly recordedOn?: Day } = told
  return addWorkingDays(calendar, later(on, recordedOn), appealWithin)
}

/** The day by which a rectification that was handed in is reviewed: its deadline, or the day it came if that is later; null while none waits. */
export function reviewBy({ facts }: Finding, deadline: Day | null): Day | null {
  const handling = lastHandling(facts)
  if (handling?.type !== 'submitted') return null
  return later(deadline ?? handling.on, handling.on)
}

/** The day by which an appeal is decided: as many working days as the unit had for it; null while none was made. */
export function decideBy({ facts }: Finding, calendar: WorkCalendar, appealWithin: number): Day | null {
  const appealed = facts.findLast(({ type }) => type === 'appealed')
  return appealed ? addWorkingDays(calendar, appealed.on, appealWithin) : null
}

const handlings: ReadonlySet<FindingFact['type']> = new Set([
  'submitted',
  'withdrawn',
  'accepted',
  'rejected',
])
/** What came last of the rectification of the unit charged: one waits when it was handed in. Undefined before anything was. */
export const lastHandling = (facts: readonly FindingFact[]): FindingFact | undefined =>
  sinceTold(facts).findLast(({ type }) => handlings.has(type))

/**
 * What was handed in and then withdrawn, from which the unit charged goes on; undefined when nothing was, it was handed in again, or the finding
 * was moved since.
 */
export function withdrawnSubmission<Fact extends ToldFact>(facts: readonly Fact[]): Fact | undefined {
  const handled = sinceTold(facts).filter(({ type }) => handlings.has(type))
  return handled.at(-1)?.type === 'withdrawn' ? handled.at(-2) : undefined
}

/**
 * The facts that may be added to a finding on a day (model §5, §7). A revoked or reversed finding has none; a review needs
 * something handed in; there is one appeal at a time, and one appeal only of each unit charged.
 */
export function nextSteps(
  finding: Finding,
  kinds: ReadonlyMap<string, LedgerKind>,
  asOf: Day,
  calendar: WorkCalendar,
  appealWithin: number,
): CaseStep[] {
  const trace = traceFinding(finding, kinds, asOf, calendar)
  if (statusMeaning[trace.status].void) return []
  const own = sinceTold(finding.facts)
  const handedIn = lastHandling(finding.facts)
  const waiting = handedIn?.type === 'submitted'
  const notified = trace.notifiedOn !== null && trace.notifiedOn <= asOf
  const until = appealUntil(finding, calendar, appealWithin)
  const extensible =
    isLoss(trace.kind) && triggerMeaning[trace.kind.trigger].hasDeadline && trace.status !== 'closed'

  const allowed: Record<CaseStep, boolean> = {
    extended: notified && extensible && !waiting,
    submitted: notified && !waiting && handedIn?.type !== 'accepted',
    withdrawn: waiting,
    accepted: waiting,
    rejected: waiting,
    appealed: notified && until !== null && asOf <= until && !own.some(({ type }) => type === 'appealed'),
    decided: trace.appealed,
    reversed: true,
  }
  return caseSteps.filter((step) => allowed[step])
}
