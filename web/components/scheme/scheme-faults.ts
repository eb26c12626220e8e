import {
  inject,
  onBeforeUnmount,
  provide,
  shallowReactive,
  useId,
  watchEffect,
  type ComputedRef,
  type InjectionKey,
} from 'vue'
import { checkScheme } from '#assessment/rule/check-scheme'
import type { SchemeProblem } from '#assessment/rule/scheme-problem'
import { schemeProblemWords } from '#assessment/rule/scheme-problem-words'
import type { Scheme } from '#assessment/rule/scheme'
import { language } from '../../i18n.ts'

/** What stands in a field and cannot be read: the draft still holds what stood there before. */
export interface Unread {
  readonly path: string
  readonly words: string
}
/** By field. */
export type UnreadFields = Map<string, Unread>
export const unreadFields = (): UnreadFields => shallowReactive(new Map<string, Unread>())

const key: InjectionKey<ComputedRef<readonly SchemeProblem[]>> = Symbol('scheme faults')
const unreadKey: InjectionKey<UnreadFields> = Symbol('unread fields of a scheme')

export function provideFaults(faults: ComputedRef<readonly SchemeProblem[]>, unread: UnreadFields): void {
  provide(key, faults)
  provide(unreadKey, unread)
}

/** Tells the form that a field cannot be read for as long as `words` says why, so that nobody takes the draft for sound. */
export function useUnread(path: () => string, words: () => string | null): void {
  const fields = inject(unreadKey)
  const field = useId()
  watchEffect(() => {
    const why = words()
    if (why === null) fields?.delete(field)
    else fields?.set(field, { path: path(), words: why })
  })
  onBeforeUnmount(() => fields?.delete(field))
}

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
