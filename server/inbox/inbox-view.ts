import { z } from 'zod'
import { numberAtPlace } from '#assessment/score/finding-number'
import { later, type Day } from '#assessment/day'
import { triggerMeaning } from '#assessment/rule/trigger'
import { closedFor } from '#assessment/score/due-day'
import type { Finding, FindingFact } from '#assessment/score/facts'
import { statusMeaning } from '#assessment/score/scorecard'
import { whenLost } from '#assessment/score/one-unit'
import { addWorkingDays, workingDaysBetween } from '#assessment/working-days'
import { findFindings } from '../../db/findings.ts'
import type { Source } from '../../db/source.ts'
import { scopeOf, type Action, type Scope } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { mayWrite } from '../access/stage-rules.ts'
import type { Visible } from '../access/visibility.ts'
import type { AssessedOn } from '../assessed.ts'
import { caseOf, stepsFor, type Case } from '../finding/case.ts'
import { effectSeenBy } from '../finding/detail.ts'
import { ledgerFor } from '../finding/ledger.ts'
import type { LedgerLine } from '../finding/wire.ts'
import { unitWindows } from '../year/unit-windows.ts'
import { seesRanks } from '../access/sight.ts'

/** What can wait for a person; done by doing it. */
export const inboxTypes = [
  'new-finding',
  'returned',
  'deadline',
  'overdue',
  'review',
  'decide',
  'self-due',
  'self-overdue',
  'approve',
] as const
export type InboxType = (typeof inboxTypes)[number]

/** A new finding stays in the inbox for this many working days. */
const newFor = 10
/** The office should decide within as many working days as the unit had for its appeal. */
const decideWithin = ({ scheme }: AssessedOn): number => scheme.appealWithin

export const inboxItemSchema = z
  .object({
    type: z.enum(inboxTypes),
    assessmentId: z.string(),
    /** Empty for a self-assessment and a publication. */
    findingId: z.string(),
    /** Key of the self-assessment window; null otherwise. */
    window: z.string().nullable(),
    /** With the name of its unit before it, where the place is another. */
    number: z.string(),
    what: z.string(),
    unitId: z.string(),
    unit: z.string(),
    /** By when. */
    on: z.string(),
    /** Working days until then; negative when it has passed. */
    daysLeft: z.int(),
    /** In points of the composite. */
    worth: z.string(),
    /** Rank now and then, for those who may see it. */
    rank: z.object({ from: z.int().nullable(), to: z.int().nullable() }).nullable(),
  })
  .meta({ id: 'InboxItem' })
export type InboxItem = z.infer<typeof inboxItemSchema>

interface Task {
  readonly type: InboxType
  readonly on: Day
}

/** What last happened to the rectification. */
const lastHandling = ({ facts }: Finding): FindingFact | undefined =>
  facts.findLast(({ type }) => ['submitted', 'withdrawn', 'accepted', 'rejected'].includes(type))

/** What the unit has to do: the most pressing of its tasks in one case. */
function unitTask({ finding, trace }: Case, on: AssessedOn, today: Day): Task | null {
  const { deadline, notifiedOn, status, kind } = trace
  if (notifiedOn === null || deadline === null) return null
  const last = lastHandling(finding)
  if (last?.type === 'accepted' || last?.type === 'submitted') return null
  if (triggerMeaning[kind.trigger].hasDeadline && statusMeaning[status].unrectified) {
    if (deadline < today) return { type: 'overdue', on: deadline }
    if (deadline <= addWorkingDays(on.calendar, today, 1)) return { type: 'deadline', on: deadline }
    if (last?.type === 'rejected') return { type: 'returned', on: deadline }
  }
  const isNew = today <= addWorkingDays(on.calendar, notifiedOn, newFor)
  const answered = finding.facts.some(({ type }) => type === 'submitted' || type === 'appealed')
  return isNew && !answered && statusMeaning[status].unrectified
    ? { type: 'new-finding', on: deadline }
    : null
}

