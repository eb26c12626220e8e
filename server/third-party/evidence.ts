import type { Source } from '../../db/database.ts'
import type { Evidence } from '../../db/evidence.ts'
import { isThirdPartyEvidence } from '../../db/external-batches.ts'
import { scopeOf } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { visibleAssessment } from '../access/visibility.ts'

/** Whether the account may see a contract or an evaluator's file: those who see the commissions of its assessment. */
export async function seesThirdPartyEvidence(db: Source, account: Account, row: Evidence): Promise<boolean> {
  const scope = scopeOf(account.role, 'commission.read')
  if (scope === undefined || !(await isThirdPartyEvidence(db, row))) return false
  await visibleAssessment(db, account, scope, row.assessmentId)
  return true
}
