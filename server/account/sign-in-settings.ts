import { z } from 'zod'
import { roles, type Role } from '#assessment/vocabulary'
import { findSetting, saveSetting } from '../../db/settings.ts'
import type { Source } from '../../db/source.ts'
import { passwordProfiles } from '../access/password-rules.ts'
import { act, changeOf, done, type Actor } from '../act.ts'
import { etagOf, requireMatch } from '../http/if-match.ts'

/** How people sign in here. */
export const signInSettings = z
  .object({
    passwordProfile: z.enum(passwordProfiles),
    /** Roles that sign in only with a second factor. */
    secondFactorRoles: z.array(z.enum(roles)).max(roles.length),
  })
  .meta({ id: 'SignInSettings' })
type SignInSettings = z.infer<typeof signInSettings>

const KEY = 'sign-in.settings'
const usual: SignInSettings = { passwordProfile: 'mlps', secondFactorRoles: [] }

export async function readSignInSettings(db: Source): Promise<SignInSettings> {
  const stored = await findSetting(db, KEY)
  return stored === undefined ? usual : signInSettings.parse(JSON.parse(stored))
}

export const isSecondFactorRequired = ({ secondFactorRoles }: SignInSettings, role: Role): boolean =>
  secondFactorRoles.includes(role)

export const signInSettingsEtag = (settings: SignInSettings): string => etagOf(settings)

/** Replaces the settings; they hold from the next sign-in on. Throws what `requireMatch` throws. */
export const changeSignInSettings = (
  actor: Actor,
  settings: SignInSettings,
  ifMatch: string | undefined,
): Promise<SignInSettings> =>
  act(actor, 'sign-in.settings', async ({ trx }) => {
    const before = await readSignInSettings(trx)
    requireMatch(ifMatch, signInSettingsEtag(before))
    const kept = {
      ...settings,
      secondFactorRoles: roles.filter((role) => settings.secondFactorRoles.includes(role)),
    }
    await saveSetting(trx, KEY, JSON.stringify(kept))
    return done(kept, { subject: KEY, detail: changeOf({ ...before }, kept) })
  })
