import { z } from 'zod'
import { findFinding } from '../../db/findings.ts'
import type { Scope } from '../access/permissions.ts'
import type { Done, DoingIn, Noted } from '../act.ts'
import { Problem } from '../http/problem.ts'
import { id, text } from '../http/wire.ts'
import { takeStep } from './step.ts'
import { findingEtag } from './detail.ts'

export const reversalsBody = z.object({ findingIds: z.array(id).min(1).max(2000), reason: text(500) })

/**
 * Takes findings back that were just recorded together, each by its reversing entry. Throws `stale` where anything has happened to one of them
 * since, and what is against the step; then none is reversed.
 */
export async function reverseBatch(
  doing: DoingIn & { readonly scope: Scope },
  { findingIds, reason }: z.infer<typeof reversalsBody>,
): Promise<Done<{ readonly reversed: number }>> {
  const noted: Noted[] = []
  const ids = [...new Set(findingIds)]
  for (const findingId of ids) {
    const stored = await findFinding(doing.trx, findingId)
    if (stored?.assessmentId !== doing.visible.assessment.id) throw new Problem('not-found')
    if (stored.facts.length !== 1) throw new Problem('stale')
    const step = { type: 'reversed' as const, reason, evidence: [] }
    noted.push(...(await takeStep(doing, findingId, step, findingEtag(stored.facts))).noted)
  }
  return { result: { reversed: ids.length }, noted }
}
