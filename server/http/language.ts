import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { languages, type Language } from '#assessment/language'

const spoken: Readonly<Record<string, Language>> = { zh: 'zh-CN', en: 'en' }

/** The language a person prefers most among those we have, from the Accept-Language header; Chinese without one. */
export const preferredLanguage = (c: Context): Language =>
  accepts(c, {
    header: 'Accept-Language',
    supports: [...languages],
    default: languages[0],
    match: (ranges, { default: otherwise }) =>
      ranges
        .filter(({ q }) => q > 0)
        .sort((a, b) => b.q - a.q)
        .map(({ type }) => spoken[type.toLowerCase().split('-')[0] ?? ''])
        .find((language) => language !== undefined) ?? otherwise,
  }) as Language
