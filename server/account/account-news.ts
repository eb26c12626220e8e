import { z } from 'zod'
import { updateAccount } from '../../db/accounts.ts'
import { entriesAbout } from '../../db/audit-log.ts'
import type { Source } from '../../db/source.ts'
import type { AccountRow } from '../../db/tables.ts'
import type { Deed } from '../access/deeds.ts'
import { act, done } from '../act.ts'
import type { SignedInEnv } from '../http/context.ts'

/** What its owner is told that others did to an account. */
const toldDeeds = [
  'account.change',
  'account.grant',
  'account.reset',
  'account.unlock',
  'second-factor.remove',
] as const satisfies readonly Deed[]
const atOnce = 10

export const accountNewsSchema = z.array(
  z.object({
    deed: z.enum(toldDeeds),
    at: z.string(),
    /** The name of who did it; null = the server's console. */
    by: z.string().nullable(),
  }),
)

/** What others did to an account and its owner has not read yet, the last first. */
export async function newsOf(
  db: Source,
  { id, toldAt }: Pick<AccountRow, 'id' | 'toldAt'>,
): Promise<z.infer<typeof accountNewsSchema>> {
  const entries = await entriesAbout(db, id, toldDeeds, toldAt ?? '')
  return entries
    .filter(({ accountId }) => accountId !== id)
    .slice(0, atOnce)
    .flatMap(({ action, at, name }) =>
      toldDeeds.flatMap((deed) => (deed === action ? [{ deed, at, by: name }] : [])),
    )
}

/** Its owner has read what was done up to a moment, ISO in UTC. */
export const tellOwner = (
  caller: SignedInEnv['Variables'],
  { until }: { readonly until: string },
): Promise<void> =>
  act(caller, 'account.told', async ({ trx, by, at }) => {
    const toldAt = until < at ? until : at
    await updateAccount(trx, by.id, { toldAt })
    return done(undefined, { subject: by.id, detail: { until: toldAt } })
  })
