import type { Scheme } from '#assessment/rule/scheme'
import { faultsOf } from './scheme-faults.ts'

/** A draft that never reached the server, kept in this browser under the account that typed it. */
export function keptDraft(accountId: string, schemeId: string) {
  const key = `zhengheng.draft.${accountId}.scheme.${schemeId}`
  return {
    /** Null when there is none, or what is kept is no scheme any more. */
    read(): Scheme | null {
      try {
        const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Scheme | null
        if (kept !== null) faultsOf(kept)
        return kept
      } catch {
        return null
      }
    },
    keep(scheme: Scheme): void {
      try {
        localStorage.setItem(key, JSON.stringify(scheme))
      } catch {
        // A full store keeps the page usable; what is typed stays on screen.
      }
    },
    forget: (): void => localStorage.removeItem(key),
  }
}
