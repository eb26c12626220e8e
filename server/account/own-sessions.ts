import { z } from 'zod'
import { deleteSessionOf, deleteSessionsOf, listSessionsOf } from '../../db/sessions.ts'
import { act, done } from '../act.ts'
import type { SignedInEnv } from '../http/context.ts'
import { Problem } from '../http/problem.ts'

type SignedIn = SignedInEnv['Variables']

export const ownSessionsSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      /** The one that asks. */
      current: z.boolean(),
      address: z.string(),
      client: z.string(),
      createdAt: z.string(),
      usedAt: z.string(),
      expiresAt: z.string(),
    }),
  ),
})

/** Where the caller is signed in, the session used last first. */
export async function ownSessions({
  deps,
  account,
  session,
}: SignedIn): Promise<z.infer<typeof ownSessionsSchema>> {
  const rows = await listSessionsOf(deps.db, account.id, deps.clock().toISOString())
  return {
    items: rows.map(({ id, address, client, createdAt, usedAt, expiresAt }) => ({
      id,
      current: id === session.id,
      address,
      client,
      createdAt,
      usedAt,
      expiresAt,
    })),
  }
}

/** Ends one of the caller's sessions. Throws `not-found`. */
export const endSession = (caller: SignedIn, id: string): Promise<void> =>
  act(caller, 'session.end', async ({ trx, by }) => {
    if (!(await deleteSessionOf(trx, by.id, id))) throw new Problem('not-found')
    return done(undefined, { subject: by.id, detail: { session: id } })
  })

/** Ends all of the caller's sessions but the one that asks. */
export const endOtherSessions = (caller: SignedIn): Promise<void> =>
  act(caller, 'session.end', async ({ trx, by }) => {
    await deleteSessionsOf(trx, by.id, caller.session.tokenHash)
    return done(undefined, { subject: by.id, detail: { others: true } })
  })
