import type { z } from 'zod'
import { isAnswered } from '#assessment/score/self-assessment'
import { deleteDraftEvidence, insertDraftEvidence } from '../../db/drafts.ts'
import type { Evidence } from '../../db/evidence.ts'
import { newId } from '../../db/ids.ts'
import { insertClaims, insertSubmissions, insertVerifiedMarks } from '../../db/marks.ts'
import { attachToClaim, listClaimEvidence } from '../../db/self-assessments.ts'
import type { SubmissionRow } from '../../db/tables.ts'
import type { Deed } from '../access/deeds.ts'
import { verifierRights } from '../access/verifier-rights.ts'
import { visibleTo } from '../access/visibility.ts'
import { actIn, done, stamp, type Actor, type DoingIn } from '../act.ts'
import { grouped } from '../grouped.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem, problemOfParts } from '../http/problem.ts'
import type { FormAddress } from './fill-in.ts'
import { enteredIn, formFor, leavesIn, openForm, type OpenForm } from './form.ts'
import { unitWindowAt, type placeBody } from './place.ts'
import { requireStep } from './state.ts'
import type { FormView } from './wire.ts'

type Place = z.infer<typeof placeBody>

/** A step of a unit's window as somebody takes it. */
interface Step {
  readonly deed: Deed
  /** Checks and writes what goes before the step, and gives how the step is recorded. */
  readonly take: (doing: DoingIn, form: OpenForm) => Promise<SubmissionRow['type']> | SubmissionRow['type']
  readonly reason?: string
}

/**
 * Takes a step of the form as it was seen and gives the form as it is then. Throws `not-found`, what `requireMatch` throws, what the stage
 * forbids, and `self-step-not-possible`.
 */
async function takeStep(
  actor: Actor,
  { assessmentId, unitId }: FormAddress,
  asked: Place,
  ifMatch: string | undefined,
  { deed, take, reason }: Step,
): Promise<FormView> {
  await actIn(actor, assessmentId, deed, async (doing) => {
    const { trx, today, visible } = doing
    const form = await openForm(trx, await unitWindowAt(trx, visible, actor, unitId, asked, today))
    requireMatch(ifMatch, form.etag)
    const type = await take(doing, form)
    const recorded = { onDay: today, reason: reason ?? null, ...stamp(doing) }
    await insertSubmissions(trx, [{ id: newId(), ...form.at.unitPlace, type, ...recorded }])
    return done(undefined, {
      subject: unitId,
      detail: { assessment: assessmentId, ...asked, ...(reason === undefined ? {} : { reason }) },
    })
  })
  return formFor(actor, await visibleTo(actor, assessmentId), unitId, asked)
}

/** Throws `self-incomplete` with what is unanswered. */
export function requireComplete(form: OpenForm): void {
  const open = leavesIn(form.at).filter(({ key }) => !isAnswered(enteredIn(form, key)))
  if (open.length === 0) return
  throw problemOfParts('self-incomplete', open, ({ key, name }) => ({
    path: key,
    code: 'unanswered',
    message: `${key} ${name}`,
  }))
}

const isSameFiles = (now: readonly Evidence[] = [], before: readonly Evidence[] = []): boolean =>
  now.map(({ id }) => id).join() === before.map(({ id }) => id).join()

