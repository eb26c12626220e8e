import { computed, nextTick, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type Router } from 'vue-router'

let waiting: Record<string, string | undefined> | null = null

/** Changes of one tick go into the address together, in the place of the current entry. */
function changeQuery(router: Router, name: string, value: string | undefined): void {
  if (waiting) {
    waiting[name] = value
    return
  }
  waiting = { [name]: value }
  void nextTick(() => {
    const changes = waiting
    waiting = null
    const { path, query, hash } = router.currentRoute.value
    void router.replace({ path, hash, query: { ...query, ...changes } })
  })
}

/** A piece of a page's state that lives in the address; `otherwise` is what it is without a word there. */
export type QueryState = (name: string, otherwise?: string) => WritableComputedRef<string>

/** Makes pieces of state that live in the address, for those who learn their names only later. */
export function useQueryStates(): QueryState {
  const route = useRoute()
  const router = useRouter()
  return (name, otherwise = '') =>
    computed({
      get: () => {
        const value = route.query[name]
        return typeof value === 'string' ? value : otherwise
      },
      set: (value) => changeQuery(router, name, value === otherwise ? undefined : value),
    })
}

/** A piece of a page's state that lives in the address, so that the page can be sent to a colleague as it is. */
export const useQueryState = (name: string, otherwise = ''): WritableComputedRef<string> =>
  useQueryStates()(name, otherwise)
