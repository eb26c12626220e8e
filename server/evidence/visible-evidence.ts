import type { Day } from '#assessment/day'
import { verifiedComponents } from '#assessment/rule/scheme'
import { findDraftEvidence } from '../../db/drafts.ts'
import { findEvidence, type Evidence } from '../../db/evidence.ts'
import { isThirdPartyEvidence } from '../../db/external-batches.ts'
import { findFinding, findingIdOf } from '../../db/findings.ts'
import { loadCalendar } from '../../db/holidays.ts'
import { reportOfEvidence } from '../../db/reports.ts'
import { findClaim } from '../../db/self-assessments.ts'
import type { Source } from '../../db/source.ts'
import { caseSight } from '../access/case-sight.ts'
import { findingFrom } from '../../db/facts.ts'
import { partiesOf, reachOf } from '../access/case-rights.ts'
import { scopeOf } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { reportReach } from '../access/monitor-sight.ts'
import { areasReached } from '../access/verifier-rights.ts'
import { visibleAssessment, visibleTo, type Visible } from '../access/visibility.ts'
import type { Actor } from '../act.ts'
import { Problem } from '../http/problem.ts'
import { todayBy } from '../today.ts'

/**
 * Whether the account may see evidence of a self-assessment: those who read the area of the form that it belongs to, and before it rests on a
 * claim only the unit itself.
 */
async function seesClaimEvidence(db: Source, account: Account, row: Evidence): Promise<boolean> {
  const scope = scopeOf(account.role, 'self.read')
  if (scope === undefined) return false
  const claim = row.claimId === null ? undefined : await findClaim(db, row.claimId)
  const place = claim ?? (await findDraftEvidence(db, row.id))
  if (place === undefined) return false
  const visible = await visibleAssessment(db, account, scope, row.assessmentId)
  const component = verifiedComponents(visible.scheme).find(({ key }) => key === place.component)
  const areas = component && areasReached(visible, account, scope)(component, place.unitId)
  const isReached = areas?.some(({ leaves }) => leaves.some(({ key }) => key === place.leaf)) ?? false
  return isReached && (claim !== undefined || account.unit?.id === place.unitId)
}

/** Whether the account may see a contract or an evaluator's file: those who see the commissions of its assessment. */
async function seesThirdPartyEvidence(db: Source, account: Account, row: Evidence): Promise<boolean> {
  const scope = scopeOf(account.role, 'commission.read')
  if (scope === undefined || !(await isThirdPartyEvidence(db, row))) return false
  await visibleAssessment(db, account, scope, row.assessmentId)
  return true
}

/** Whether the account may see the file of an annual report: those who may read the report. */
async function seesReportFile(db: Source, account: Account, row: Evidence): Promise<boolean> {
  const scope = scopeOf(account.role, 'report.read')
  const report = scope === undefined ? undefined : await reportOfEvidence(db, row.id)
  if (scope === undefined || report === undefined) return false
  const visible = await visibleAssessment(db, account, scope, row.assessmentId)
  return (await reportReach(db, visible, account))(report.unitId)
}

/** Whether the account may see a finding on a day: somebody is charged with it, and its permission reaches it. */
export async function seesFinding(
  db: Source,
  account: Account,
  visible: Visible,
  findingId: string,
  on: Day,
): Promise<boolean> {
  const scope = scopeOf(account.role, 'finding.read')
  const stored = await findFinding(db, findingId)
  if (scope === undefined || stored?.assessmentId !== visible.assessment.id) return false
  const { parties } = partiesOf(stored, visible, await loadCalendar(db), on)
  return parties.chargedUnitId !== null && reachOf(visible, account, scope)(parties)
}

/** Whether the account may see a fact of a finding: people of a unit see those of the time when the finding was theirs. */
async function seesFact(caller: Actor, visible: Visible, factId: string): Promise<boolean> {
  const { deps, account } = caller
  const { db } = deps
  const findingId = await findingIdOf(db, factId)
  const scope = scopeOf(account.role, 'finding.read')
  if (findingId === undefined || scope === undefined) return false
  const stored = await findFinding(db, findingId)
  if (stored?.assessmentId !== visible.assessment.id) return false
  const { fact, movedAt } = caseSight(visible, account, scope)(findingFrom(stored, stored.facts))
  const isInReach = movedAt !== null || (await seesFinding(db, account, visible, findingId, todayBy(deps)))
  return isInReach && fact(stored.facts.findIndex(({ id }) => id === factId))
}

/** Whether the caller sees what the evidence belongs to: the fact's finding, or while staged what one uploaded oneself. */
async function isVisible(caller: Actor, row: Evidence): Promise<boolean> {
  const { deps, account } = caller
  if (row.factId === null)
    return (
      row.uploadedBy === account.id ||
      (await seesClaimEvidence(deps.db, account, row)) ||
      (await seesThirdPartyEvidence(deps.db, account, row)) ||
      (await seesReportFile(deps.db, account, row))
    )
  return seesFact(caller, await visibleTo(caller, row.assessmentId), row.factId)
}

/** The evidence of an address. Throws `not-found` alike when there is none and when the caller may not see it. */
export async function visibleEvidence(caller: Actor, evidenceId: string): Promise<Evidence> {
  const row = await findEvidence(caller.deps.db, evidenceId)
  if (!row || !(await isVisible(caller, row))) throw new Problem('not-found')
  return row
}
