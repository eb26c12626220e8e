import type { Transaction } from 'kysely'
import type { Day } from '#assessment/day'
import { frozenText, type FrozenFacts } from '../frozen-facts.ts'
import type { WorkCalendar } from '#assessment/working-days'
import { appendAudit } from '../audit.ts'
import { newId } from '../ids.ts'
import { insertPublication, insertPublicationStep } from '../publications.ts'
import type { AssessmentRow, Tables } from '../tables.ts'
import type { Recorders } from './accounts.ts'
import { momentOn, workingDayBy } from './days.ts'
import { randomFor } from './random.ts'

/** Freezes results; given from outside, since tables do not run the engine. */
export type Freeze = (
  trx: Transaction<Tables>,
  assessment: AssessmentRow,
  asOf: Day,
  kind: 'final',
  options: { readonly proofSeed: string },
) => Promise<{
  readonly text: string
  readonly sha256: string
  readonly frozen: FrozenFacts
  readonly root: string
}>

/** The same every time, as everything in the fictional city. */
function proofSeedFor(year: number): string {
  const { whole } = randomFor(`proof ${year}`)
  return Array.from({ length: 64 }, () => whole(0, 15).toString(16)).join('')
}

/** Publishes a past year at the end of February, when its circular is due: prepared by the office, approved by the leader. */
export async function publishYear(
  trx: Transaction<Tables>,
  assessment: AssessmentRow,
  calendar: WorkCalendar,
  { office, leader }: Recorders,
  freeze: Freeze,
): Promise<void> {
  if (office === null || leader === null) return
  const asOf = workingDayBy(calendar, `${assessment.year + 1}-02-26`)
  const proofSeed = proofSeedFor(assessment.year)
  const { text, sha256, frozen, root } = await freeze(trx, assessment, asOf, 'final', { proofSeed })
  const publicationId = newId()
  const [preparedAt, approvedAt] = [momentOn(asOf, 60), momentOn(asOf, 330)]
  const detail = { assessment: assessment.id, number: 1, sha256, root }
  await insertPublication(trx, {
    id: publicationId,
    assessmentId: assessment.id,
    number: 1,
    asOf,
    body: text,
    sha256,
    digests: frozenText(frozen),
    proofSeed,
    supersedes: null,
    reason: null,
    preparedBy: office,
    preparedAt,
  })
  await appendAudit(trx, {
    at: preparedAt,
    accountId: office,
    action: 'publication.prepare',
    subject: publicationId,
    detail: { ...detail, asOf },
  })
  await insertPublicationStep(trx, {
    id: newId(),
    publicationId,
    type: 'approved',
    reason: null,
    recordedBy: leader,
    recordedAt: approvedAt,
  })
  await appendAudit(trx, {
    at: approvedAt,
    accountId: leader,
    action: 'publication.approved',
    subject: publicationId,
    detail,
  })
}
