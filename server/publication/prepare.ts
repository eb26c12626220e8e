import { z } from 'zod'
import { frozenText } from '../../db/frozen-facts.ts'
import { newId } from '../../db/ids.ts'
import {
  insertPublication,
  kindOf,
  listPublications,
  readPublication,
  type ResultKind,
} from '../../db/publications.ts'
import { actIn, done, type Actor } from '../act.ts'
import { freezeResults } from '../frozen-results.ts'
import { Problem } from '../http/problem.ts'
import { day, text } from '../http/wire.ts'
import { todayBy } from '../today.ts'
import { requirePublishable } from './publishable.ts'

/** `interim`: the result so far 阶段成绩, without closing the year. */
export const prepareBody = z.object({
  asOf: day,
  reason: text(2000).optional(),
  interim: z.boolean().optional(),
})

/**
 * Freezes results for another person to approve and gives the publication's id. Throws `fact-in-future`, `publication-waiting` while another waits,
 * `reason-required` when it is to replace one, and `publication-blocked`.
 */
export async function preparePublication(
  actor: Actor,
  assessmentId: string,
  { asOf, reason, interim = false }: z.infer<typeof prepareBody>,
): Promise<string> {
  if (asOf > todayBy(actor.deps)) throw new Problem('fact-in-future')
  return actIn(actor, assessmentId, 'publication.prepare', async (doing) => {
    const { trx, by, at, visible } = doing
    const entries = await listPublications(trx, assessmentId)
    if (entries.some(({ state }) => state === 'prepared')) throw new Problem('publication-waiting')
    const kind: ResultKind = interim ? 'interim' : 'final'
    // Another day's result so far stands beside the one before; that of the same day replaces it.
    const current = entries.find(
      (entry) => entry.state === 'approved' && kindOf(entry) === kind && (!interim || entry.asOf === asOf),
    )
    if (current && reason === undefined) throw new Problem('reason-required')
    await requirePublishable(doing, asOf, kind)
    const before = current && (await readPublication(trx, current.id))
    const replaces = before?.body.proof?.root ?? null
    const freezing = freezeResults(trx, visible.assessment, asOf, kind, { replaces })
    const { text: body, sha256, frozen, root, proofSeed } = await freezing
    const id = newId()
    const number = (entries[0]?.number ?? 0) + 1
    await insertPublication(trx, {
      id,
      assessmentId,
      number,
      asOf,
      body,
      sha256,
      digests: frozenText(frozen),
      proofSeed,
      interim: interim ? 1 : 0,
      supersedes: current?.id ?? null,
      reason: current ? (reason ?? null) : null,
      preparedBy: by.id,
      preparedAt: at,
    })
    return done(id, { subject: id, detail: { assessment: assessmentId, number, asOf, sha256, root, kind } })
  })
}
