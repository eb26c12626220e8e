import { kindsOf } from '#assessment/rule/scheme'
import { monitorKindsIn, saveMonitorKind } from '../../db/suspicions.ts'
import { actBeside, done, nothingDone, type Actor } from '../act.ts'
import { Problem } from '../http/problem.ts'

/**
 * Says under which kind of the ledger a monitor's suspicions belong, so that the kind's provider sees and settles them; null = the office alone.
 * Throws `unknown-kind`.
 */
export const assignMonitor = (
  actor: Actor,
  assessmentId: string,
  { monitor, kind }: { readonly monitor: string; readonly kind: string | null },
): Promise<void> =>
  actBeside(actor, assessmentId, 'suspicion.assign', async ({ trx, visible }) => {
    if (kind !== null && !kindsOf(visible.scheme).has(kind)) throw new Problem('unknown-kind')
    const before = (await monitorKindsIn(trx, assessmentId)).get(monitor) ?? null
    if (before === kind) return nothingDone(undefined)
    await saveMonitorKind(trx, { assessmentId, monitor, kind })
    return done(undefined, {
      subject: assessmentId,
      detail: { assessment: assessmentId, monitor, from: before, to: kind },
    })
  })
