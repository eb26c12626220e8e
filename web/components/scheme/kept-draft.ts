import type { Scheme } from '#assessment/rule/scheme'
import { keptValue } from '../../composables/kept-value.ts'
import { faultsOf } from './scheme-faults.ts'

/** A draft that never reached the server, kept in this browser under the account that typed it; null when it is no scheme any more. */
export function keptDraft(accountId: string, schemeId: string) {
  const kept = keptValue<Scheme>(`draft.${accountId}.scheme.${schemeId}`)
  function read(): Scheme | null {
    try {
      const scheme = kept.read()
      if (scheme !== null) faultsOf(scheme)
      return scheme
    } catch {
      return null
    }
  }
  return { ...kept, read }
}
