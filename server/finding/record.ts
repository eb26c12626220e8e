import type { Charging } from '#assessment/score/charging'
import type { Day } from '#assessment/day'
import type { Hundredths } from '#assessment/rational'
import { deadlineOf, isProvisional, traceFinding } from '#assessment/score/finding-status'
import { type LedgerKind, isLoss, kindsOf } from '#assessment/rule/scheme'
import { effectMeaning } from '#assessment/rule/scheme-words'
import { triggerMeaning } from '#assessment/rule/trigger'
import { statusMeaning } from '#assessment/score/scorecard'
import { similarEntries, type Entry } from '#assessment/score/similar-findings'
import { fullNumber, numberBeside } from '#assessment/score/finding-number'
import type { WorkCalendar } from '#assessment/working-days'
import { shareEvidence } from '../../db/evidence.ts'
import { findingFrom } from '../../db/facts.ts'
import { insertFindingFacts, insertFindings, listFindingsUnder } from '../../db/findings.ts'
import { loadCalendar } from '../../db/holidays.ts'
import { newId } from '../../db/ids.ts'
import type { AssessmentRow } from '../../db/tables.ts'
import type { Doing, Noted } from '../act.ts'
import { attachStaged } from '../evidence/attach.ts'
import { latestDeadline } from './case.ts'
import { numbersFor } from './numbering.ts'
import { requireActivity } from '../access/stage-rules.ts'
import { recordingRefusal, type CaseRefusal } from '../access/case-rights.ts'
import { unitNamesIn, type Visible, chargingIn } from '../access/visibility.ts'
import { Problem } from '../http/problem.ts'

/** A finding, or an achievement, to be recorded. */
export interface NewFinding {
  /** Key of the kind. */
  readonly kind: string
  /** Key of the severity; null = the kind's usual one. */
  readonly severity: string | null
  readonly unitId: string
  readonly what: string
  readonly source: string | null
  readonly foundOn: Day | null
  readonly notifiedOn: Day
  /** Why the notice is dated before the day it is recorded. */
  readonly reason: string | null
  /** As typed; null = the kind's time. */
  readonly deadline: Day | null
  /** Why it is not the kind's time. */
  readonly deadlineReason: string | null
  /** A number of its own; null = the next one. */
  readonly number: string | null
}

/** What recording needs to know, read in the transaction that records. */
export interface Desk {
  readonly doing: Doing
  readonly visible: Visible
  readonly calendar: WorkCalendar
  readonly kinds: ReadonlyMap<string, LedgerKind>
  readonly charging: Charging
  readonly unitIds: ReadonlySet<string>
}

/** Throws when nothing is recorded in the assessment's stage. */
export async function openDesk(doing: Doing, visible: Visible): Promise<Desk> {
  requireActivity(visible.assessment, 'record')
  return {
    doing,
    visible,
    calendar: await loadCalendar(doing.trx),
    kinds: kindsOf(visible.scheme),
    charging: chargingIn(visible),
    unitIds: new Set(visible.units.map(({ id }) => id)),
  }
}

/** Why what a file brings is dated before today. */
export const reasonOfImport = (fileName: string, today: Day): string => `导入 ${fileName}，${today}`

/** What is found in a year may have happened in the one before. */
const earliestFinding = ({ year }: AssessmentRow): Day => `${year - 1}-01-01`

/** A gain has nothing to rectify. */
const hasDeadline = ({ effect, trigger }: LedgerKind): boolean =>
  triggerMeaning[trigger].hasDeadline && effectMeaning[effect].isRectified

/** The deadline to record: the one typed, else the kind's time counted now, so that no later calendar moves it. */
function deadlineFor(
  { kinds, calendar }: Pick<Desk, 'kinds' | 'calendar'>,
  { kind, notifiedOn, deadline }: NewFinding,
): Day | null {
  const recorded = kinds.get(kind)
  return deadline === null && recorded && hasDeadline(recorded)
    ? deadlineOf(recorded, notifiedOn, calendar)
    : deadline
}

