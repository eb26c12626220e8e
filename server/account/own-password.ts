import { findAccountByUsername, holdAccount, replacePassword } from '../../db/accounts.ts'
import { deleteSessionsOf } from '../../db/sessions.ts'
import type { AccountRow } from '../../db/tables.ts'
import { addressGroup } from '../access/address-group.ts'
import { hashPassword, passwordMatches } from '../access/password.ts'
import type { Origin } from '../access/session.ts'
import type { Verdict } from '../access/sign-in-attempts.ts'
import { act, done } from '../act.ts'
import type { SignedInEnv } from '../http/context.ts'
import { Problem } from '../http/problem.ts'
import { requireNewPassword } from './new-password.ts'

type SignedIn = SignedInEnv['Variables']

/** The caller's account, when the password is its own; attempts count like those to sign in. Throws `wrong-password`, `locked` and `too-many-sign-ins`. */
export async function requireOwnPassword(
  { deps, account }: SignedIn,
  origin: Origin,
  password: string,
): Promise<AccountRow> {
  const row = await findAccountByUsername(deps.db, account.username)
  const from = {
    address: addressGroup(origin.address),
    username: account.username,
    credential: row?.passwordSetAt ?? '',
  }
  const verdicts: Record<'true' | 'false', Verdict> = { true: 'unfinished', false: 'wrong' }
  let matches = false
  await deps.attempts.attempt(from, async () => {
    matches = row !== undefined && (await passwordMatches(row.passwordHash, password, row.id))
    return { verdict: verdicts[`${matches}`] }
  })
  if (!row || !matches) throw new Problem('wrong-password')
  return row
}

/** Gives oneself another password; every other session of one's own ends. Throws `wrong-password` and what keeps the new one out. */
export async function changePassword(
  caller: SignedIn,
  origin: Origin,
  { current, next }: { readonly current: string; readonly next: string },
): Promise<void> {
  const { deps, account, session } = caller
  const row = await requireOwnPassword(caller, origin, current)
  await requireNewPassword(deps, row, next)
  const passwordHash = await hashPassword(next, deps.passwordCost)
  await act(caller, 'account.password', async ({ trx, at }) => {
    // Of two who change it at once, as with one slip in two hands, the first one counts.
    const present = await holdAccount(trx, account.id)
    if (present?.passwordHash !== row.passwordHash) throw new Problem('wrong-password')
    await replacePassword(trx, account.id, { passwordHash, mustChangePassword: 0 }, at)
    await deleteSessionsOf(trx, account.id, session.tokenHash)
    return done(undefined, { subject: account.id, detail: {} })
  })
}
