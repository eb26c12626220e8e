import { useRoute, type RouteLocationRaw } from 'vue-router'

/** Leads to other pages of the assessment on screen, on the day that is looked at here. */
export function useSameDay() {
  const route = useRoute()
  return (
    name: string,
    query: Readonly<Record<string, string | undefined>> = {},
    params: Readonly<Record<string, string>> = {},
  ): RouteLocationRaw => ({
    name,
    params: { assessmentId: route.params.assessmentId ?? '', ...params },
    query: { ...query, ...(route.query.asOf ? { asOf: route.query.asOf } : {}) },
  })
}