function taskIn(one: Case, legal: readonly string[], on: AssessedOn, today: Day): Task | null {
  if (legal.includes('decided')) {
    const appealed = one.finding.facts.findLast(({ type }) => type === 'appealed')?.on ?? today
    return { type: 'decide', on: addWorkingDays(on.calendar, appealed, decideWithin(on)) }
  }
  if (legal.includes('accepted')) {
    const submitted = one.finding.facts.findLast(({ type }) => type === 'submitted')?.on ?? today
    return { type: 'review', on: later(one.trace.deadline ?? submitted, submitted) }
  }
  return legal.includes('submitted') ? unitTask(one, on, today) : null
}

const stillMatters = ({ status }: LedgerLine): boolean => !statusMeaning[status].void

const thenOf = (type: InboxType, { atRisk }: LedgerLine, today: Day): readonly FindingFact[] =>
  type === 'decide' || atRisk === 0 ? [{ type: 'decided', on: today, outcome: 'revoked' }] : whenLost(today)

/** A form not handed in waits from so many working days before its day. */
const selfDueWithin = 10

/** The forms that the account's unit has yet to hand in, by the day it was granted. */
function formsDue(on: AssessedOn, visible: Visible, account: Account): InboxItem[] {
  const { assessment } = visible
  if (scopeOf(account.role, 'self.fill') === undefined || !mayWrite(assessment, 'hand-in-again')) return []
  const today = on.assessed.asOf
  const closed = on.facts.closed
  return unitWindows(on, assessment.year, (_, unitId) => unitId === account.unit?.id)
    .filter(({ submittedOn, hasMarks }) => !submittedOn && !hasMarks)
    .filter(({ component, key, unitId }) => {
      const own = closed.filter((one) => one.component === component.key && one.window === key)
      return closedFor(own, unitId, on.facts.extensions ?? [], today).length === 0
    })
    .filter(({ dueOn }) => dueOn <= addWorkingDays(on.calendar, today, selfDueWithin))
    .map(({ component, key, dueOn, unitId, unit }) => ({
      type: dueOn < today ? 'self-overdue' : 'self-due',
      on: dueOn,
      assessmentId: assessment.id,
      findingId: '',
      window: key,
      number: '',
      what: `${component.name} ${component.windows.find((one) => one.key === key)?.name ?? key}`,
      unitId,
      unit,
      daysLeft: workingDaysBetween(on.calendar, today, dueOn),
      worth: '0',
      rank: null,
    }))
}

/** What waits for one account in an assessment assessed today. */
export async function inboxIn(
  db: Source,
  on: AssessedOn,
  visible: Visible,
  account: Account,
  scope: Scope,
): Promise<InboxItem[]> {
  const today = on.assessed.asOf
  const lines = new Map(
    ledgerFor(on, visible, account, scope)
      .filter(stillMatters)
      .map((line) => [line.findingId, line]),
  )
  const may = (action: Action): boolean => scopeOf(account.role, action) !== undefined
  const candidates = on.facts.findings.flatMap((finding) => {
    const line = lines.get(finding.id)
    if (!line) return []
    const handedIn = lastHandling(finding)?.type
    const waits =
      (may('finding.decide') && line.appealed) ||
      (may('finding.review') && handedIn === 'submitted') ||
      (may('finding.rectify') && handedIn !== 'submitted' && handedIn !== 'accepted')
    return waits ? [finding.id] : []
  })
  const items: InboxItem[] = []
  for (const row of await findFindings(db, candidates)) {
    const line = lines.get(row.id)
    if (!line) continue
    const one = caseOf(row, visible, on.calendar, today)
    const task = taskIn(one, stepsFor(one, account, visible), on, today)
    if (!task) continue
    const effect = seesRanks(account, visible)
      ? effectSeenBy(on, visible, account, line.findingId, thenOf(task.type, line, today)).charged
      : null
    items.push({
      ...task,
      assessmentId: visible.assessment.id,
      findingId: line.findingId,
      window: null,
      number: numberAtPlace(line),
      what: line.what,
      unitId: line.unitId,
      unit: line.unit,
      daysLeft: workingDaysBetween(on.calendar, today, task.on),
      worth: line.worth,
      rank: effect && { from: effect.from.rank, to: effect.to.rank },
    })
  }
  return [...items, ...formsDue(on, visible, account)]
}

/** The most pressing first. */
export const byUrgency = (a: InboxItem, b: InboxItem): number =>
  a.on < b.on ? -1 : a.on > b.on ? 1 : a.number.localeCompare(b.number, 'zh', { numeric: true })
