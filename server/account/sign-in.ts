import { findAccountByUsername, takeStep, updateAccount, works } from '../../db/accounts.ts'
import { deleteExpiredSessions, deleteOldestSessionsOf, deleteSession } from '../../db/sessions.ts'
import type { AccountRow } from '../../db/tables.ts'
import { findUnit } from '../../db/units.ts'
import { addressGroup } from '../access/address-group.ts'
import { checkNothing, passwordMatches } from '../access/password.ts'
import { daysLeft } from '../access/password-rules.ts'
import { accountOf, createSession, type Account, type Origin } from '../access/session.ts'
import type { Verdict } from '../access/sign-in-attempts.ts'
import { act, done } from '../act.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv, SignedInEnv } from '../http/context.ts'
import { Problem } from '../http/problem.ts'
import type { ProblemCode } from '../http/problems/texts.ts'
import { checkCode } from './second-factor.ts'
import { isSecondFactorRequired, readSignInSettings } from './sign-in-settings.ts'

type SignedIn = SignedInEnv['Variables']

interface Credentials {
  readonly username: string
  readonly password: string
  readonly otp?: string | undefined
}

type Checked =
  | { readonly verdict: 'right'; readonly row: AccountRow; readonly step: number | null }
  | { readonly verdict: Exclude<Verdict, 'right'>; readonly problem: ProblemCode }

async function check(
  deps: Deps,
  account: AccountRow | undefined,
  given: Credentials,
  asker: string,
): Promise<Checked> {
  const matches = account
    ? await passwordMatches(account.passwordHash, given.password, asker)
    : await checkNothing(given.password, deps.passwordCost, asker)
  if (!account || !matches || !works(account)) return { verdict: 'wrong', problem: 'sign-in-failed' }
  if (!account.secondFactor) return { verdict: 'right', row: account, step: null }
  if (given.otp === undefined) return { verdict: 'unfinished', problem: 'second-factor' }
  const step = await checkCode(deps, account, given.otp)
  if (step === null) return { verdict: 'wrong', problem: 'second-factor-wrong' }
  return { verdict: 'right', row: account, step }
}

/** The account behind a name and password. Throws `locked`, `too-many-sign-ins`, and what is wrong with them. */
async function checked(
  deps: Deps,
  { address }: Origin,
  given: Credentials,
): Promise<Extract<Checked, { verdict: 'right' }>> {
  const { username } = given
  const account = await findAccountByUsername(deps.db, username)
  const from = { address: addressGroup(address), username, credential: account?.passwordSetAt ?? '' }
  const result = await deps.attempts.attempt(from, () =>
    check(deps, account, given, `${username} ${from.address}`),
  )
  if ('problem' in result) throw new Problem(result.problem)
  return result
}

/** How many sessions a person may have at once; another one ends the one used longest ago. */
const mostSessions = 20

/** Begins a session of somebody who proved who they are; `by` is how. Throws `second-factor-wrong` where a code was taken meanwhile. */
export async function beginSession(
  deps: Deps,
  row: AccountRow,
  origin: Origin,
  { by, step }: { readonly by: 'password' | 'single-sign-on'; readonly step: number | null },
): Promise<{ readonly account: Account; readonly token: string }> {
  const settings = await readSignInSettings(deps.db)
  const left = by === 'password' ? daysLeft(settings.passwordProfile, row.passwordSetAt, deps.clock()) : null
  const isOld = left !== null && left <= 0
  const mustEnrol = by === 'password' && !row.secondFactor && isSecondFactorRequired(settings, row.role)
  const token = await act(
    { deps, account: row, address: origin.address },
    'session.sign-in',
    async ({ trx, at }) => {
      await updateAccount(trx, row.id, { lastSignInAt: at, ...(isOld ? { mustChangePassword: 1 } : {}) })
      if (step !== null && !(await takeStep(trx, row.id, step))) throw new Problem('second-factor-wrong')
      await deleteExpiredSessions(trx, at)
      await deleteOldestSessionsOf(trx, row.id, mostSessions - 1)
      const token = await createSession(trx, row.id, new Date(at), { ...origin, mustEnrol })
      return done(token, { subject: row.id, detail: { by } })
    },
  )
  const unit = row.unitId === null ? undefined : await findUnit(deps.db, row.unitId)
  const mustChangePassword = isOld ? 1 : row.mustChangePassword
  return { account: accountOf({ ...row, mustChangePassword, unitName: unit?.name }), token }
}

/** Begins a session. Throws `locked`, `too-many-sign-ins`, `sign-in-failed`, `second-factor` and `second-factor-wrong`. */
export async function signIn(
  { deps, requestId }: AppEnv['Variables'],
  origin: Origin,
  given: Credentials,
): Promise<{ readonly account: Account; readonly token: string }> {
  const { row, step } = await checked(deps, origin, given).catch((reason: unknown) => {
    deps.log.warn({ requestId, code: reason instanceof Problem ? reason.code : undefined }, 'sign-in failed')
    throw reason
  })
  return beginSession(deps, row, origin, { by: 'password', step })
}

export const signOut = (caller: SignedIn): Promise<void> =>
  act(caller, 'session.sign-out', async ({ trx, by }) => {
    await deleteSession(trx, caller.session.tokenHash)
    return done(undefined, { subject: by.id, detail: {} })
  })
