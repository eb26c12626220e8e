import { z } from 'zod'
import { lastHandling, reviewBy } from '#assessment/score/finding-course'
import { isLoss } from '#assessment/rule/scheme'
import { unitsWithWorking } from '../../db/accounts.ts'
import { findFindings } from '../../db/findings.ts'
import type { Source } from '../../db/source.ts'
import { reviewIsOwn, reviewsInsteadOf } from '../access/case-rights.ts'
import type { Scope } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import type { Visible } from '../access/visibility.ts'
import { actIn, done, nothingDone, type Actor, type Noted } from '../act.ts'
import type { AssessedOn } from '../assessed.ts'
import { Problem } from '../http/problem.ts'
import { day, id, text } from '../http/wire.ts'
import { caseOf, stepsFor, type Case } from './case.ts'
import { findingEtag } from './detail.ts'
import { ledgerFor } from './ledger.ts'
import { takeStep } from './step.ts'
import { ledgerLineSchema, type LedgerLine } from './wire.ts'

const waitingReview = ledgerLineSchema.extend({
  etag: z.string(),
  /** The day by which it is reviewed, for everybody alike. */
  reviewOn: z.string(),
  /** The providing unit for which the caller would review; null where it is the caller's own to do. */
  insteadOf: z.string().nullable(),
  /** Whether it is the caller's turn: as the provider, or as nobody works for that one. */
  isOwn: z.boolean(),
})

/** Rectifications that wait 待核查, and the providing units for which nobody works. */
export const reviewsSchema = z
  .object({
    items: z.array(waitingReview),
    missing: z.array(z.object({ unit: z.string(), waiting: z.int() })),
  })
  .meta({ id: 'WaitingReviews' })
type WaitingReviews = z.infer<typeof reviewsSchema>

/** One case that waits for a review. */
export interface Review {
  readonly line: LedgerLine
  readonly at: Case
  readonly reviewOn: string
  readonly insteadOf: string | null
  readonly isOwn: boolean
}

/** The rectifications that the account may review today, the earliest day first. */
export async function reviewsFor(
  db: Source,
  on: AssessedOn,
  visible: Visible,
  account: Account,
  scope: Scope,
): Promise<Review[]> {
  const waiting = new Set(
    on.facts.findings.flatMap(({ id, facts }) => (lastHandling(facts)?.type === 'submitted' ? [id] : [])),
  )
  const lines = new Map(
    ledgerFor(on, visible, account, scope)
      .filter((line) => waiting.has(line.findingId) && isLoss(line))
      .map((line) => [line.findingId, line]),
  )
  const working = await unitsWithWorking(db, 'agency')
  const reviews = (await findFindings(db, [...lines.keys()])).flatMap((stored): Review[] => {
    const line = lines.get(stored.id)
    const at = caseOf(stored, visible, on.calendar, on.assessed.asOf)
    const reviewOn = reviewBy(at.finding, at.trace.deadline)
    if (!line || reviewOn === null || !stepsFor(at, account, visible).includes('accepted')) return []
    const insteadOf = reviewsInsteadOf(account, visible, at.parties)
    return [{ line, at, reviewOn, insteadOf, isOwn: reviewIsOwn(account, visible, at.parties, working) }]
  })
  return reviews.sort((a, b) => (a.reviewOn < b.reviewOn ? -1 : a.reviewOn > b.reviewOn ? 1 : 0))
}

/** The reviews with what is needed to take them, and who is missing. */
export function reviewsView(reviews: readonly Review[]): WaitingReviews {
  const missing = new Map<string, number>()
  for (const { insteadOf, isOwn } of reviews)
    if (insteadOf !== null && isOwn) missing.set(insteadOf, (missing.get(insteadOf) ?? 0) + 1)
  return {
    items: reviews.map(({ line, at, reviewOn, insteadOf, isOwn }) => ({
      ...line,
      etag: findingEtag(at.stored.facts),
      reviewOn,
      insteadOf,
      isOwn,
    })),
    missing: [...missing].map(([unit, waiting]) => ({ unit, waiting })),
  }
}

export const reviewsBody = z
  .object({
    type: z.enum(['accepted', 'rejected']),
    items: z
      .array(z.object({ findingId: id, etag: text(64) }))
      .min(1)
      .max(500),
    on: day.optional(),
    reason: text(2000).optional(),
  })
  .refine(({ type, reason }) => type === 'accepted' || reason !== undefined, { path: ['reason'] })
export const reviewedSchema = z.object({
  reviewed: z.int(),
  /** What could not be reviewed and was left as it is, with the problem's code. */
  left: z.array(z.object({ findingId: z.string(), code: z.string() })),
})

/** Reviews many rectifications alike, each as its own fact; those that changed meanwhile or are not the actor's to review are left. */
export const reviewMany = (
  actor: Actor,
  assessmentId: string,
  { type, items, on, reason }: z.infer<typeof reviewsBody>,
): Promise<z.infer<typeof reviewedSchema>> =>
  actIn(actor, assessmentId, `finding.${type}`, async (doing) => {
    const left: { findingId: string; code: string }[] = []
    const noted: Noted[] = []
    const given = { evidence: [], ...(on === undefined ? {} : { on }) }
    for (const { findingId, etag } of items) {
      try {
        const step =
          type === 'rejected'
            ? { type, ...given, reason: reason ?? '' }
            : { type, ...given, ...(reason === undefined ? {} : { reason }) }
        noted.push(...(await takeStep({ ...doing, scope: actor.scope }, findingId, step, etag)).noted)
      } catch (refusal) {
        if (!(refusal instanceof Problem)) throw refusal
        left.push({ findingId, code: refusal.code })
      }
    }
    const result = { reviewed: noted.length, left }
    const [first, ...others] = noted
    return first ? done(result, first, ...others) : nothingDone(result)
  })
