import type { Transaction } from 'kysely'
import type { Charging } from '#assessment/score/charging'
import type { Day } from '#assessment/day'
import { deadlineOf, traceFinding } from '#assessment/score/finding-status'
import { type DeductionKind, kindsOf } from '#assessment/rule/scheme'
import { similarFindings, type Entry } from '#assessment/score/similar-findings'
import type { WorkCalendar } from '#assessment/working-days'
import { touchAssessment } from '../../db/assessments.ts'
import { appendAudit } from '../../db/audit.ts'
import { attachEvidence, shareEvidence } from '../../db/evidence.ts'
import { findingFrom } from '../../db/facts.ts'
import {
  insertFindingFacts,
  insertFindings,
  listFindingsUnder,
  nextFindingNumbers,
} from '../../db/findings.ts'
import { loadCalendar } from '../../db/holidays.ts'
import { newId } from '../../db/ids.ts'
import type { Tables } from '../../db/tables.ts'
import type { Account } from '../access/session.ts'
import { requireActivity } from '../access/stage-rules.ts'
import { kindsProvidedBy, type Visible, chargingIn } from '../access/visibility.ts'
import { Problem } from '../http/problem.ts'
import { dayInChina } from '../today.ts'

/** A finding to be recorded. */
export interface NewFinding {
  /** Key of the kind. */
  readonly kind: string
  readonly unitId: string
  readonly what: string
  readonly source: string | null
  readonly foundOn: Day | null
  readonly notifiedOn: Day
  /** As typed; null = the kind's time. */
  readonly deadline: Day | null
  /** Why it is not the kind's time. */
  readonly deadlineReason: string | null
  /** A number of its own; null = the next one. */
  readonly number: string | null
}

/** What recording needs to know, read in the transaction that records. */
export interface Desk {
  readonly visible: Visible
  readonly account: Account
  readonly calendar: WorkCalendar
  readonly kinds: ReadonlyMap<string, DeductionKind>
  readonly provided: ReadonlySet<string>
  readonly charging: Charging
  readonly unitIds: ReadonlySet<string>
  readonly at: string
  readonly today: Day
}

/** Throws when nothing is recorded in the assessment's stage. */
export async function openDesk(
  trx: Transaction<Tables>,
  visible: Visible,
  account: Account,
  now: Date,
): Promise<Desk> {
  requireActivity(visible.assessment, 'record')
  return {
    visible,
    account,
    calendar: await loadCalendar(trx),
    kinds: kindsOf(visible.scheme),
    provided: new Set(kindsProvidedBy(visible.scheme, account).map(({ key }) => key)),
    charging: chargingIn(visible),
    unitIds: new Set(visible.units.map(({ id }) => id)),
    at: now.toISOString(),
    today: dayInChina(now),
  }
}

/** The deadline to record: the one typed, else the kind's time counted now, so that no later calendar moves it. */
function deadlineFor({ kinds, calendar }: Desk, { kind, notifiedOn, deadline }: NewFinding): Day | null {
  const known = kinds.get(kind)
  if (deadline !== null || known?.trigger !== 'if-not-rectified') return deadline
  return deadlineOf(known, notifiedOn, calendar)
}

/** Why the finding cannot be recorded; null when it can. */
export function problemWith(desk: Desk, finding: NewFinding): Problem | null {
  const kind = desk.kinds.get(finding.kind)
  if (!kind) return new Problem('unknown-kind')
  if (!desk.provided.has(kind.key)) return new Problem('kind-not-yours')
  if (!desk.unitIds.has(finding.unitId)) return new Problem('unknown-unit')
  if (desk.charging.charged(finding.unitId, kind.chargedUpward) === null)
    return new Problem('unit-not-charged')
  if (finding.notifiedOn > desk.today) return new Problem('notice-in-future')
  if (finding.deadline === null) return null
  if (finding.deadline < finding.notifiedOn) return new Problem('deadline-before-notice')
  const usual = deadlineOf(kind, finding.notifiedOn, desk.calendar)
  return finding.deadline === usual || finding.deadlineReason !== null
    ? null
    : new Problem('deadline-reason-required', { params: { deadline: usual } })
}

