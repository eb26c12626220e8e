import { inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import { checkScheme } from '#assessment/rule/check-scheme'
import type { SchemeProblem } from '#assessment/rule/scheme-problem'
import { schemeProblemWords } from '#assessment/rule/scheme-problem-words'
import type { Scheme } from '#assessment/rule/scheme'
import { language } from '../../i18n.ts'

const key: InjectionKey<ComputedRef<readonly SchemeProblem[]>> = Symbol('scheme faults')

export const provideFaults = (faults: ComputedRef<readonly SchemeProblem[]>): void => provide(key, faults)

export const faultWords = ({ code }: SchemeProblem): string => schemeProblemWords[code][language()]

/** What is wrong at a place of the draft on screen, in words. */
export function useFaults(): (path: string) => string | undefined {
  const faults = inject(key)
  return (path) => {
    const fault = faults?.value.find((one) => one.path === path)
    return fault && faultWords(fault)
  }
}

/** As one types, not after a visit to the server: the engine's own check. */
export const faultsOf = (scheme: Scheme): SchemeProblem[] => checkScheme(scheme)
