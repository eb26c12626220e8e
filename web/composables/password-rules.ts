import { t } from '../i18n.ts'

/** Shortest password the server takes, in characters. */
const shortest = 8

/** What is wrong with a new password, in words; undefined when nothing is. */
export function passwordFault(password: string, username: string): string | undefined {
  const count = [...password].length
  if (count === 0) return t('states.required', { field: t('vocabulary.password') })
  if (count < shortest) return t('account.password.tooShort', { count })
  return password.toLowerCase() === username.toLowerCase() ? t('account.password.sameAsUsername') : undefined
}
