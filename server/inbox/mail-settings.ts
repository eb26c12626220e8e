import { z } from 'zod'
import type { Source } from '../../db/source.ts'
import { act, changeOf, done, type Actor } from '../act.ts'
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
/** Without a password the stored one stays, as long as it would go to the same place; an empty one removes it. */
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
  const hasPassword = (await readPassword({ db, dataDir })) !== null
  return { view: { ...settings, hasPassword }, etag: etagOf(settings) }
}

/** Whether a password would go to another server, another program on it, or by another name. */
const isElsewhere = (before: MailSettings, after: MailSettings): boolean =>
  (['host', 'port', 'user', 'secure'] as const).some((part) => before[part] !== after[part])

/** Changes how mail leaves; a password given for another place is forgotten. Throws what `requireMatch` throws. */
export const changeMail = (
  actor: Actor & { readonly deps: Pick<Deps, 'dataDir'> },
  { password, ...settings }: z.infer<typeof mailBody>,
  ifMatch: string | undefined,
): Promise<void> =>
  act(actor, 'mail.settings', async ({ trx }) => {
    const before = await readMailSettings(trx)
    requireMatch(ifMatch, etagOf(before))
    const given = password ?? (isElsewhere(before, settings) ? '' : undefined)
    await saveMailSettings(trx, settings)
    if (given !== undefined) await savePassword({ db: trx, dataDir: actor.deps.dataDir }, given)
    return done(undefined, {
      subject: 'smtp',
      detail: { ...changeOf({ ...before }, { ...settings }), passwordChanged: given !== undefined },
    })
  })
