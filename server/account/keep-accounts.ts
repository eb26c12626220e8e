import { z } from 'zod'
import { belongsToUnit, roles } from '#assessment/vocabulary'
import { findAccount, findAccountByUsername, insertAccount, updateAccount, works } from '../../db/accounts.ts'
import { setCalendarToken } from '../../db/reminders.ts'
import { deleteSessionsOf } from '../../db/sessions.ts'
import { generatePassword, hashPassword } from '../access/password.ts'
import { act, changeOf, done, type Actor } from '../act.ts'
import type { Deps } from '../deps.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { id, text, username } from '../http/wire.ts'
import { recordOf, type AccountRecord } from './account-view.ts'
import { requireAnother } from './administrators.ts'
import { additionOf, newAccount, unitFor } from './new-account.ts'

export const accountBody = z.object({
  username,
  name: text(64),
  role: z.enum(roles),
  unitId: id.nullable().default(null),
})
export const accountChange = z
  .object({ name: text(64), role: z.enum(roles), unitId: id.nullable(), disabled: z.boolean() })
  .partial()

/**
 * Makes an account, which works once the security administrator grants its role; until then it has a password that nobody knows. Throws
 * `unit-required`, `unknown-unit` and `username-taken`.
 */
export async function addAccount(
  actor: Actor & { readonly deps: Pick<Deps, 'passwordCost'> },
  given: z.infer<typeof accountBody>,
): Promise<AccountRecord> {
  const passwordHash = await hashPassword(generatePassword(), actor.deps.passwordCost)
  return act(actor, 'account.add', async ({ trx, at }) => {
    const unit = await unitFor({ trx }, given)
    if (await findAccountByUsername(trx, given.username)) throw new Problem('username-taken')
    const row = newAccount({ ...given, unitId: unit?.id ?? null }, passwordHash, at)
    await insertAccount(trx, row)
    return done(await recordOf(trx, row), additionOf(row))
  })
}

/**
 * Renames or disables an account, or enables it again or gives it another role or unit, which has to be granted anew. Throws `not-found`, what
 * `requireMatch` throws, `unit-required`, `unknown-unit`, `own-account` and `last-administrator`.
 */
export const changeAccount = (
  actor: Actor,
  accountId: string,
  given: z.infer<typeof accountChange>,
  ifMatch: string | undefined,
): Promise<AccountRecord> =>
  act(actor, 'account.change', async (doing) => {
    const { trx, by, at } = doing
    const current = await findAccount(trx, accountId)
    if (!current) throw new Problem('not-found')
    requireMatch(ifMatch, (await recordOf(trx, current)).etag)
    const role = given.role ?? current.role
    const unitId = belongsToUnit[role] ? (given.unitId ?? current.unitId) : null
    const isMoved = role !== current.role || unitId !== current.unitId
    const isRevived = given.disabled === false && current.disabledAt !== null
    const mustGrant = isMoved || isRevived
    if (isMoved) await unitFor(doing, { role, unitId })
    if ((isMoved || given.disabled === true) && current.id === by.id) throw new Problem('own-account')
    const disabledAt =
      given.disabled === undefined ? current.disabledAt : given.disabled ? (current.disabledAt ?? at) : null
    const change = {
      name: given.name ?? current.name,
      role,
      unitId,
      disabledAt,
      awaitsGrantSince: mustGrant ? at : (current.awaitsGrantSince ?? null),
      ...(mustGrant ? { grantedAt: null, grantedBy: null } : {}),
    }
    const changed = { ...current, ...change }
    if (works(current) && !works(changed)) {
      await requireAnother(doing, current)
      await deleteSessionsOf(trx, current.id)
    }
    if (isMoved) await setCalendarToken(trx, current.id, null)
    await updateAccount(trx, current.id, change)
    const { name, awaitsGrantSince = null } = current
    const before = { name, role: current.role, unitId: current.unitId, disabledAt: current.disabledAt }
    return done(await recordOf(trx, changed), {
      subject: current.id,
      detail: changeOf(
        { ...before, awaitsGrantSince },
        { ...change, awaitsGrantSince: change.awaitsGrantSince },
      ),
    })
  })
