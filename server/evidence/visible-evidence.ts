import { findEvidence, type Evidence } from '../../db/evidence.ts'
import { findingIdOf } from '../../db/findings.ts'
import { seesClaimEvidence, seesFinding, seesThirdPartyEvidence } from '../access/evidence-sight.ts'
import { visibleTo } from '../access/visibility.ts'
import type { Actor } from '../act.ts'
import { Problem } from '../http/problem.ts'
import { todayBy } from '../today.ts'

/** Whether the caller sees what the evidence belongs to: the fact's finding, or while staged what one uploaded oneself. */
async function isVisible(caller: Actor, row: Evidence): Promise<boolean> {
  const { deps, account } = caller
  if (row.factId === null)
    return (
      row.uploadedBy === account.id ||
      (await seesClaimEvidence(deps.db, account, row)) ||
      (await seesThirdPartyEvidence(deps.db, account, row))
    )
  const visible = await visibleTo(caller, row.assessmentId)
  const findingId = await findingIdOf(deps.db, row.factId)
  return findingId !== undefined && (await seesFinding(deps.db, account, visible, findingId, todayBy(deps)))
}

/** The evidence of an address. Throws `not-found` alike when there is none and when the caller may not see it. */
export async function visibleEvidence(caller: Actor, evidenceId: string): Promise<Evidence> {
  const row = await findEvidence(caller.deps.db, evidenceId)
  if (!row || !(await isVisible(caller, row))) throw new Problem('not-found')
  return row
}
