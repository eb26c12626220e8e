import { findAccount, updateAccount } from '../../db/accounts.ts'
import { changeSession } from '../../db/sessions.ts'
import type { AccountRow } from '../../db/tables.ts'
import { addressOf, newSecret, stepOfCode } from '../access/second-factor.ts'
import type { Origin } from '../access/session.ts'
import { act, done, type Actor } from '../act.ts'
import type { Deps } from '../deps.ts'
import type { SignedInEnv } from '../http/context.ts'
import { Problem } from '../http/problem.ts'
import { seal, unseal } from '../sealed.ts'
import { requireOwnPassword } from './own-password.ts'
import { isSecondFactorRequired, readSignInSettings } from './sign-in-settings.ts'

type SignedIn = SignedInEnv['Variables']
type Acting = Pick<Actor, 'deps' | 'account' | 'address'>

const purposeOf = (accountId: string): string => `second-factor ${accountId}`
const enrolmentOf = (accountId: string): string => `second-factor enrolment ${accountId}`

/** The time step of a right code, not to be taken again; null when it is wrong, was used, or the secret cannot be opened. */
export async function checkCode(
  { dataDir, clock }: Pick<Deps, 'dataDir' | 'clock'>,
  { id, secondFactor, secondFactorStep }: AccountRow,
  code: string,
): Promise<number | null> {
  const secret = secondFactor ? await unseal(dataDir, purposeOf(id), secondFactor) : null
  return secret === null ? null : stepOfCode(secret, code, clock(), secondFactorStep ?? null)
}

/** A new secret for one's own authenticator app; nothing is kept until a code made with it comes back. Throws `wrong-password`. */
export async function beginEnrolment(caller: SignedIn, origin: Origin, password: string) {
  const { deps, account } = caller
  const row = await requireOwnPassword(caller, origin, password)
  if (row.secondFactor) throw new Problem('second-factor-there')
  const secret = newSecret()
  return {
    secret,
    address: addressOf(secret, account.username),
    enrolment: await seal(deps.dataDir, enrolmentOf(account.id), secret),
  }
}

/** From now on one signs in with a code as well. Throws `second-factor-wrong` and `second-factor-there`. */
export async function enrol(
  caller: SignedIn,
  { enrolment, otp }: { readonly enrolment: string; readonly otp: string },
): Promise<void> {
  const { deps, account, session } = caller
  const secret = await unseal(deps.dataDir, enrolmentOf(account.id), enrolment)
  const step = secret === null ? null : stepOfCode(secret, otp, deps.clock(), null)
  if (secret === null || step === null) throw new Problem('second-factor-wrong')
  const secondFactor = await seal(deps.dataDir, purposeOf(account.id), secret)
  await act(caller, 'second-factor.enrol', async ({ trx }) => {
    if ((await findAccount(trx, account.id))?.secondFactor) throw new Problem('second-factor-there')
    await updateAccount(trx, account.id, { secondFactor, secondFactorStep: step })
    await changeSession(trx, session.tokenHash, { mustEnrol: 0 })
    return done(undefined, { subject: account.id, detail: {} })
  })
}

/** One signs in without a code again. Throws `wrong-password`, and `second-factor-required` where the role may not. */
export async function removeOwnFactor(caller: SignedIn, origin: Origin, password: string): Promise<void> {
  await requireOwnPassword(caller, origin, password)
  const { deps, account } = caller
  if (isSecondFactorRequired(await readSignInSettings(deps.db), account.role))
    throw new Problem('second-factor-required')
  await removeFactor(caller, account.id)
}

/** Takes the second factor of somebody else away, e.g. who lost the phone. Throws `not-found` and `own-account`. */
export async function removeFactorOf(actor: Acting, accountId: string): Promise<void> {
  if (accountId === actor.account.id) throw new Problem('own-account')
  await removeFactor(actor, accountId)
}

const removeFactor = (actor: Acting, accountId: string): Promise<void> =>
  act(actor, 'second-factor.remove', async ({ trx }) => {
    const changed = await updateAccount(trx, accountId, { secondFactor: null, secondFactorStep: null })
    if (!changed) throw new Problem('not-found')
    return done(undefined, { subject: accountId, detail: {} })
  })
