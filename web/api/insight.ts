import { answer, api, type Answer } from './client.ts'
import { soFar } from './interim.ts'

const one = api.assessments[':id']

export type Insight = Answer<typeof one.insight.$get>
export type Trend = Answer<typeof one.trend.$get>

const init = (signal: AbortSignal) => ({ init: { signal } })

export const fetchInsight = (id: string, asOf: string, signal: AbortSignal, interim = false) =>
  answer(one.insight.$get({ param: { id }, query: { asOf, ...soFar(interim) } }, init(signal)))

export const fetchTrend = (id: string, units: readonly string[], signal: AbortSignal) =>
  answer(one.trend.$get({ param: { id }, query: { units: units.join(',') } }, init(signal)))
