import { z } from 'zod'
import { compare, decimal } from '#assessment/rational'
import { isObserved, marksFrom, shownMarks } from '#assessment/score/leaf-scale'
import { newId } from '../../db/ids.ts'
import { insertSubmissions, insertVerifiedMarks } from '../../db/marks.ts'
import type { Claim, Mark } from '../../db/self-assessments.ts'
import { actIn, changeOf, done, nothingDone, stamp, type Actor, type DoingIn } from '../act.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { id, text } from '../http/wire.ts'
import { enteredMarks, requireWithinFull } from './entry.ts'
import { leafIn, placeBody } from './place.ts'
import { markOf, requireStep, standingIn, standingsOf, stepsOf, type UnitStanding } from './state.ts'
import {
  itemsOn,
  markEtag,
  verificationDesk,
  type DeskItem,
  type VerificationDesk,
} from './verification-desk.ts'
import type { answered } from './wire.ts'

export const markBody = placeBody.extend({
  unitId: id,
  leaf: text(200),
  marks: enteredMarks.nullable(),
  notApplicable: z.boolean().default(false),
  /** 观测, under the leaf's scale; marks left out follow from it. */
  observation: text(200).nullable().default(null),
  reason: text(2000).nullable().default(null),
})
const listedLeaf = z.object({ unitId: id, leaf: text(200), etag: text(64) })
export const acceptBody = placeBody.extend({
  items: z.array(listedLeaf).min(1).max(500),
  /** Why the office verifies for who is responsible. */
  reason: text(2000).nullable().default(null),
})
export const acceptedSchema = z.object({
  accepted: z.int(),
  /** Changed meanwhile, or nothing to accept: left as they are. */
  left: z.array(z.object({ unitId: z.string(), leaf: z.string() })),
})

interface Verdict extends z.infer<typeof answered> {
  readonly item: DeskItem
  readonly observation: string | null
  /** The marks are those that follow from the observation. */
  readonly follows: boolean
  readonly reason: string | null
}

/** Records marks of one unit; when none waits any more, the unit's window is verified. */
async function recordMarks(
  doing: DoingIn,
  { place: { assessmentId, component, windowKey } }: VerificationDesk['at'],
  unitId: string,
  verdicts: readonly Verdict[],
): Promise<void> {
  const { trx, today } = doing
  const recorded = { onDay: today, ...stamp(doing) }
  const place = { assessmentId, component, windowKey, unitId }
  await insertVerifiedMarks(
    trx,
    verdicts.map(({ item, marks, notApplicable, observation, follows, reason }) => ({
      id: newId(),
      ...place,
      leaf: item.leaf.key,
      fullMarks: item.leaf.full,
      marks: notApplicable ? null : marks,
      notApplicable: notApplicable ? 1 : 0,
      observation,
      follows: follows ? 1 : null,
      reason,
      importId: null,
      ...recorded,
    })),
  )
  const standing = await standingIn(trx, { assessmentId, component, windowKey }, unitId)
  const isWaiting = [...standing.marks.values()].some((mark) => markOf(mark) === null)
  if (standing.state === 'verified' || isWaiting) return
  await insertSubmissions(trx, [{ id: newId(), ...place, type: 'verified', reason: null, ...recorded }])
}

const isSame = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && compare(decimal(a), decimal(b)) === 0

function isAsClaimed({ marks, notApplicable }: z.infer<typeof answered>, claim: Claim | undefined): boolean {
  if (claim === undefined) return false
  if (notApplicable || claim.notApplicable === 1) return notApplicable === (claim.notApplicable === 1)
  return isSame(marks, claim.marks)
}

/** The marks that follow from an observation under a leaf's scale, as they are shown; null without one. Throws `observation-unreadable`. */
function followingFrom({ scale, full }: DeskItem['leaf'], observation: string | null): string | null {
  if (observation === null) return null
  const follows = marksFrom(scale, observation, full)
  if ('fault' in follows) throw new Problem('observation-unreadable', { params: { value: observation } })
  return shownMarks(follows.marks)
}

/** What the log says of a mark that another takes the place of. */
const toldOf = (mark: Mark | undefined) => ({
  marks: mark?.marks ?? null,
  notApplicable: mark?.notApplicable === 1,
  observation: mark?.observation ?? null,
  reason: mark?.reason ?? null,
})

/** The leaf of a unit that the account verifies. Throws `not-found`, and why the account may not. */
function itemFor(desk: VerificationDesk, unitId: string, key: string): DeskItem {
  const { units, areasOf, rights } = desk
  const unit = units.find(({ id }) => id === unitId)
  if (!unit) throw new Problem('not-found')
  const { area } = leafIn(areasOf(unit.group), key)
  const refusal = rights.refusal(area.responsible, unitId)
  if (refusal !== null)
    throw new Problem(refusal, { params: { responsible: rights.verifier(area.responsible, unitId) } })
  const [item] = itemsOn(desk, { unitId, leaf: key })
  return item as DeskItem
}

/** Throws `reason-in-place-required` unless the office says why it verifies for who is responsible. */
function requireReasonInPlace({ insteadOf }: DeskItem, reason: string | null): void {
  if (insteadOf !== null && reason === null)
    throw new Problem('reason-in-place-required', { params: { unit: insteadOf } })
}

