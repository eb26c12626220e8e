import { t } from '../../i18n.ts'

/** Characters that the server takes of a running text. */
export const longestText = 2000

/** What is wrong with a text that is too long, in words: it stays as it is, rather than being cut. */
export const tooLong = (text: string, most = longestText): string | undefined =>
  text.trim().length > most ? t('states.tooLong', { most, n: text.trim().length }) : undefined
