import { addDays, later, type Day } from '../day.ts'
import type { Finding, FindingFact } from './facts.ts'
import { type Effect, isLoss, type LedgerKind, type Severity, severityOf } from '../rule/scheme.ts'
import { triggerMeaning, type Trigger } from '../rule/trigger.ts'
import type { FindingStatus } from './scorecard.ts'
import { isAnnounced, addWorkingDays, type WorkCalendar } from '../working-days.ts'

/** A finding as it stands on a day, told by its facts up to that day. */
export interface FindingTrace {
  /** Kind and place in force: an appeal may have amended them. */
  readonly kind: LedgerKind
  readonly severity: Severity
  readonly unitId: string
  readonly status: FindingStatus
  readonly notifiedOn: Day | null
  readonly deadline: Day | null
  /** First day on which the points count, lost or gained; null while they do not. */
  readonly countsOn: Day | null
  /** Points may still be lost if nothing is done. */
  readonly atRisk: boolean
  /** An appeal is waiting for its decision. */
  readonly appealed: boolean
}

type Submission = { readonly on: Day; rejectedOn: Day | null; accepted: boolean }

interface Course {
  notifiedOn: Day | null
  deadline: Day | null
  submissions: Submission[]
  appealed: boolean
  ended: 'revoked' | 'reversed' | null
  kind: string
  severity: string | null
  unitId: string
}

/** The day a rectification is due when no deadline was set: the kind's time from the notification. */
export function deadlineOf(kind: LedgerKind, notifiedOn: Day, calendar: WorkCalendar): Day {
  const { days, count } = kind.rectifyWithin
  return count === 'working' ? addWorkingDays(calendar, notifiedOn, days) : addDays(notifiedOn, days)
}

const apply: {
  readonly [Type in FindingFact['type']]: (course: Course, fact: Extract<FindingFact, { type: Type }>) => void
} = {
  notified: (course, fact) => {
    course.notifiedOn = fact.on
    course.deadline = fact.deadline
  },
  extended: (course, fact) => {
    course.deadline = fact.deadline
  },
  submitted: (course, fact) => {
    course.submissions.push({ on: fact.on, rejectedOn: null, accepted: false })
  },
  withdrawn: (course) => {
    course.submissions.pop()
  },
  accepted: (course) => {
    const last = course.submissions.at(-1)
    if (last) last.accepted = true
  },
  rejected: (course, fact) => {
    const last = course.submissions.at(-1)
    if (last) last.rejectedOn = fact.on
  },
  appealed: (course) => {
    course.appealed = true
  },
  decided: (course, fact) => {
    course.appealed = false
    if (fact.outcome === 'revoked') course.ended = 'revoked'
    if (fact.outcome === 'amended') {
      course.kind = fact.kind
      course.severity = fact.severity ?? null
      course.unitId = fact.unitId
      if (fact.deadline !== undefined) {
        course.notifiedOn = fact.on
        course.deadline = fact.deadline
        course.submissions = []
      }
    }
  },
  reversed: (course) => {
    course.ended = 'reversed'
  },
}

/*
 * A fact counts from its day on. The notification itself always tells the deadline: a rectification is overdue the day
 * after the deadline, whatever day the notice bears.
 */
const knownOn = (fact: FindingFact, asOf: Day): boolean => fact.type === 'notified' || fact.on <= asOf

function courseOf(finding: Finding, asOf: Day): Course {
  const course: Course = {
    notifiedOn: null,
    deadline: null,
    submissions: [],
    appealed: false,
    ended: null,
    kind: finding.kind,
    severity: finding.severity,
    unitId: finding.unitId,
  }
  for (const fact of finding.facts) {
    if (knownOn(fact, asOf)) (apply[fact.type] as (course: Course, fact: FindingFact) => void)(course, fact)
  }
  return course
}

type State = Pick<FindingTrace, 'status' | 'countsOn' | 'atRisk'>
type Notified = Course & { notifiedOn: Day; deadline: Day }

/** How a problem stands under each trigger. */
const lossState: Record<Trigger, (course: Notified, asOf: Day) => State> = {
  /** Lost from the day it is notified; rectifying does not bring the points back. */
  'at-once': ({ notifiedOn }, asOf) =>
    notifiedOn <= asOf
      ? { status: 'lost', countsOn: notifiedOn, atRisk: false }
      : { status: 'not-notified', countsOn: null, atRisk: true },

  /** Lost from the day after the deadline, unless handed in by then and not rejected. */
  'if-not-rectified': ({ notifiedOn, deadline, submissions }, asOf) => {
    const inTime = submissions.filter((submission) => submission.on <= deadline)
    if (inTime.some((submission) => submission.accepted))
      return { status: 'closed', countsOn: null, atRisk: false }
    const waiting = inTime.some((submission) => submission.rejectedOn === null)
    const overdue = deadline < asOf
    if (overdue && !waiting) {
      const rejections = inTime.map((submission) => submission.rejectedOn as Day)
      return { status: 'lost', countsOn: rejections.reduce(later, addDays(deadline, 1)), atRisk: false }
    }
    const status = waiting ? 'pending-review' : notifiedOn <= asOf ? 'open' : 'not-notified'
    return { status, countsOn: null, atRisk: true }
  },
}

/** How an entry stands by its effect: a gain counts from its day on, whatever its trigger. */
const stateOf: Record<Effect, (kind: LedgerKind, course: Notified, asOf: Day) => State> = {
  loss: (kind, course, asOf) => lossState[kind.trigger](course, asOf),
  gain: (_, { notifiedOn }, asOf) =>
    notifiedOn <= asOf
      ? { status: 'gained', countsOn: notifiedOn, atRisk: false }
      : { status: 'not-notified', countsOn: null, atRisk: false },
}

/**
 * Where a finding stands on a day (model §5). `kinds` holds the scheme's kinds by key.
 * Throws RangeError when its kind is not among them.
 */
export function traceFinding(
  finding: Finding,
  kinds: ReadonlyMap<string, LedgerKind>,
  asOf: Day,
  calendar: WorkCalendar,
): FindingTrace {
  const course = courseOf(finding, asOf)
  const kind = kinds.get(course.kind)
  if (!kind) throw new RangeError(`finding ${finding.number}: unknown kind ${course.kind}`)
  const { unitId, notifiedOn, appealed, ended } = course
  const same = { kind, severity: severityOf(kind, course.severity), unitId, notifiedOn, appealed }
  if (notifiedOn === null) {
    const atRisk = ended === null && isLoss(kind)
    return { ...same, status: ended ?? 'not-notified', deadline: null, countsOn: null, atRisk }
  }
  const deadline = course.deadline ?? deadlineOf(kind, notifiedOn, calendar)
  if (ended) return { ...same, deadline, status: ended, countsOn: null, atRisk: false }
  return { ...same, deadline, ...stateOf[kind.effect](kind, { ...course, notifiedOn, deadline }, asOf) }
}

/** Whether a deadline was counted in working days of a year whose holidays are not announced yet; a person may have to move it. */
export const isProvisional = (
  kind: LedgerKind | undefined,
  notifiedOn: Day | null,
  deadline: Day | null,
  calendar: WorkCalendar,
): boolean =>
  kind !== undefined &&
  triggerMeaning[kind.trigger].hasDeadline &&
  kind.rectifyWithin.count === 'working' &&
  notifiedOn !== null &&
  deadline !== null &&
  !(isAnnounced(calendar, notifiedOn) && isAnnounced(calendar, deadline))
