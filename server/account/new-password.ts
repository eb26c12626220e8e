import { listEarlierPasswords } from '../../db/accounts.ts'
import { findSetting } from '../../db/settings.ts'
import type { AccountRow } from '../../db/tables.ts'
import { findUnit } from '../../db/units.ts'
import { passwordMatches } from '../access/password.ts'
import {
  faultsOfPassword,
  passwordFaultWords,
  passwordRules,
  type PasswordFault,
} from '../access/password-rules.ts'
import type { Deps } from '../deps.ts'
import { Problem, problemOfParts } from '../http/problem.ts'
import { readSignInSettings } from './sign-in-settings.ts'

const refusal = (faults: readonly PasswordFault[]): Problem =>
  problemOfParts('password-unfit', faults, (code, language) => ({
    path: 'next',
    code,
    message: passwordFaultWords[code][language],
  }))

/** Words that say whose or what this is, wherever it runs. */
const everybodys = ['zhengheng', '政衡']

async function wasUsed(
  deps: Pick<Deps, 'db'>,
  account: AccountRow,
  password: string,
  most: number,
): Promise<boolean> {
  const hashes = [account.passwordHash, ...(await listEarlierPasswords(deps.db, account.id, most - 1))]
  for (const hash of hashes.slice(0, most)) if (await passwordMatches(hash, password, account.id)) return true
  return false
}

/** Throws `same-password`, and `password-unfit` when the rules of this place keep the password from its owner. */
export async function requireNewPassword(
  deps: Pick<Deps, 'db'>,
  account: AccountRow,
  password: string,
): Promise<void> {
  if (await passwordMatches(account.passwordHash, password, account.id)) throw new Problem('same-password')
  const { passwordProfile } = await readSignInSettings(deps.db)
  const unit = account.unitId === null ? undefined : await findUnit(deps.db, account.unitId)
  const words = [account.username, account.name, unit?.name, await findSetting(deps.db, 'city')]
  const ownWords = [...words, ...everybodys].filter((word) => word !== undefined)
  const faults = await faultsOfPassword(password, passwordProfile, ownWords)
  if (faults.length > 0) throw refusal(faults)
  if (await wasUsed(deps, account, password, passwordRules[passwordProfile].barred))
    throw refusal(['used-before'])
}
