import type { RouteLocationRaw, RouteRecordRaw } from 'vue-router'
import { ApiProblem } from './api/client.ts'
import { fetchStandings } from './api/result.ts'
import { navItems } from './navigation.ts'
import { useSelection, type Assessment } from './stores/selection.ts'
import { useSession } from './stores/session.ts'

/** Whether anything is known of how units stand: published, or the interim standing so far. */
async function hasResults({ id, publication, defaultAsOf }: Assessment): Promise<boolean> {
  if (publication !== null) return true
  try {
    const { signal } = new AbortController()
    const { standings } = await fetchStandings(id, defaultAsOf, signal, true)
    return standings.some(({ composite }) => composite !== null)
  } catch (reason) {
    if (reason instanceof ApiProblem) return false
    throw reason
  }
}

/** The assessment last looked at where it has results, else the latest that has; null where none has. */
async function assessmentWithResults(): Promise<Assessment | null> {
  const { assessments, assessment } = useSelection()
  for (const one of [...(assessment ? [assessment] : []), ...assessments])
    if (await hasResults(one)) return one
  return null
}

/** Where somebody begins: their first page of an assessment, without one 开始考核, which tells those who create none whom to ask; else what they administer. */
export async function landingFor(routes: readonly RouteRecordRaw[]): Promise<RouteLocationRaw> {
  const session = useSession()
  const selection = useSelection()
  const wanted = selection.assessment
  if (!wanted && session.can('assessment.read')) return { name: 'start' }
  const [first] = navItems(routes)
  if (!first) return { name: 'profile' }
  if (!first.isOfResults || !wanted) return first.to
  const shown = await assessmentWithResults()
  if (shown === null || shown.id === wanted.id) return first.to
  const params = { assessmentId: shown.id }
  return { name: first.name, params, query: { instead: wanted.id } }
}
