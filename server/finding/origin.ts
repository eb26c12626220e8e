import type { Source } from '../../db/source.ts'
import { findReport } from '../../db/reports.ts'
import { suspicionOfFinding } from '../../db/suspicions.ts'
import { reportReach } from '../access/monitor-sight.ts'
import type { Account } from '../access/session.ts'
import type { Visible } from '../access/visibility.ts'
import type { FindingOrigin } from './wire.ts'

/** The suspicion that a finding was confirmed from, and its record where the account may open it; null where somebody recorded the finding otherwise. */
export async function originOf(
  db: Source,
  visible: Visible,
  account: Account,
  findingId: string,
): Promise<FindingOrigin | null> {
  const found = await suspicionOfFinding(db, findingId)
  if (!found) return null
  const { id: suspicionId, monitor, rule, recordId, excerpt, message, params, source } = found
  const report = await findReport(db, recordId)
  const mayOpen = report !== undefined && (await reportReach(db, visible, account))(report.unitId)
  return {
    suspicionId,
    monitor,
    rule,
    recordId: mayOpen ? recordId : null,
    excerpt,
    message,
    params: JSON.parse(params) as FindingOrigin['params'],
    source,
  }
}