/** A finding of the ledger that another may repeat. */
export interface Similar extends Entry {
  readonly findingId: string
  readonly number: string
  readonly unit: string
  readonly status: string
}

/** Findings in force under some kinds, to compare new ones with. */
export async function knownFindings(
  trx: Transaction<Tables>,
  { visible, kinds, calendar, today }: Desk,
  which: { readonly kinds: readonly string[]; readonly unitIds?: readonly string[] },
): Promise<Similar[]> {
  const names = new Map(visible.units.map(({ id, name }) => [id, name]))
  const stored = await listFindingsUnder(trx, visible.assessment.id, which)
  return stored.flatMap((row): Similar[] => {
    const { kind, unitId, status, notifiedOn } = traceFinding(
      findingFrom(row, row.facts),
      kinds,
      today,
      calendar,
    )
    if (notifiedOn === null || status === 'revoked' || status === 'reversed') return []
    return [
      {
        findingId: row.id,
        number: row.number,
        kind: kind.key,
        unitId,
        unit: names.get(unitId) ?? '',
        what: row.what,
        notifiedOn,
        status,
      },
    ]
  })
}

/** Those among `known` that some of the new findings may repeat, each once. */
export const duplicatesOf = (findings: readonly Entry[], known: readonly Similar[]): Similar[] => [
  ...new Set(findings.flatMap((finding) => similarFindings(finding, known))),
]

/** Takes the row that makes recordings of one assessment queue, before anything is compared. */
export const queueUp = (trx: Transaction<Tables>, assessmentId: string): Promise<number | undefined> =>
  touchAssessment(trx, assessmentId)

export interface Recorded {
  readonly id: string
  readonly number: string
  readonly unitId: string
}

/** Writes findings that have no problem, with their notification and its evidence. Throws `evidence-not-staged`. */
export async function recordFindings(
  trx: Transaction<Tables>,
  desk: Desk,
  findings: readonly NewFinding[],
  evidence: readonly string[] = [],
): Promise<Recorded[]> {
  const { assessment } = desk.visible
  const by = { recordedBy: desk.account.id, recordedAt: desk.at }
  const own = new Set(findings.flatMap(({ number }) => number ?? []))
  const free = await nextFindingNumbers(trx, assessment.id, assessment.year, findings.length + own.size)
  const left = free.filter((number) => !own.has(number)).values()
  const rows = findings.map((finding) => ({
    finding,
    id: newId(),
    factId: newId(),
    number: finding.number ?? left.next().value ?? '',
  }))
  await insertFindings(
    trx,
    rows.map(({ finding, id, number }) => ({
      id,
      number,
      ...by,
      assessmentId: assessment.id,
      kind: finding.kind,
      unitId: finding.unitId,
      what: finding.what,
      source: finding.source,
      foundOn: finding.foundOn,
      importId: null,
    })),
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
      reason: finding.deadlineReason,
      ...by,
    })),
  )
  const [first, ...others] = rows
  if (first && evidence.length > 0) {
    const factId = first.factId
    const order = { ids: evidence, factId, accountId: desk.account.id, assessmentId: assessment.id }
    if (!(await attachEvidence(trx, order))) throw new Problem('evidence-not-staged')
    await shareEvidence(trx, { factId, withFactIds: others.map((row) => row.factId) })
  }
  for (const { id, number, finding } of rows) {
    await appendAudit(trx, {
      at: desk.at,
      accountId: desk.account.id,
      action: 'finding.record',
      subject: id,
      detail: { assessment: assessment.id, id, number, kind: finding.kind, unitId: finding.unitId },
    })
  }
  return rows.map(({ id, number, finding }) => ({ id, number, unitId: finding.unitId }))
}