/**
 * Verifies one leaf of a unit: by what was observed, from which its marks follow, or by marks. Throws `not-found`, why the actor may not, what the
 * stage forbids, what `requireMatch` throws, `reason-in-place-required`, `claim-above-full`, `observation-unreadable`, `observation-required` at a leaf whose marks follow from
 * one, and `mark-reason-required` for marks other than those that follow from the observation or, where marks are free, those claimed.
 */
export const verifyLeaf = (
  actor: Actor,
  assessmentId: string,
  { unitId, leaf: key, marks: given, notApplicable, observation, reason, ...asked }: z.infer<typeof markBody>,
  ifMatch: string | undefined,
): Promise<void> =>
  actIn(actor, assessmentId, 'mark.verify', async (doing) => {
    const { trx, by, today, visible } = doing
    const desk = await verificationDesk(trx, visible, by, asked, today)
    const item = itemFor(desk, unitId, key)
    const standing = await standingIn(trx, desk.at.place, unitId)
    requireStep('verify', standing, desk.at)
    const claim = standing.claims.get(key)
    requireMatch(ifMatch, markEtag(claim, standing.marks.get(key)))
    requireReasonInPlace(item, reason)
    if (isObserved(item.leaf.scale) && observation === null && !notApplicable)
      throw new Problem('observation-required')
    const observed = notApplicable ? null : followingFrom(item.leaf, observation)
    const marks = given ?? observed
    if (marks === null && !notApplicable)
      throw new Problem('invalid-request', {
        params: { count: 1 },
        errors: () => [{ path: 'marks', code: 'invalid-type', message: '' }],
      })
    requireWithinFull(notApplicable ? null : marks, item.leaf.full)
    const follows = observed !== null && isSame(marks, observed)
    if (reason === null && !follows && (observed !== null || !isAsClaimed({ marks, notApplicable }, claim)))
      throw new Problem('mark-reason-required')
    const seen = observed === null ? null : observation
    await recordMarks(doing, desk.at, unitId, [
      { item, marks, notApplicable, observation: seen, follows, reason },
    ])
    return done(undefined, {
      subject: unitId,
      detail: {
        assessment: assessmentId,
        ...asked,
        leaf: key,
        ...changeOf(toldOf(standing.marks.get(key)), { marks, notApplicable, observation: seen, reason }),
        inPlaceOf: desk.rights.inPlaceOf(item.area.responsible, unitId),
        insteadOf: item.insteadOf,
      },
    })
  })

/**
 * What was claimed for a leaf as a verdict; null when there is nothing to accept, something has to be observed, or it changed since it was seen.
 * Throws `reason-in-place-required`.
 */
function acceptance(
  item: DeskItem,
  { claims, marks }: UnitStanding,
  etag: string,
  reason: string | null,
): Verdict | null {
  const [claim, mark] = [claims.get(item.leaf.key), marks.get(item.leaf.key)]
  const isVerified = mark !== undefined && markOf(mark) !== null
  if (claim === undefined || isVerified || markEtag(claim, mark) !== etag) return null
  const notApplicable = claim.notApplicable === 1
  if ((claim.marks === null || isObserved(item.leaf.scale)) && !notApplicable) return null
  requireReasonInPlace(item, reason)
  return {
    item,
    marks: claim.marks,
    notApplicable,
    observation: null,
    follows: false,
    reason: item.insteadOf === null ? null : reason,
  }
}

/**
 * Accepts what was claimed for some leaves; what changed since it was seen, or has nothing to accept, is left as it is. Throws
 * `reason-in-place-required` where the office would accept for who is responsible without saying why.
 */
export const acceptClaims = (
  actor: Actor,
  assessmentId: string,
  { items, reason, ...asked }: z.infer<typeof acceptBody>,
): Promise<z.infer<typeof acceptedSchema>> =>
  actIn(actor, assessmentId, 'mark.accept', async (doing) => {
    const { trx, by, today, visible } = doing
    const desk = await verificationDesk(trx, visible, by, asked, today)
    const keyOf = (unitId: string, leaf: string) => JSON.stringify([unitId, leaf])
    const mine = new Map([...itemsOn(desk)].map((item) => [keyOf(item.unit.id, item.leaf.key), item]))
    const unitIds = [...new Set(items.map(({ unitId }) => unitId))]
    const standings = await standingsOf(trx, { ...desk.at.place, unitIds })
    const left: { unitId: string; leaf: string }[] = []
    const accepted: Verdict[] = []
    for (const unitId of unitIds) {
      const standing = standings.of(unitId)
      const isOpen = stepsOf(standing, desk.at).includes('verify')
      const verdicts = new Map<string, Verdict>()
      for (const { leaf, etag } of items.filter((listed) => listed.unitId === unitId)) {
        const item = mine.get(keyOf(unitId, leaf))
        const verdict =
          item && isOpen && !verdicts.has(leaf) ? acceptance(item, standing, etag, reason) : null
        if (verdict) verdicts.set(leaf, verdict)
        else left.push({ unitId, leaf })
      }
      if (verdicts.size > 0) await recordMarks(doing, desk.at, unitId, [...verdicts.values()])
      accepted.push(...verdicts.values())
    }
    const answer = { accepted: accepted.length, left }
    if (accepted.length === 0) return nothingDone(answer)
    const insteadOf = [...new Set(accepted.flatMap(({ item }) => item.insteadOf ?? []))]
    const detail = { ...asked, accepted: accepted.length, units: unitIds, reason, insteadOf }
    return done(answer, { subject: assessmentId, detail })
  })
