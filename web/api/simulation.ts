import type { Facts } from '#assessment/score/facts'
import type { RobustnessInput } from '#assessment/insight/robustness'
import { answer, api } from './client.ts'

const one = api.assessments[':id']
const init = (signal: AbortSignal) => ({ init: { signal } })

/** What the rank intervals are drawn from: exact scores, which the standings give only rounded. */
export const fetchRobustnessInput = async (
  id: string,
  asOf: string,
  signal: AbortSignal,
): Promise<readonly RobustnessInput[]> => {
  const call = one['robustness-input'].$get({ param: { id }, query: { asOf } }, init(signal))
  return (await answer(call)).rankings
}
/** Every fact of the assessment, to assess again in the browser under a changed scheme. */
export const fetchFacts = async (id: string, asOf: string, signal: AbortSignal): Promise<Facts> =>
  (await answer(one.facts.$get({ param: { id }, query: { asOf } }, init(signal)))).facts
