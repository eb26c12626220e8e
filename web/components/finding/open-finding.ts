import { computed, type ComputedRef } from 'vue'
import { useRoute, type RouteLocationRaw } from 'vue-router'
import { useQueryState } from '../../composables/query-state.ts'

export interface OpenFinding {
  /** The finding that the address names; empty when none is open. */
  readonly findingId: ComputedRef<string>
  /** The same page with a finding open, and a form of it when `step` says so. */
  readonly to: (findingId: string, step?: string) => RouteLocationRaw
  readonly closed: ComputedRef<RouteLocationRaw>
}

/** Which finding is open beside a list; it stands in the address, so that it can be sent to a colleague. */
export function useOpenFinding(): OpenFinding {
  const route = useRoute()
  const findingId = useQueryState('finding')
  const to = (finding: string | undefined, step?: string) => ({ query: { ...route.query, finding, step } })
  return {
    findingId: computed(() => findingId.value),
    to,
    closed: computed(() => to(undefined)),
  }
}
