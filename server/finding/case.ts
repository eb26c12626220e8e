import { kindsOf } from '#assessment/rule/scheme'
import { addDays, type Day } from '#assessment/day'
import type { Finding } from '#assessment/score/facts'
import { nextSteps, type CaseStep } from '#assessment/score/finding-course'
import { type FindingTrace } from '#assessment/score/finding-status'
import type { WorkCalendar } from '#assessment/working-days'
import type { StoredFinding } from '../../db/findings.ts'
import { partiesOf, refusalOf, type CaseParties } from '../access/case-rights.ts'
import type { Account } from '../access/session.ts'
import { mayWrite, type Activity } from '../access/stage-rules.ts'
import type { Visible } from '../access/visibility.ts'

/** A finding with everything recorded about it, where it stands on a day, and who has a part in it. */
export interface Case {
  readonly stored: StoredFinding
  readonly finding: Finding
  readonly trace: FindingTrace
  readonly parties: CaseParties
  /** What may happen next on that day, whoever does it. */
  readonly steps: readonly CaseStep[]
}

/** Decisions and reversals put right what is known already; every other step goes on with a case. */
export const activityOf = (step: CaseStep): Activity =>
  step === 'decided' || step === 'reversed' ? 'correct' : 'progress'

/** No deadline is put off for more than a year. */
export const latestDeadline = (today: Day): Day => addDays(today, 366)

/** Points given before there were ledgers of gains can be taken back, and nothing else. */
const ofGiven: ReadonlySet<CaseStep> = new Set(['reversed'])

/** The case that a stored finding is on a day. */
export function caseOf(stored: StoredFinding, visible: Visible, calendar: WorkCalendar, on: Day): Case {
  const { scheme } = visible
  const { finding, trace, parties } = partiesOf(stored, visible, calendar, on)
  const kinds = kindsOf(scheme)
  return {
    stored,
    finding,
    trace,
    parties,
    steps: nextSteps(finding, kinds, on, calendar, scheme.appealWithin)
      .filter((step) => !stored.isGiven || ofGiven.has(step))
      .filter((step) => mayWrite(visible.assessment, activityOf(step))),
  }
}

/** The steps that this account may take in a case now. */
export const stepsFor = ({ steps, parties }: Case, account: Account, visible: Visible): CaseStep[] =>
  steps.filter((step) => refusalOf(step, account, visible, parties) === null)

/** Whose turn it is: the unit rectifies, the provider reviews, the office decides; null when nobody need do anything. */
export const turns = ['unit', 'provider', 'office'] as const
export type Turn = (typeof turns)[number]

export function turnOf({ trace, steps }: Pick<Case, 'trace' | 'steps'>): Turn | null {
  if (steps.includes('decided')) return 'office'
  if (steps.includes('accepted')) return 'provider'
  return trace.status === 'open' ? 'unit' : null
}
