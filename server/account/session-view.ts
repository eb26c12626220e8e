import { z } from 'zod'
import { roles } from '#assessment/vocabulary'
import { findAccount } from '../../db/accounts.ts'
import { findSetting } from '../../db/settings.ts'
import { actions, actionsOf } from '../access/permissions.ts'
import { daysLeft, passwordProfiles, passwordRules } from '../access/password-rules.ts'
import type { Account, Session } from '../access/session.ts'
import type { Deps } from '../deps.ts'
import { asView, reference } from '../http/wire.ts'
import { accountNewsSchema, newsOf } from './account-news.ts'
import { isSecondFactorRequired, readSignInSettings } from './sign-in-settings.ts'

export const accountSchema = z
  .object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    role: z.enum(roles),
    unit: reference.nullable(),
    mustChangePassword: z.boolean(),
  })
  .meta({ id: 'Account' })
export const sessionSchema = z
  .object({
    account: accountSchema,
    permissions: z.array(z.enum(actions)),
    city: z.string(),
    passwordProfile: z.enum(passwordProfiles),
    /** Days until the password must be changed, once its owner is to know; else null. */
    passwordDaysLeft: z.int().nullable(),
    /** Whether one signs in with a code as well, and whether one has to. */
    secondFactor: z.object({ enrolled: z.boolean(), required: z.boolean() }),
    /** Nothing else can be done before it is set up. */
    mustEnrol: z.boolean(),
    /** What others did to the account and its owner has not read yet. */
    news: accountNewsSchema,
  })
  .meta({ id: 'Session' })

/** What the pages know about who is signed in. */
export async function sessionView(
  { db, clock }: Deps,
  account: Account,
  { mustEnrol }: Pick<Session, 'mustEnrol'> = { mustEnrol: false },
): Promise<z.infer<typeof sessionSchema>> {
  const settings = await readSignInSettings(db)
  const row = await findAccount(db, account.id)
  const left = daysLeft(settings.passwordProfile, row?.passwordSetAt, clock())
  const { notice } = passwordRules[settings.passwordProfile]
  return {
    account: asView(accountSchema, account),
    permissions: actionsOf(account.role),
    city: (await findSetting(db, 'city')) ?? '',
    passwordProfile: settings.passwordProfile,
    passwordDaysLeft: left !== null && left <= notice ? left : null,
    secondFactor: {
      enrolled: Boolean(row?.secondFactor),
      required: isSecondFactorRequired(settings, account.role),
    },
    mustEnrol,
    news: row ? await newsOf(db, row) : [],
  }
}
