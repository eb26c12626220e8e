import { answer, api, type Answer } from './client.ts'

/* What reviewing rectifications 核查整改 asks the server. */

const { reviews } = api.assessments[':id']

export type WaitingReviews = Answer<typeof reviews.$get>
export type WaitingReview = WaitingReviews['items'][number]
type Reviewing = Parameters<typeof reviews.$post>[0]['json']

export const fetchReviews = (id: string, signal: AbortSignal): Promise<WaitingReviews> =>
  answer(reviews.$get({ param: { id } }, { init: { signal } }))

/** Reviews many alike; `left` is what had changed meanwhile. */
export const reviewMany = (id: string, json: Reviewing): Promise<{ reviewed: number; left: unknown[] }> =>
  answer(reviews.$post({ param: { id }, json }))
