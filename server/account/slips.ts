import { z } from 'zod'
import { roles } from '#assessment/vocabulary'
import { findAccount, findAccountByUsername, replacePassword, updateAccount } from '../../db/accounts.ts'
import { setCalendarToken } from '../../db/reminders.ts'
import { deleteSessionsOf } from '../../db/sessions.ts'
import type { AccountRow } from '../../db/tables.ts'
import { findUnit } from '../../db/units.ts'
import { generatePassword, hashPassword } from '../access/password.ts'
import { act, done, nothingDone, type Actor, type Doing } from '../act.ts'
import type { Deps } from '../deps.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { id } from '../http/wire.ts'
import { recordOf } from './account-view.ts'
import { granted, grantOf } from './new-account.ts'

type Administrator = Actor & { readonly deps: Pick<Deps, 'passwordCost'> }

/** What the owner of an account is handed, once: a password with which one can do nothing but choose another. */
export const slipSchema = z
  .object({
    username: z.string(),
    name: z.string(),
    role: z.enum(roles),
    unit: z.string().nullable(),
    password: z.string(),
  })
  .meta({ id: 'Slip' })
export type Slip = z.infer<typeof slipSchema>

/** Which accounts are granted, as they were read. */
export const grantBody = z.object({
  accounts: z
    .array(z.object({ id, etag: z.string().max(64) }))
    .min(1)
    .max(500),
})

/** A password to hand over; nobody can read it again from its hash. */
export interface OneTime {
  readonly password: string
  readonly passwordHash: string
}

export async function newOneTime({ passwordCost }: Pick<Deps, 'passwordCost'>): Promise<OneTime> {
  const password = generatePassword()
  return { password, passwordHash: await hashPassword(password, passwordCost) }
}

/** The slip of an account. */
export const slipOf = (
  { username, name, role }: AccountRow,
  unit: string | undefined,
  { password }: OneTime,
): Slip => ({ username, name, role, unit: unit ?? null, password })

/** Puts a password for one time in the place of the old one. Every way in by that ends: sessions, the secret calendar address, and the lock. */
async function handOut(
  { trx, at }: Doing<unknown>,
  accountId: string,
  { passwordHash }: OneTime,
): Promise<void> {
  await replacePassword(trx, accountId, { passwordHash, mustChangePassword: 1 }, at)
  await setCalendarToken(trx, accountId, null)
  await deleteSessionsOf(trx, accountId)
}

async function foundOther({ trx, by }: Doing, accountId: string): Promise<AccountRow> {
  const found = await findAccount(trx, accountId)
  if (!found) throw new Problem('not-found')
  if (found.id === by.id) throw new Problem('own-account')
  return found
}

const unitName = async ({ trx }: Doing, { unitId }: AccountRow): Promise<string | undefined> =>
  unitId === null ? undefined : (await findUnit(trx, unitId))?.name

/**
 * Grants accounts the roles that the system administrator made them for, all or none, and gives their slips. Throws `not-found`, `own-account`,
 * `granted-already`, and `stale` where one is no longer what was read.
 */
export async function grantAccounts(
  actor: Administrator,
  { accounts }: z.infer<typeof grantBody>,
): Promise<Slip[]> {
  const wanted: (z.infer<typeof grantBody>['accounts'][number] & OneTime)[] = []
  for (const account of accounts) wanted.push({ ...account, ...(await newOneTime(actor.deps)) })
  return act(actor, 'account.grant', async (doing) => {
    const { trx, by, at } = doing
    const slips: Slip[] = []
    const rows: AccountRow[] = []
    for (const each of wanted) {
      const found = await foundOther(doing, each.id)
      requireMatch(each.etag, (await recordOf(trx, found)).etag)
      if (!found.awaitsGrantSince) throw new Problem('granted-already')
      const row = granted(found, at, by.id)
      const { awaitsGrantSince, grantedAt, grantedBy } = row
      await handOut(doing, row.id, each)
      await updateAccount(trx, row.id, { awaitsGrantSince, grantedAt, grantedBy })
      rows.push(row)
      slips.push(slipOf(row, await unitName(doing, row), each))
    }
    const [first, ...more] = rows.map(grantOf)
    return first ? done(slips, first, ...more) : nothingDone(slips)
  })
}

/** Gives an account a new slip; its owner is told. Throws `not-found`, `own-account` and `not-granted`. */
export async function resetPassword(actor: Administrator, accountId: string): Promise<Slip> {
  const oneTime = await newOneTime(actor.deps)
  return act(actor, 'account.reset', async (doing) => {
    const row = await foundOther(doing, accountId)
    if (row.awaitsGrantSince) throw new Problem('not-granted')
    await handOut(doing, row.id, oneTime)
    const slip = slipOf(row, await unitName(doing, row), oneTime)
    return done(slip, { subject: row.id, detail: { username: row.username } })
  })
}

/**
 * The way back in at the server's console: a password for one time, no second factor, and nothing locked or signed in. Gives the account as it was,
 * null when there is none.
 */
export async function unlockAccount(
  deps: Administrator['deps'],
  username: string,
): Promise<{ readonly password: string; readonly account: AccountRow } | null> {
  const oneTime = await newOneTime(deps)
  return act({ deps, account: null }, 'account.unlock', async (doing) => {
    const account = await findAccountByUsername(doing.trx, username)
    if (!account) return nothingDone(null)
    await handOut(doing, account.id, oneTime)
    await updateAccount(doing.trx, account.id, { secondFactor: null, secondFactorStep: null })
    const detail = { username, secondFactor: Boolean(account.secondFactor) }
    return done({ password: oneTime.password, account }, { subject: account.id, detail })
  })
}
