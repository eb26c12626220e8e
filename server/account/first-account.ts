import { hasAccounts, insertAccount } from '../../db/accounts.ts'
import { appendAudit } from '../../db/audit.ts'
import type { Db } from '../../db/source.ts'
import { newId } from '../../db/ids.ts'
import { hashPassword, type PasswordCost } from '../access/password.ts'
import { newSetupCode, type SetupCode } from '../access/setup-code.ts'

interface FirstStart {
  readonly adminPassword: string | null
  readonly passwordCost: PasswordCost
  readonly now: Date
}

/**
 * What a start without any account needs: the administrator `admin` when its password is given, else a one-time code for the
 * setup page. Null when people can sign in.
 */
export async function prepareFirstStart(
  db: Db,
  { adminPassword, passwordCost, now }: FirstStart,
): Promise<SetupCode | null> {
  if (await hasAccounts(db)) return null
  if (adminPassword === null) return newSetupCode()
  const passwordHash = await hashPassword(adminPassword, passwordCost)
  await db.transaction().execute(async (trx) => {
    const id = newId()
    await insertAccount(trx, {
      id,
      username: 'admin',
      name: '系统管理员',
      role: 'system',
      unitId: null,
      passwordHash,
      mustChangePassword: 0,
      disabledAt: null,
      createdAt: now.toISOString(),
    })
    await appendAudit(trx, {
      at: now.toISOString(),
      accountId: null,
      action: 'setup.unattended',
      subject: id,
      detail: { username: 'admin' },
    })
  })
  return null
}
