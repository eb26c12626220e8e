import { z } from 'zod'
import { changesSince, parseFrozen, readFrozenFacts } from '../../db/frozen-facts.ts'
import { newId } from '../../db/ids.ts'
import {
  insertPublicationStep,
  kindOf,
  listPublications,
  readPublication,
  type PublicationEntry,
} from '../../db/publications.ts'
import type { Source } from '../../db/source.ts'
import { moveStage } from '../../db/stages.ts'
import type { PublicationStepRow } from '../../db/tables.ts'
import { scopeOf, type Action } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { actIn, done, stamp, type Actor, type DoingIn } from '../act.ts'
import { Problem } from '../http/problem.ts'
import { text } from '../http/wire.ts'
import { driftOf } from '../drift.ts'
import { requirePublishable } from './publishable.ts'

type StepType = PublicationStepRow['type']

export const publicationStepBody = z.union([
  z.object({ type: z.literal('approved'), reason: text(2000).optional() }),
  z.object({ type: z.enum(['returned', 'withdrawn']), reason: text(2000) }),
])

/** What each step asks of the person who takes it. */
const actionOf: Readonly<Record<StepType, Action>> = {
  approved: 'publication.approve',
  returned: 'publication.approve',
  withdrawn: 'publication.prepare',
}

/** Whose step it is: a second person approves or returns, the preparer takes back, whatever role either has by now. */
const isTheirs: Readonly<Record<StepType, (account: Account, preparedBy: string) => boolean>> = {
  approved: ({ id }, preparedBy) => id !== preparedBy,
  returned: ({ id }, preparedBy) => id !== preparedBy,
  withdrawn: ({ id }, preparedBy) => id === preparedBy,
}

const types = ['approved', 'returned', 'withdrawn'] as const satisfies readonly StepType[]

/** The steps that the account may take with a publication now. */
export const publicationStepsFor = (account: Account, entry: PublicationEntry): StepType[] =>
  entry.state !== 'prepared'
    ? []
    : types.filter(
        (type) =>
          scopeOf(account.role, actionOf[type]) !== undefined && isTheirs[type](account, entry.preparedBy),
      )

/** A publication of an assessment, whoever may know of it. Throws `not-found`. */
export async function requireEntry(db: Source, assessmentId: string, id: string): Promise<PublicationEntry> {
  const entry = (await listPublications(db, assessmentId)).find((one) => one.id === id)
  if (!entry) throw new Problem('not-found')
  return entry
}

/** Throws why the account may not take the step. */
function requirePublicationStep(type: StepType, account: Account, entry: PublicationEntry): void {
  if (scopeOf(account.role, actionOf[type]) === undefined) throw new Problem('forbidden')
  if (entry.state !== 'prepared') throw new Problem('publication-decided')
  if (!isTheirs[type](account, entry.preparedBy))
    throw new Problem(type === 'withdrawn' ? 'publication-not-yours' : 'publication-own')
}

/** Throws `publication-outdated` with the drift when facts have changed since it was prepared, and what keeps it from being published now. */
async function requireUpToDate(doing: DoingIn, publicationId: string): Promise<void> {
  const { trx, today, visible } = doing
  const assessmentId = visible.assessment.id
  const stored = await readPublication(trx, publicationId)
  if (!stored) throw new Problem('not-found')
  const changes = changesSince(parseFrozen(stored.row.digests), await readFrozenFacts(trx, assessmentId))
  const drift = await driftOf(trx, assessmentId, stored.body, changes, today)
  if (drift)
    throw new Problem('publication-outdated', {
      params: { facts: drift.total, units: drift.units.length },
      extensions: { drift },
    })
  await requirePublishable(doing, stored.body.asOf, kindOf(stored.row))
}

/**
 * Takes a step with a publication; the first approval brings the assessment to its stage 已发布. Throws `not-found`, why the actor may not, and
 * what is against approving it.
 */
export const takePublicationStep = (
  actor: Actor,
  assessmentId: string,
  publicationId: string,
  { type, reason }: z.infer<typeof publicationStepBody>,
): Promise<void> =>
  actIn(actor, assessmentId, `publication.${type}`, async (doing) => {
    const { trx, by, today, visible } = doing
    const entry = await requireEntry(trx, assessmentId, publicationId)
    requirePublicationStep(type, by, entry)
    if (type === 'approved') await requireUpToDate(doing, publicationId)
    await insertPublicationStep(trx, {
      id: newId(),
      publicationId,
      type,
      reason: reason ?? null,
      ...stamp(doing),
    })
    const { stage } = visible.assessment
    // Results so far close nothing.
    if (type === 'approved' && stage !== 'published' && kindOf(entry) === 'final')
      await moveStage(trx, {
        assessmentId,
        stage: 'published',
        onDay: today,
        reason: null,
        ...stamp(doing),
      })
    const { number, sha256 } = entry
    const root = (await readPublication(trx, publicationId))?.body.proof?.root
    const detail = { assessment: assessmentId, number, sha256, ...(root !== undefined && { root }) }
    return done(undefined, { subject: publicationId, detail })
  })
