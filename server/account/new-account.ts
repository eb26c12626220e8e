import { belongsToUnit } from '#assessment/vocabulary'
import { newId } from '../../db/ids.ts'
import type { AccountRow, UnitRow } from '../../db/tables.ts'
import { findUnit } from '../../db/units.ts'
import type { Doing, Noted } from '../act.ts'
import { Problem } from '../http/problem.ts'

/** Whose account it is to be. */
export type Person = Pick<AccountRow, 'username' | 'name' | 'role' | 'unitId'>

/** The row of an account made at a moment: it does not work until its role is granted, and its owner then chooses a password. */
export const newAccount = (
  { username, name, role, unitId }: Person,
  passwordHash: string,
  at: string,
): AccountRow => ({
  id: newId(),
  username,
  name,
  role,
  unitId,
  passwordHash,
  mustChangePassword: 1,
  disabledAt: null,
  createdAt: at,
  passwordSetAt: at,
  awaitsGrantSince: at,
})

/** The same with its role granted; `by` is null where nobody could: at the first start. */
export const granted = (row: AccountRow, at: string, by: string | null): AccountRow => ({
  ...row,
  awaitsGrantSince: null,
  grantedAt: at,
  grantedBy: by,
})

/** What the audit log says of an account that was made. */
export const additionOf = ({ id, username, role, unitId }: AccountRow): Noted => ({
  deed: 'account.add',
  subject: id,
  detail: { username, role, unitId },
})
/** What it says of its role being granted. */
export const grantOf = ({ id, username, role, unitId, grantedBy }: AccountRow): Noted => ({
  deed: 'account.grant',
  by: grantedBy ?? null,
  subject: id,
  detail: { username, role, unitId },
})

/** The unit of an account in a role, undefined where the role has none. Throws `unit-required` and `unknown-unit`. */
export async function unitFor(
  { trx }: Pick<Doing, 'trx'>,
  { role, unitId }: Pick<AccountRow, 'role' | 'unitId'>,
): Promise<UnitRow | undefined> {
  if (!belongsToUnit[role]) return undefined
  if (unitId === null) throw new Problem('unit-required')
  const unit = await findUnit(trx, unitId)
  if (!unit) throw new Problem('unknown-unit')
  return unit
}
