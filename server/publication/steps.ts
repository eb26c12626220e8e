import type { Transaction } from 'kysely'
import { z } from 'zod'
import { appendAudit } from '../../db/audit.ts'
import { newId } from '../../db/ids.ts'
import { insertPublicationStep, type PublicationEntry } from '../../db/publications.ts'
import { moveStage } from '../../db/stages.ts'
import type { PublicationStepRow, Tables } from '../../db/tables.ts'
import { scopeOf, type Action } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import type { Visible } from '../access/visibility.ts'
import { Problem } from '../http/problem.ts'
import { dayInChina } from '../today.ts'
import { text } from '../http/wire.ts'

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

/** Throws why the account may not take the step. */
export function requirePublicationStep(type: StepType, account: Account, entry: PublicationEntry): void {
  if (scopeOf(account.role, actionOf[type]) === undefined) throw new Problem('forbidden')
  if (entry.state !== 'prepared') throw new Problem('publication-decided')
  if (!isTheirs[type](account, entry.preparedBy))
    throw new Problem(type === 'withdrawn' ? 'publication-not-yours' : 'publication-own')
}

/** Writes the step; the first approval brings the assessment to its stage 已发布. */
export async function takePublicationStep(
  trx: Transaction<Tables>,
  { assessment }: Visible,
  entry: PublicationEntry,
  step: z.infer<typeof publicationStepBody>,
  { account, now }: { readonly account: Account; readonly now: Date },
): Promise<void> {
  const at = now.toISOString()
  await insertPublicationStep(trx, {
    id: newId(),
    publicationId: entry.id,
    type: step.type,
    reason: step.reason ?? null,
    recordedBy: account.id,
    recordedAt: at,
  })
  if (step.type === 'approved' && assessment.stage !== 'published') {
    await moveStage(trx, {
      id: newId(),
      assessmentId: assessment.id,
      stage: 'published',
      onDay: dayInChina(now),
      reason: null,
      recordedBy: account.id,
      recordedAt: at,
    })
  }
  await appendAudit(trx, {
    at,
    accountId: account.id,
    action: `publication.${step.type}`,
    subject: entry.id,
    detail: { assessment: assessment.id, number: entry.number, sha256: entry.sha256 },
  })
}
