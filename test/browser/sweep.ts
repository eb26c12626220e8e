/** Everything is looked at, as in `npm run torture -- SEED pages`. */
export const isWhole = process.env.SWEEP === 'whole'

/**
 * Whether something is looked at in a language, by the places of both: everything is in `npm run torture`, and in `npm test` each in one of the
 * languages, in turn.
 */
export const isLookedAt = (place: number, language: number, languages: number): boolean =>
  isWhole || place % languages === language