/** Claims for what changed since the last ones, each with its evidence and, for the verifier, a mark that waits. */
async function claim(doing: DoingIn, form: OpenForm): Promise<void> {
  const { trx, today } = doing
  const { standing, evidence } = form
  const claimIds = [...standing.claims.values()].map(({ id }) => id)
  const before = grouped(await listClaimEvidence(trx, claimIds), ({ claimId }) => claimId)
  const recorded = stamp(doing)
  const answers = leavesIn(form.at).map((leaf) => {
    const entered = enteredIn(form, leaf.key)
    const last = standing.claims.get(leaf.key)
    const isSame =
      last !== undefined &&
      last.marks === entered.marks &&
      (last.notApplicable === 1) === entered.notApplicable &&
      last.note === entered.note &&
      isSameFiles(evidence.get(leaf.key), before.get(last.id))
    return { leaf, entered, isSame }
  })
  const claims = answers
    .filter(({ isSame }) => !isSame)
    .map(({ leaf, entered }) => ({
      id: newId(),
      ...form.at.unitPlace,
      leaf: leaf.key,
      marks: entered.marks,
      notApplicable: entered.notApplicable ? 1 : 0,
      note: entered.note,
      ...recorded,
    }))
  const waiting = answers
    .filter(({ leaf, isSame }) => !isSame || !standing.marks.has(leaf.key))
    .map(({ leaf }) => ({
      id: newId(),
      ...form.at.unitPlace,
      leaf: leaf.key,
      fullMarks: leaf.full,
      marks: null,
      notApplicable: 0,
      reason: null,
      onDay: today,
      importId: null,
      ...recorded,
    }))
  await insertClaims(trx, claims)
  await insertVerifiedMarks(trx, waiting)
  for (const { id, leaf } of claims) {
    const files = evidence.get(leaf) ?? []
    for (const [index, attached] of (await attachToClaim(trx, id, files)).entries()) {
      const meant = files[index]?.id ?? attached
      if (meant === attached) continue
      await deleteDraftEvidence(trx, meant)
      await insertDraftEvidence(trx, { evidenceId: attached, ...form.at.unitPlace, leaf })
    }
  }
}

/** Hands a form in, or in again after a return. Throws what `takeStep` throws, and `self-incomplete` unless it may be. */
export const handIn = (
  actor: Actor,
  address: FormAddress,
  { incomplete, ...asked }: Place & { readonly incomplete: boolean },
  ifMatch: string | undefined,
): Promise<FormView> =>
  takeStep(actor, address, asked, ifMatch, {
    deed: 'self.submit',
    take: async (doing, form) => {
      requireStep('submit', form.standing, form.at)
      if (!incomplete) requireComplete(form)
      await claim(doing, form)
      return form.standing.state === 'returned' ? 'resubmitted' : 'submitted'
    },
  })

/** Takes a form back until its verification starts. Throws what `takeStep` throws. */
export const withdraw = (
  actor: Actor,
  address: FormAddress,
  asked: Place,
  ifMatch: string | undefined,
): Promise<FormView> =>
  takeStep(actor, address, asked, ifMatch, {
    deed: 'self.withdraw',
    take: (_, form) => {
      requireStep('withdraw', form.standing, form.at)
      return 'withdrawn'
    },
  })

/** Throws `own-unit-verification` or `area-not-yours` when the actor verifies nothing of the form. */
function requireVerifier({ by }: DoingIn, { at: { visible, unit, areas } }: OpenForm): void {
  const { refusal } = verifierRights(visible, by)
  const refusals = new Set(areas.map(({ responsible }) => refusal(responsible, unit.id)))
  if (refusals.has(null)) return
  const isOwn = refusals.has('own-unit-verification')
  throw new Problem(isOwn ? 'own-unit-verification' : 'area-not-yours', {
    params: { responsible: [...new Set(areas.map((area) => area.responsible ?? ''))].join('、') },
  })
}

/** Sends a form back with a comment. Throws what `takeStep` throws, and `own-unit-verification` and `area-not-yours`. */
export const sendBack = (
  actor: Actor,
  address: FormAddress,
  { reason, ...asked }: Place & { readonly reason: string },
  ifMatch: string | undefined,
): Promise<FormView> =>
  takeStep(actor, address, asked, ifMatch, {
    deed: 'self.return',
    reason,
    take: (doing, form) => {
      if (actor.scope !== 'assessing-unit') requireVerifier(doing, form)
      requireStep('return', form.standing, form.at)
      return 'returned'
    },
  })
