import { z } from 'zod'
import type { Source } from '../../db/source.ts'
import { act, done, type Actor } from '../act.ts'
import type { Deps } from '../deps.ts'
import { etagOf, requireMatch } from '../http/if-match.ts'
import {
  mailSettings,
  readMailSettings,
  readPassword,
  saveMailSettings,
  savePassword,
  type MailSettings,
} from '../mail/settings.ts'

export const mailSchema = mailSettings.extend({ hasPassword: z.boolean() }).meta({ id: 'MailSettings' })
/** Without a password the stored one stays; an empty one removes it. */
export const mailBody = mailSettings
  .extend({ password: z.string().max(256).optional() })
  .refine(({ enabled, host, from }) => !enabled || (host !== '' && from !== ''))

/** How mail leaves, whether there is a password, and the ETag of the settings without it. */
export async function mailView({
  db,
  dataDir,
}: {
  readonly db: Source
  readonly dataDir: string
}): Promise<{ readonly view: z.infer<typeof mailSchema>; readonly etag: string }> {
  const settings: MailSettings = await readMailSettings(db)
  const hasPassword = (await readPassword(dataDir)) !== null
  return { view: { ...settings, hasPassword }, etag: etagOf(settings) }
}

/** Changes how mail leaves. Throws what `requireMatch` throws. */
export const changeMail = (
  actor: Actor & { readonly deps: Pick<Deps, 'dataDir'> },
  { password, ...settings }: z.infer<typeof mailBody>,
  ifMatch: string | undefined,
): Promise<void> =>
  act(actor, 'mail.settings', async ({ trx }) => {
    requireMatch(ifMatch, etagOf(await readMailSettings(trx)))
    await saveMailSettings(trx, settings)
    if (password !== undefined) await savePassword(actor.deps.dataDir, password)
    return done(undefined, {
      subject: 'smtp',
      detail: { ...settings, passwordChanged: password !== undefined },
    })
  })
