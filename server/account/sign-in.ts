import { findAccountByUsername, updateAccount } from '../../db/accounts.ts'
import { deleteExpiredSessions, deleteSession, deleteSessionsOf } from '../../db/sessions.ts'
import {
  clearSignInFailures,
  deleteSignInFailuresBefore,
  insertSignInFailure,
  listSignInFailures,
} from '../../db/sign-in-failures.ts'
import type { AccountRow } from '../../db/tables.ts'
import { findUnit } from '../../db/units.ts'
import { checkNothing, hashPassword, passwordMatches } from '../access/password.ts'
import { accountOf, createSession, type Account } from '../access/session.ts'
import { lockedFor, lockWindow } from '../access/sign-in-lock.ts'
import { act, done, unrecorded } from '../act.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv, SignedInEnv } from '../http/context.ts'
import { Problem } from '../http/problem.ts'

type SignedIn = SignedInEnv['Variables']

/** Counts an attempt as failed until it succeeds, so that attempts side by side cannot outrun the lock. Throws `locked`. */
async function countAttempt(deps: Deps, username: string): Promise<void> {
  const minutes = await unrecorded({ deps, account: null }, async ({ trx, at }) => {
    const now = new Date(at)
    const since = new Date(now.getTime() - lockWindow).toISOString()
    await deleteSignInFailuresBefore(trx, since)
    const locked = lockedFor(await listSignInFailures(trx, username, since), now)
    if (locked === 0) await insertSignInFailure(trx, username, at)
    return locked
  })
  if (minutes > 0)
    throw new Problem('locked', { params: { minutes }, headers: { 'retry-after': String(minutes * 60) } })
}

async function checkedAccount(deps: Deps, username: string, password: string): Promise<AccountRow | null> {
  await countAttempt(deps, username)
  const account = await findAccountByUsername(deps.db, username)
  const matches = account
    ? await passwordMatches(account.passwordHash, password)
    : await checkNothing(password, deps.passwordCost)
  return account && matches && account.disabledAt === null ? account : null
}

/** Begins a session. Throws `locked` and `sign-in-failed`. */
export async function signIn(
  { deps, requestId }: AppEnv['Variables'],
  username: string,
  password: string,
): Promise<{ readonly account: Account; readonly token: string }> {
  const row = await checkedAccount(deps, username, password)
  if (!row) {
    deps.log.warn({ requestId }, 'sign-in failed')
    throw new Problem('sign-in-failed')
  }
  const token = await act({ deps, account: row }, 'session.sign-in', async ({ trx, at }) => {
    await clearSignInFailures(trx, username)
    await deleteExpiredSessions(trx, at)
    return done(await createSession(trx, row.id, new Date(at)), { subject: row.id, detail: {} })
  })
  const unit = row.unitId === null ? undefined : await findUnit(deps.db, row.unitId)
  return { account: accountOf({ ...row, unitName: unit?.name }), token }
}

export const signOut = (caller: SignedIn): Promise<void> =>
  act(caller, 'session.sign-out', async ({ trx, by }) => {
    await deleteSession(trx, caller.tokenHash)
    return done(undefined, { subject: by.id, detail: {} })
  })

/** Gives oneself another password; every other session of one's own ends. Throws `locked`, `wrong-password` and `same-password`. */
export async function changePassword(
  caller: SignedIn,
  { current, next }: { readonly current: string; readonly next: string },
): Promise<void> {
  const { deps, account, tokenHash } = caller
  if (!(await checkedAccount(deps, account.username, current))) throw new Problem('wrong-password')
  if (current === next) throw new Problem('same-password')
  const passwordHash = await hashPassword(next, deps.passwordCost)
  await act(caller, 'account.password', async ({ trx }) => {
    await updateAccount(trx, account.id, { passwordHash, mustChangePassword: 0 })
    await clearSignInFailures(trx, account.username)
    await deleteSessionsOf(trx, account.id, tokenHash)
    return done(undefined, { subject: account.id, detail: {} })
  })
}
