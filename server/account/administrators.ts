import { administratorRoles, type AdministratorRole } from '#assessment/vocabulary'
import { findAccountByUsername, holdWorking, insertAccount } from '../../db/accounts.ts'
import { refusalOf } from '../../db/refusal.ts'
import type { Db } from '../../db/source.ts'
import type { AccountRow } from '../../db/tables.ts'
import { generatePassword, hashPassword, type PasswordCost } from '../access/password.ts'
import { act, done, nothingDone, type Doing } from '../act.ts'
import { Problem } from '../http/problem.ts'
import { additionOf, granted, newAccount } from './new-account.ts'

/** The three administrators 三员 as they are called where nobody named them otherwise. */
const administrators: Readonly<Record<AdministratorRole, Pick<AccountRow, 'username' | 'name'>>> = {
  system: { username: 'admin', name: '系统管理员' },
  security: { username: 'security', name: '安全管理员' },
  audit: { username: 'audit', name: '审计管理员' },
}
export const administratorUsernames: readonly string[] = administratorRoles.map(
  (role) => administrators[role].username,
)

type Making = Pick<Doing<null>, 'trx' | 'at'>

/** Makes an administrator whom nobody else could grant, under a number where the name is taken. */
export async function makeAdministrator(
  { trx, at }: Making,
  role: AdministratorRole,
  passwordHash: string,
): Promise<AccountRow> {
  const { username, name } = administrators[role]
  let free = username
  for (let number = 2; await findAccountByUsername(trx, free); number++) free = `${username}${number}`
  const row = granted(newAccount({ username: free, name, role, unitId: null }, passwordHash, at), at, null)
  await insertAccount(trx, row)
  return row
}

async function missingAmong(db: Db): Promise<AdministratorRole[]> {
  return db.transaction().execute(async (trx) => {
    const missing: AdministratorRole[] = []
    for (const role of administratorRoles) if ((await holdWorking(trx, role)).length === 0) missing.push(role)
    return missing
  })
}

/**
 * Makes the administrators that an installation from before the three does not have, and gives their usernames. Nobody knows their passwords:
 * `npm run unlock` prints one.
 */
export async function addMissingAdministrators(
  db: Db,
  { passwordCost, now }: { readonly passwordCost: PasswordCost; readonly now: Date },
): Promise<string[]> {
  const missing = await missingAmong(db)
  if (missing.length === 0) return []
  const passwordHash = await hashPassword(generatePassword(), passwordCost)
  const nobody = { deps: { db, clock: () => now }, account: null }
  return act(nobody, 'account.add', async (doing) => {
    const made: AccountRow[] = []
    for (const role of missing)
      if ((await holdWorking(doing.trx, role)).length === 0)
        made.push(await makeAdministrator(doing, role, passwordHash))
    const usernames = made.map(({ username }) => username)
    const [first, ...more] = made.map(additionOf)
    return first ? done(usernames, first, ...more) : nothingDone(usernames)
  }).catch((reason: unknown) => {
    // Another process starting on the same database made them.
    if (refusalOf(reason) !== 'unique') throw reason
    return []
  })
}

/** Throws `last-administrator` where an account is the only one of its administrator's role that works. */
export async function requireAnother({ trx }: Making, { id, role }: AccountRow): Promise<void> {
  if (!administratorRoles.some((each) => each === role)) return
  const working = await holdWorking(trx, role)
  if (working.every((row) => row.id === id)) throw new Problem('last-administrator')
}