/** What recording a finding would bring: the deadline it gets, and what its points count today already. */
export function aheadOf(
  desk: Desk,
  finding: NewFinding,
): { readonly deadline: Day | null; readonly provisional: boolean; readonly today: Hundredths } {
  const { kinds, calendar, doing } = desk
  const deadline = deadlineFor(desk, finding)
  const { kind, severity, unitId, what, notifiedOn } = finding
  const facts = [{ type: 'notified', on: notifiedOn, deadline } as const]
  const entry = { id: '', number: '', kind, severity, unitId, what, facts }
  const trace = traceFinding(entry, kinds, doing.today, calendar)
  const sign = isLoss(trace.kind) ? -1 : 1
  return {
    deadline,
    provisional: isProvisional(trace.kind, notifiedOn, deadline, calendar),
    today: trace.countsOn === null ? 0 : sign * trace.severity.points,
  }
}

/** Why who records may not record under a kind at a unit; null when they may. */
export function refusalToRecord(
  { doing, visible, kinds, charging, unitIds }: Desk,
  { kind, unitId }: Pick<NewFinding, 'kind' | 'unitId'>,
): CaseRefusal | null {
  const upward = kinds.get(kind)?.chargedUpward ?? false
  const chargedUnitId = unitIds.has(unitId) ? charging.charged(unitId, upward) : null
  return recordingRefusal(doing.by, visible, { kind, unitId, chargedUnitId })
}

/** What is wrong with the days of a finding: none of them takes a unit by surprise (model §5). */
function datesFault(
  { doing: { today }, visible: { assessment } }: Desk,
  { notifiedOn, foundOn, deadline, reason }: NewFinding,
): Problem | null {
  if (notifiedOn > today) return new Problem('notice-in-future')
  if (notifiedOn < assessment.startsOn)
    return new Problem('notice-before-year', { params: { day: assessment.startsOn } })
  if (notifiedOn < today && reason === null) return new Problem('notice-reason-required')
  if (foundOn !== null && (foundOn > today || foundOn < earliestFinding(assessment)))
    return new Problem('found-out-of-bounds', { params: { day: earliestFinding(assessment) } })
  if (deadline === null) return null
  if (deadline < notifiedOn) return new Problem('deadline-before-notice')
  return deadline > latestDeadline(today)
    ? new Problem('deadline-too-late', { params: { day: latestDeadline(today) } })
    : null
}

/** Why the finding cannot be recorded; null when it can. */
export function problemWith(desk: Desk, finding: NewFinding): Problem | null {
  const kind = desk.kinds.get(finding.kind)
  if (!kind) return new Problem('unknown-kind')
  const refusal = refusalToRecord(desk, finding)
  if (refusal !== null) return new Problem(refusal)
  if (finding.severity !== null && !kind.severities.some(({ key }) => key === finding.severity))
    return new Problem('unknown-severity')
  if (!desk.unitIds.has(finding.unitId)) return new Problem('unknown-unit')
  if (desk.charging.charged(finding.unitId, kind.chargedUpward) === null)
    return new Problem('unit-not-charged')
  const fault = datesFault(desk, finding)
  if (fault !== null || finding.deadline === null) return fault
  const usual = deadlineOf(kind, finding.notifiedOn, desk.calendar)
  return finding.deadline === usual || finding.deadlineReason !== null
    ? null
    : new Problem('deadline-reason-required', { params: { deadline: usual } })
}

/** A finding of the ledger that another may repeat. */
export interface Similar extends Entry {
  readonly findingId: string
  readonly number: string
  readonly fullNumber: string
  readonly unit: string
  readonly chargedUnit: string
  readonly status: string
}

