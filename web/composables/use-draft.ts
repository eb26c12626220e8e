import { watchIgnorable } from '@vueuse/core'
import { reactive } from 'vue'
import { useSession } from '../stores/session.ts'
import { keptValue } from './kept-value.ts'

export interface Draft<T extends object> {
  /** What is typed; every change is kept at once. */
  readonly value: T
  /** Back to the beginning, and no longer kept. */
  readonly clear: () => void
}

/** What somebody is typing, kept in this browser under their account until it is sent. */
export function useDraft<T extends object>(name: string, empty: () => T): Draft<T> {
  const kept = keptValue<Partial<T>>(`draft.${useSession().account?.id ?? ''}.${name}`)
  const value = reactive({ ...empty(), ...kept.read() }) as T
  const { ignoreUpdates } = watchIgnorable(value, () => kept.keep(value), { flush: 'post', deep: true })
  function clear(): void {
    ignoreUpdates(() => {
      for (const [field, begun] of Object.entries(empty())) {
        const present: unknown = Reflect.get(value, field)
        // Lists are emptied in place: whoever fills them holds on to them.
        if (Array.isArray(present)) present.splice(0)
        else Reflect.set(value, field, begun)
      }
    })
    kept.forget()
  }
  return { value, clear }
}
