import { z } from 'zod'
import { findReminders, setCalendarToken, setEmail } from '../../db/reminders.ts'
import { newToken, tokenHash } from '../access/session-token.ts'
import { act, done, type Actor } from '../act.ts'
import { etagOf, requireMatch } from '../http/if-match.ts'

export const remindersSchema = z.object({ email: z.string().nullable(), calendar: z.boolean() })
type Reminders = z.infer<typeof remindersSchema>

/** Changes with the address that one is written to at. */
export const remindersEtag = ({ email }: Reminders): string => etagOf(email)

/** Gives the actor a secret calendar address instead of any before; it is told now and never again. */
export const renewCalendar = (actor: Actor): Promise<string> =>
  act(actor, 'calendar.renew', async ({ trx, by }) => {
    const token = newToken()
    await setCalendarToken(trx, by.id, tokenHash(token))
    return done(`/api/calendar/${token}.ics`, { subject: by.id, detail: {} })
  })

/** Makes the actor's calendar address useless. */
export const revokeCalendar = (actor: Actor): Promise<void> =>
  act(actor, 'calendar.revoke', async ({ trx, by }) => {
    await setCalendarToken(trx, by.id, null)
    return done(undefined, { subject: by.id, detail: {} })
  })

/** Sets where the actor is written to; null = nowhere. Throws what `requireMatch` throws. */
export const changeEmail = (
  actor: Actor,
  email: string | null,
  ifMatch: string | undefined,
): Promise<Reminders> =>
  act(actor, 'email.set', async ({ trx, by }) => {
    requireMatch(ifMatch, remindersEtag(await findReminders(trx, by.id)))
    await setEmail(trx, by.id, email)
    const reminders = await findReminders(trx, by.id)
    return done(reminders, { subject: by.id, detail: { set: email !== null } })
  })
