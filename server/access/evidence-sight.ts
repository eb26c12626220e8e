import type { Day } from '#assessment/day'
import { findFinding } from '../../db/findings.ts'
import { loadCalendar } from '../../db/holidays.ts'
import { partiesOf, reachOf } from './case-rights.ts'
import type { Source } from '../../db/source.ts'
import { findDraftEvidence } from '../../db/drafts.ts'
import type { Evidence } from '../../db/evidence.ts'
import { isThirdPartyEvidence } from '../../db/external-batches.ts'
import { findClaim } from '../../db/self-assessments.ts'
import { scopeOf } from './permissions.ts'
import type { Account } from './session.ts'
import { visibleAssessment, type Visible } from './visibility.ts'

/**
 * Whether the account may see evidence of a self-assessment: its own unit always, also before it is handed in; those who read the form once it
 * rests on a claim.
 */
export async function seesClaimEvidence(db: Source, account: Account, row: Evidence): Promise<boolean> {
  const scope = scopeOf(account.role, 'self.read')
  if (scope === undefined) return false
  const claim = row.claimId === null ? undefined : await findClaim(db, row.claimId)
  const unitId = claim?.unitId ?? (await findDraftEvidence(db, row.id))?.unitId
  if (unitId === undefined) return false
  await visibleAssessment(db, account, scope, row.assessmentId)
  return account.unit?.id === unitId || (scope !== 'own-unit' && claim !== undefined)
}

/** Whether the account may see a contract or an evaluator's file: those who see the commissions of its assessment. */
export async function seesThirdPartyEvidence(db: Source, account: Account, row: Evidence): Promise<boolean> {
  const scope = scopeOf(account.role, 'commission.read')
  if (scope === undefined || !(await isThirdPartyEvidence(db, row))) return false
  await visibleAssessment(db, account, scope, row.assessmentId)
  return true
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
