import { answer, api, type Answer } from './client.ts'
import { everyPage, mostAtOnce } from './every-page.ts'

/* What the desk of suspicions 疑点 asks the server. */

const { suspicions } = api.assessments[':id']
const one = suspicions[':suspicionId']

type Suspicions = Answer<typeof suspicions.$get>
export type Suspicion = Suspicions['items'][number]
export type Confirming = Parameters<typeof one.confirm.$post>[0]['json']

/** All of an assessment, latest first, with how many stand where. */
export async function fetchSuspicions(id: string, signal: AbortSignal): Promise<Suspicions> {
  const fetchPage = (page: number) =>
    answer(
      suspicions.$get(
        { param: { id }, query: { page: String(page), size: String(mostAtOnce) } },
        { init: { signal } },
      ),
    )
  const first = await fetchPage(1)
  const items =
    first.total <= first.items.length
      ? first.items
      : await everyPage((page) => (page === 1 ? Promise.resolve(first) : fetchPage(page)))
  return { ...first, items }
}

export const confirmSuspicion = (id: string, suspicionId: string, json: Confirming) =>
  answer(one.confirm.$post({ param: { id, suspicionId }, json }))

export const dismissSuspicion = (id: string, suspicionId: string, reason: string) =>
  answer(one.dismiss.$post({ param: { id, suspicionId }, json: { reason } }))

export const postponeSuspicion = (
  id: string,
  suspicionId: string,
  json: { until: string; reason?: string },
) => answer(one.postpone.$post({ param: { id, suspicionId }, json }))

/** Says under which kind the suspicions from annual reports belong; null = none. */
export const assignReports = (id: string, kind: string | null) =>
  answer(suspicions.kinds.$put({ param: { id }, json: { monitor: 'report', kind } }))
