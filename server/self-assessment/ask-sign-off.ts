import type { z } from 'zod'
import { insertSignOff } from '../../db/sign-offs.ts'
import type { SignOffRow } from '../../db/tables.ts'
import type { Deed } from '../access/deeds.ts'
import { visibleTo } from '../access/visibility.ts'
import { actBeside, done, stamp, type Actor } from '../act.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import type { FormAddress } from './fill-in.ts'
import { formFor, openForm } from './form.ts'
import { requireComplete } from './hand-in.ts'
import { unitWindowAt, type placeBody } from './place.ts'
import { signOffIn, signOffSteps } from './sign-off.ts'
import { requireStep, stepsOf } from './state.ts'
import type { FormStep, FormView } from './wire.ts'

type Place = z.infer<typeof placeBody>

interface Word {
  readonly deed: Deed
  readonly step: FormStep
  readonly type: SignOffRow['type']
  readonly reason: string | null
  readonly incomplete: boolean
}

/** Throws `not-found`, what `requireMatch` throws, `self-locked`, `self-incomplete` unless it may be, and `sign-off-not-possible`. */
async function say(
  actor: Actor,
  { assessmentId, unitId }: FormAddress,
  asked: Place,
  ifMatch: string | undefined,
  { deed, step, type, reason, incomplete }: Word,
): Promise<FormView> {
  await actBeside(actor, assessmentId, deed, async (doing) => {
    const { trx, by, today, visible } = doing
    const form = await openForm(trx, await unitWindowAt(trx, visible, actor, unitId, asked, today))
    const { at, standing } = form
    requireMatch(ifMatch, form.etag)
    requireStep('fill', standing, at)
    const signOff = await signOffIn(trx, at, standing)
    if (!signOffSteps(by, stepsOf(standing, at), signOff).includes(step))
      throw new Problem('sign-off-not-possible')
    if (!incomplete) requireComplete(form)
    await insertSignOff(trx, { ...at.unitPlace, type, reason, ...stamp(doing) })
    const detail = { assessment: assessmentId, ...asked, ...(reason === null ? {} : { reason }) }
    return done(undefined, { subject: unitId, detail })
  })
  return formFor(actor, await visibleTo(actor, assessmentId), unitId, asked)
}

/** Tells the head of the unit that the form is filled in 已填报，请审定. Throws what `say` throws. */
export const askSignOff = (
  actor: Actor,
  address: FormAddress,
  { incomplete, ...asked }: Place & { readonly incomplete: boolean },
  ifMatch: string | undefined,
): Promise<FormView> =>
  say(actor, address, asked, ifMatch, {
    deed: 'self.ask',
    step: 'ask',
    type: 'asked',
    reason: null,
    incomplete,
  })

/** Sends a form back to who filled it in, before it is handed in. Throws what `say` throws. */
export const declineSignOff = (
  actor: Actor,
  address: FormAddress,
  { reason, ...asked }: Place & { readonly reason: string },
  ifMatch: string | undefined,
): Promise<FormView> =>
  say(actor, address, asked, ifMatch, {
    deed: 'self.decline',
    step: 'decline',
    type: 'declined',
    reason,
    incomplete: true,
  })
