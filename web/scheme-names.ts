import { shallowRef } from 'vue'
import { language } from './i18n.ts'

const english = shallowRef<Readonly<Record<string, string>>>({})

/** The English words that the scheme on screen gives for its names. */
export function takeSchemeNames(words: Readonly<Record<string, string>>): void {
  english.value = words
}

/** A name of the scheme in the language on screen; in English as the scheme gives it, else as it stands. */
export const named = (name: string): string => (language() === 'en' ? (english.value[name] ?? name) : name)

/** Names that stand together as `PART·WINDOW` or `KIND·SEVERITY`, each as `named` gives it. */
export const namedParts = (names: string): string => names.split('·').map(named).join('·')
