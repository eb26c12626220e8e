import { t } from '../i18n.ts'
import type { Session } from '../stores/session.ts'

type Profile = Session['passwordProfile']

/** Shortest password the server takes, in characters. */
const shortest: Readonly<Record<Profile, number>> = { mlps: 8, asvs: 12 }
/** Before anybody has chosen. */
export const usualProfile: Profile = 'mlps'

/** What is wrong with a new password, in words; undefined when nothing is that a page can tell: the server knows more. */
export function passwordFault(
  password: string,
  username: string,
  profile: Profile = usualProfile,
): string | undefined {
  const count = [...password].length
  const least = shortest[profile]
  if (count === 0) return t('states.required', { field: t('vocabulary.password') })
  if (count < least) return t('account.password.tooShort', { least, count })
  return password.toLowerCase() === username.toLowerCase() ? t('account.password.sameAsUsername') : undefined
}
