import { createI18n } from 'vue-i18n'
import { languages, type Language } from '#assessment/language'
import { en } from './locales/en.ts'
import { zhCN } from './locales/zh-CN.ts'

type KeyOf<Part, Prefix extends string = ''> = {
  [Name in keyof Part & string]: Part[Name] extends string
    ? `${Prefix}${Name}`
    : KeyOf<Part[Name], `${Prefix}${Name}.`>
}[keyof Part & string]

/** Every text there is, as `section.name`; a wrong one does not compile. */
export type MessageKey = KeyOf<typeof zhCN>

const storageKey = 'zhengheng.language'

function storedLanguage(): Language {
  const stored = localStorage.getItem(storageKey)
  return languages.find((language) => language === stored) ?? 'zh-CN'
}

export const i18n = createI18n({
  legacy: false,
  locale: storedLanguage(),
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN, en },
})

/** The language on screen; reading it in a template or a computed value follows its changes. */
export const language = (): Language => i18n.global.locale.value

export function setLanguage(next: Language): void {
  i18n.global.locale.value = next
  localStorage.setItem(storageKey, next)
  document.documentElement.lang = next
}

/**
 * The text of a key in the language on screen. `{name}` takes `values.name`; where the English text has a
 * singular and a plural (`one unit | {n} units`), `values.n` chooses.
 */
export function t(key: MessageKey, values: Record<string, string | number> = {}): string {
  return typeof values.n === 'number' ? i18n.global.t(key, values, values.n) : i18n.global.t(key, values)
}
