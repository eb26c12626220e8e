import { z } from 'zod'
import { belongsToUnit, roles } from '#assessment/vocabulary'
import {
  findAccount,
  findAccountByUsername,
  insertAccount,
  replacePassword,
  updateAccount,
} from '../../db/accounts.ts'
import { newId } from '../../db/ids.ts'
import { deleteSessionsOf } from '../../db/sessions.ts'
import { setCalendarToken } from '../../db/reminders.ts'
import type { AccountRow } from '../../db/tables.ts'
import { findUnit } from '../../db/units.ts'
import { generatePassword, hashPassword } from '../access/password.ts'
import { act, changeOf, done, nothingDone, type Actor } from '../act.ts'
import type { Deps } from '../deps.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { id, text, username } from '../http/wire.ts'
import { accountRecord, type AccountRecord } from './account-view.ts'

type Administrator = Actor & { readonly deps: Pick<Deps, 'passwordCost'> }

export const accountBody = z.object({
  username,
  name: text(64),
  role: z.enum(roles),
  unitId: id.nullable().default(null),
})
export const accountChange = z.object({ name: text(64), disabled: z.boolean() }).partial()

/** The row of an account made at a moment. */
export const accountRow = (
  account: Pick<AccountRow, 'username' | 'name' | 'role' | 'unitId'>,
  passwordHash: string,
  createdAt: string,
  mustChangePassword: 0 | 1,
): AccountRow => ({
  id: newId(),
  username: account.username,
  name: account.name,
  role: account.role,
  unitId: account.unitId,
  passwordHash,
  mustChangePassword,
  disabledAt: null,
  createdAt,
  passwordSetAt: createdAt,
})

/** Makes an account and its first password, which nobody can read again. Throws `unit-required`, `unknown-unit` and `username-taken`. */
export async function addAccount(
  actor: Administrator,
  given: z.infer<typeof accountBody>,
): Promise<{ readonly account: AccountRecord; readonly password: string }> {
  if (belongsToUnit[given.role] && given.unitId === null) throw new Problem('unit-required')
  const password = generatePassword()
  const passwordHash = await hashPassword(password, actor.deps.passwordCost)
  const account = await act(actor, 'account.add', async ({ trx, at }) => {
    const unit =
      belongsToUnit[given.role] && given.unitId !== null ? await findUnit(trx, given.unitId) : undefined
    if (belongsToUnit[given.role] && !unit) throw new Problem('unknown-unit')
    if (await findAccountByUsername(trx, given.username)) throw new Problem('username-taken')
    const row = accountRow({ ...given, unitId: unit?.id ?? null }, passwordHash, at, 1)
    await insertAccount(trx, row)
    const { id, username, role, unitId } = row
    return done(accountRecord(row, unit?.name), { subject: id, detail: { username, role, unitId } })
  })
  return { account, password }
}

/**
 * Gives an account a new password, which nobody can read again. Every way in by the old one ends: sessions, the secret calendar address, and the lock.
 * Throws `not-found`.
 */
export async function resetPassword(actor: Administrator, accountId: string): Promise<string> {
  const password = generatePassword()
  const passwordHash = await hashPassword(password, actor.deps.passwordCost)
  await act(actor, 'account.reset', async ({ trx, at }) => {
    const changed = await replacePassword(trx, accountId, { passwordHash, mustChangePassword: 1 }, at)
    if (!changed) throw new Problem('not-found')
    await setCalendarToken(trx, changed.id, null)
    await deleteSessionsOf(trx, changed.id)
    return done(undefined, { subject: changed.id, detail: {} })
  })
  return password
}

/**
 * The way back in at the server's console: a password to be changed, which nobody can read again, no second factor, and nothing locked or signed in.
 * Gives null when there is no such account.
 */
export async function unlockAccount(
  deps: Administrator['deps'],
  username: string,
): Promise<{ readonly password: string; readonly disabled: boolean } | null> {
  const password = generatePassword()
  const passwordHash = await hashPassword(password, deps.passwordCost)
  return act({ deps, account: null }, 'account.unlock', async ({ trx, at }) => {
    const account = await findAccountByUsername(trx, username)
    if (!account) return nothingDone(null)
    await replacePassword(trx, account.id, { passwordHash, mustChangePassword: 1 }, at)
    await updateAccount(trx, account.id, { secondFactor: null, secondFactorStep: null })
    await setCalendarToken(trx, account.id, null)
    await deleteSessionsOf(trx, account.id)
    const detail = { username, secondFactor: Boolean(account.secondFactor) }
    return done({ password, disabled: account.disabledAt !== null }, { subject: account.id, detail })
  })
}

/** Renames, disables or enables an account. Throws `not-found`, what `requireMatch` throws, and `own-account`. */
export const changeAccount = (
  actor: Actor,
  accountId: string,
  { name, disabled }: z.infer<typeof accountChange>,
  ifMatch: string | undefined,
): Promise<AccountRecord> =>
  act(actor, 'account.change', async ({ trx, by, at }) => {
    const current = await findAccount(trx, accountId)
    if (!current) throw new Problem('not-found')
    const unit = current.unitId === null ? undefined : await findUnit(trx, current.unitId)
    requireMatch(ifMatch, accountRecord(current, unit?.name).etag)
    if (disabled === true && current.id === by.id) throw new Problem('own-account')
    const disabledAt =
      disabled === undefined ? current.disabledAt : disabled ? (current.disabledAt ?? at) : null
    const change = { name: name ?? current.name, disabledAt }
    const changed = await updateAccount(trx, current.id, change)
    if (disabledAt !== null) await deleteSessionsOf(trx, current.id)
    const before = { name: current.name, disabledAt: current.disabledAt }
    return done(accountRecord(changed ?? current, unit?.name), {
      subject: current.id,
      detail: changeOf(before, change),
    })
  })
