import { z } from 'zod'
import { roles } from '#assessment/vocabulary'
import { findSetting } from '../../db/settings.ts'
import { actions, actionsOf } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import type { Deps } from '../deps.ts'
import { asView, reference } from '../http/wire.ts'

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
  .object({ account: accountSchema, permissions: z.array(z.enum(actions)), city: z.string() })
  .meta({ id: 'Session' })

/** What the pages know about who is signed in. */
export async function sessionView({ db }: Deps, account: Account): Promise<z.infer<typeof sessionSchema>> {
  return {
    account: asView(accountSchema, account),
    permissions: actionsOf(account.role),
    city: (await findSetting(db, 'city')) ?? '',
  }
}