/** Findings in force under some kinds, to compare new ones with. */
export async function knownFindings(
  { doing: { trx, today }, visible, kinds, calendar, charging }: Desk,
  which: { readonly kinds: readonly string[]; readonly unitIds?: readonly string[] },
): Promise<Similar[]> {
  const names = unitNamesIn(visible)
  const nameOf = (unitId: string) => names.get(unitId) ?? ''
  const stored = await listFindingsUnder(trx, visible.assessment.id, which)
  return stored.flatMap((row): Similar[] => {
    const finding = findingFrom(row, row.facts)
    const { kind, unitId, status, notifiedOn } = traceFinding(finding, kinds, today, calendar)
    if (notifiedOn === null || statusMeaning[status].void) return []
    const charged = charging.numbering(unitId)
    return [
      {
        findingId: row.id,
        number: numberBeside(finding, charged, nameOf),
        fullNumber: fullNumber(finding, charged, nameOf),
        kind: kind.key,
        unitId,
        unit: nameOf(unitId),
        chargedUnit: nameOf(charged),
        what: row.what,
        notifiedOn,
        status,
      },
    ]
  })
}

/** Those among `known` that some of the new findings may repeat, each once. */
export const duplicatesOf = (findings: readonly Entry[], known: readonly Similar[]): Similar[] => [
  ...new Set(findings.flatMap(similarEntries(known).to)),
]

export interface Recorded {
  readonly id: string
  readonly number: string
  readonly fullNumber: string
  readonly kind: string
  readonly unitId: string
}

/** Writes findings that have no problem, with their notification and its evidence. Throws `evidence-not-staged`. */
export async function recordFindings(
  { doing: { trx, by, at }, visible, ...desk }: Desk,
  findings: readonly NewFinding[],
  evidence: readonly string[] = [],
): Promise<Recorded[]> {
  const { assessment } = visible
  const recorded = { recordedBy: by.id, recordedAt: at }
  const numbers = await numbersFor(trx, assessment, desk.charging, [...desk.unitIds], findings)
  const rows = numbers.flatMap((numbered, index) => {
    const finding = findings[index]
    return finding ? [{ finding, id: newId(), factId: newId(), ...numbered }] : []
  })
  await insertFindings(
    trx,
    rows.map(
      ({ finding: { kind, severity, unitId, what, source, foundOn }, id, number, numberedUnitId }) => ({
        id,
        number,
        numberedUnitId,
        kind,
        severity,
        unitId,
        what,
        source,
        foundOn,
        ...recorded,
        assessmentId: assessment.id,
        importId: null,
      }),
    ),
  )
  await insertFindingFacts(
    trx,
    rows.map(({ finding, id, factId }) => ({
      id: factId,
      findingId: id,
      type: 'notified',
      onDay: finding.notifiedOn,
      deadline: deadlineFor(desk, finding),
      outcome: null,
      kind: null,
      unitId: null,
      reason: [finding.reason, finding.deadlineReason].filter((said) => said !== null).join('；') || null,
      ...recorded,
    })),
  )
  const [first, ...others] = rows
  if (first && evidence.length > 0) {
    const { factId } = first
    await attachStaged(trx, { ids: evidence, factId, accountId: by.id, assessmentId: assessment.id })
    await shareEvidence(trx, { factId, withFactIds: others.map((row) => row.factId) })
  }
  const names = unitNamesIn(visible)
  return rows.map(({ finding: { kind, unitId }, id, number, numberedUnitId }) => ({
    id,
    number,
    fullNumber: fullNumber({ number }, numberedUnitId, (unit) => names.get(unit) ?? ''),
    kind,
    unitId,
  }))
}

/** How the audit log tells of recorded findings. */
export const notesOf = (recorded: readonly Recorded[], { visible: { assessment } }: Desk): Noted[] =>
  recorded.map(({ id, fullNumber: number, kind, unitId }) => ({
    subject: id,
    detail: { assessment: assessment.id, id, number, kind, unitId },
  }))
