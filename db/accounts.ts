import type { Transaction, Updateable } from 'kysely'
import type { Role } from '#assessment/vocabulary'
import { isSqlite } from './dialect.ts'
import type { Source } from './source.ts'
import type { AccountRow, Tables } from './tables.ts'

/** By username. */
export const listAccounts = (db: Source): Promise<AccountRow[]> =>
  db.selectFrom('accounts').selectAll().orderBy('username').execute()

export const findAccount = (db: Source, id: string): Promise<AccountRow | undefined> =>
  db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()

export const findAccountByUsername = (db: Source, username: string): Promise<AccountRow | undefined> =>
  db.selectFrom('accounts').selectAll().where('username', '=', username).executeTakeFirst()

/** Whether an account works: its role is granted, and it is not disabled. */
export const works = ({ disabledAt, awaitsGrantSince }: AccountRow): boolean =>
  disabledAt === null && !awaitsGrantSince

/** Ids of the units for which somebody of a role works. */
export async function unitsWithWorking(db: Source, role: Role): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('accounts')
    .select('unitId')
    .distinct()
    .where('role', '=', role)
    .where('disabledAt', 'is', null)
    .where('awaitsGrantSince', 'is', null)
    .execute()
  return new Set(rows.flatMap(({ unitId }) => unitId ?? []))
}

/** The accounts of a role that work, by id. Changes of them wait for this transaction. */
export const holdWorking = (trx: Transaction<Tables>, role: Role): Promise<AccountRow[]> =>
  trx
    .selectFrom('accounts')
    .selectAll()
    .where('role', '=', role)
    .where('disabledAt', 'is', null)
    .where('awaitsGrantSince', 'is', null)
    .orderBy('id')
    .$if(!isSqlite(trx), (query) => query.forUpdate())
    .execute()

/** Whether anyone can sign in yet; setup is needed while nobody can. */
export async function hasAccounts(db: Source): Promise<boolean> {
  return (await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) !== undefined
}

export async function insertAccount(trx: Transaction<Tables>, row: AccountRow): Promise<void> {
  await trx.insertInto('accounts').values(row).execute()
}

/** The changed row, or undefined when there is none. */
export const updateAccount = (
  trx: Transaction<Tables>,
  id: string,
  change: Omit<Updateable<AccountRow>, 'id' | 'username' | 'createdAt'>,
): Promise<AccountRow | undefined> =>
  trx.updateTable('accounts').set(change).where('id', '=', id).returningAll().executeTakeFirst()

export type AccountNames = ReadonlyMap<
  string,
  { readonly name: string; readonly unit: string | null; readonly unitId: string | null }
>

/** Names and units of accounts, for saying who did what. */
export async function namesOf(db: Source, accountIds: readonly (string | null)[]): Promise<AccountNames> {
  const ids = [...new Set(accountIds.filter((id) => id !== null))]
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('accounts')
    .leftJoin('units', 'units.id', 'accounts.unitId')
    .select(['accounts.id', 'accounts.name', 'accounts.unitId', 'units.name as unit'])
    .where('accounts.id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, ...who }) => [id, who]))
}

/** The hashes of the passwords that an account had before, the last one first. */
export async function listEarlierPasswords(db: Source, accountId: string, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom('earlierPasswords')
    .select('passwordHash')
    .where('accountId', '=', accountId)
    .orderBy('replacedAt', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ passwordHash }) => passwordHash)
}

/** Keeps others from changing an account until the transaction ends, and gives it as it is then. */
export function holdAccount(trx: Transaction<Tables>, accountId: string): Promise<AccountRow | undefined> {
  const asked = trx.selectFrom('accounts').selectAll().where('id', '=', accountId)
  return (isSqlite(trx) ? asked : asked.forUpdate()).executeTakeFirst()
}

/** Gives an account another password and remembers the one before; the changed row, or undefined when there is none. `at` is an ISO moment in UTC. */
export async function replacePassword(
  trx: Transaction<Tables>,
  accountId: string,
  change: Pick<AccountRow, 'passwordHash' | 'mustChangePassword'>,
  at: string,
): Promise<AccountRow | undefined> {
  const before = await findAccount(trx, accountId)
  if (!before) return undefined
  await trx
    .insertInto('earlierPasswords')
    .values({ accountId, replacedAt: at, passwordHash: before.passwordHash })
    .onConflict((conflict) => conflict.columns(['accountId', 'replacedAt']).doNothing())
    .execute()
  return updateAccount(trx, accountId, { ...change, passwordSetAt: at })
}

/** Notes the time step of a code; false when this or a later one was taken before, also side by side. */
export async function takeStep(trx: Transaction<Tables>, accountId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('accounts')
    .set({ secondFactorStep: step })
    .where('id', '=', accountId)
    .where((row) => row.or([row('secondFactorStep', 'is', null), row('secondFactorStep', '<', step)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
