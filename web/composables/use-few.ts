import { useEventListener } from '@vueuse/core'
import { computed, ref, type ComputedRef, type Ref } from 'vue'

/** The first `few` of many, until somebody asks for `all`; paper takes all of them. `first` may choose which come first. */
export function useFew<T>(
  items: () => readonly T[],
  few: number,
  first: (items: readonly T[]) => readonly T[] = (every) => every,
): { all: Ref<boolean>; shown: ComputedRef<readonly T[]>; left: ComputedRef<number> } {
  const all = ref(false)
  useEventListener(window, 'beforeprint', () => (all.value = true))
  const shown = computed(() => (all.value ? items() : first(items()).slice(0, few)))
  return { all, shown, left: computed(() => items().length - shown.value.length) }
}
