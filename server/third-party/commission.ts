import { z } from 'zod'
import { insertCommission, listCommissions, updateCommission, type Commission } from '../../db/commissions.ts'
import { findEvidence } from '../../db/evidence.ts'
import { newId } from '../../db/ids.ts'
import { visibleTo, type Visible } from '../access/visibility.ts'
import { actBeside, done, type Actor, type DoingBeside } from '../act.ts'
import { requireMatch, withCurrent } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { day, id, text } from '../http/wire.ts'
import { commissionEtag, commissionView, type CommissionView } from './commission-view.ts'
import { externalComponent } from './place.ts'

export const commissionBody = z.object({
  evaluator: text(120),
  procurementNumber: text(120).nullable(),
  startsOn: day,
  endsOn: day,
  /** Evidence that holds the contract, uploaded by the caller or on record before. */
  contractId: id.nullable(),
})
type CommissionBody = z.infer<typeof commissionBody>
export const newCommissionBody = commissionBody.extend({ component: text(120) })

/** A contract must be evidence of this assessment: what the actor uploaded, or what the commission held before. Throws `evidence-not-staged`. */
async function requireContract(
  { trx, by, visible }: DoingBeside,
  contractId: string | null,
  before: string | null,
): Promise<void> {
  if (contractId === null || contractId === before) return
  const row = await findEvidence(trx, contractId)
  const isOwn = row?.assessmentId === visible.assessment.id && row.uploadedBy === by.id
  if (!isOwn || row.factId !== null || row.claimId !== null) throw new Problem('evidence-not-staged')
}

function rowOf({ evaluator, procurementNumber, startsOn, endsOn, contractId }: CommissionBody) {
  if (endsOn < startsOn) throw new Problem('commission-period')
  return { evaluator: evaluator.normalize('NFC'), procurementNumber, startsOn, endsOn, contractId }
}

function requireOpen({ assessment }: Visible): void {
  if (assessment.stage === 'archived') throw new Problem('assessment-archived')
}

/** Registers who evaluates a component. Throws `assessment-archived`, `no-such-component`, `commission-exists`, `evidence-not-staged`, `commission-period`. */
export const registerCommission = (
  actor: Actor,
  assessmentId: string,
  body: z.infer<typeof newCommissionBody>,
): Promise<CommissionView> =>
  actBeside(actor, assessmentId, 'commission.register', async (doing) => {
    const { trx, by, at, visible } = doing
    requireOpen(visible)
    const component = externalComponent(visible, body.component)
    const commissions = await listCommissions(trx, assessmentId)
    if (commissions.some((commission) => commission.component === component.key))
      throw new Problem('commission-exists', { params: { component: component.name } })
    await requireContract(doing, body.contractId, null)
    const row: Commission = {
      id: newId(),
      assessmentId,
      component: component.key,
      ...rowOf(body),
      version: 1,
      updatedBy: by.id,
      updatedAt: at,
    }
    await insertCommission(trx, row)
    const view = await commissionView(trx, visible, row)
    return done(view, { subject: row.id, detail: { assessment: assessmentId, ...body } })
  })

/**
 * Changes a commission. Throws `assessment-archived`, `not-found`, what `requireMatch` throws, with the present one in `current`,
 * `evidence-not-staged`, `commission-period`.
 */
export function changeCommission(
  actor: Actor,
  assessmentId: string,
  commissionId: string,
  body: CommissionBody,
  ifMatch: string | undefined,
): Promise<CommissionView> {
  const change = () =>
    actBeside(actor, assessmentId, 'commission.change', async (doing) => {
      const { trx, by, at, visible } = doing
      requireOpen(visible)
      const before = (await listCommissions(trx, assessmentId)).find(({ id }) => id === commissionId)
      if (!before) throw new Problem('not-found')
      requireMatch(ifMatch, commissionEtag(before))
      const { evaluator, procurementNumber, startsOn, endsOn, contractId } = before
      await requireContract(doing, body.contractId, contractId)
      const change = { id: before.id, assessmentId, ...rowOf(body), updatedBy: by.id, updatedAt: at }
      if (!(await updateCommission(trx, change, before.version))) throw new Problem('stale')
      const row = { ...before, ...change, version: before.version + 1 }
      const from = { evaluator, procurementNumber, startsOn, endsOn, contractId }
      return done(await commissionView(trx, visible, row), {
        subject: before.id,
        detail: { assessment: assessmentId, from, to: body },
      })
    })
  return withCurrent(change, async () => {
    const { db } = actor.deps
    const visible = await visibleTo(actor, assessmentId)
    const present = (await listCommissions(db, assessmentId)).find(({ id }) => id === commissionId)
    return present && commissionView(db, visible, present)
  })
}
