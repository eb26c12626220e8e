import { reactive, watch } from 'vue'
import { useSession } from '../stores/session.ts'

export interface Draft<T extends object> {
  /** What is typed; every change is kept at once. */
  readonly value: T
  /** Back to the beginning, and no longer kept. */
  readonly clear: () => void
}

function kept<T extends object>(key: string): Partial<T> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<T>
  } catch {
    return {}
  }
}

/** What somebody is typing, kept in this browser under their account until it is sent. */
export function useDraft<T extends object>(name: string, empty: () => T): Draft<T> {
  const key = `zhengheng.draft.${useSession().account?.id ?? ''}.${name}`
  const value = reactive({ ...empty(), ...kept<T>(key) }) as T
  let clearing = false
  watch(
    value,
    () => {
      if (clearing) {
        clearing = false
        return
      }
      try {
        localStorage.setItem(key, JSON.stringify(value))
      } catch {
        // A full store keeps the page usable; what is typed stays on screen.
      }
    },
    { flush: 'post' },
  )
  function clear(): void {
    clearing = true
    for (const [name, begun] of Object.entries(empty())) {
      const present: unknown = Reflect.get(value, name)
      // Lists are emptied in place: whoever fills them holds on to them.
      if (Array.isArray(present)) present.splice(0)
      else Reflect.set(value, name, begun)
    }
    localStorage.removeItem(key)
    // Nothing may have differed, in which case no change arrives.
    setTimeout(() => (clearing = false), 0)
  }
  return { value, clear }
}
