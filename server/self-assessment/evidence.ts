import type { Source } from '../../db/database.ts'
import { findDraftEvidence } from '../../db/drafts.ts'
import type { Evidence } from '../../db/evidence.ts'
import { findClaim } from '../../db/self-assessments.ts'
import { scopeOf } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { visibleAssessment } from '../access/visibility.ts'

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
