import { answer, api, type Answer } from './client.ts'

const bonuses = api.assessments[':id'].bonuses

export type Bonus = Answer<typeof bonuses.$get>['items'][number]

/** The points given to a unit, newest first; at most 500. */
export const fetchBonuses = (id: string, unit: string, signal: AbortSignal) =>
  answer(bonuses.$get({ param: { id }, query: { unit, size: '500' } }, { init: { signal } }))

/** `points` in hundredths. Throws ApiProblem. */
export const recordBonus = (
  id: string,
  bonus: { unitId: string; points: number; what: string; on: string },
) => answer(bonuses.$post({ param: { id }, json: bonus }))

/** Throws ApiProblem. */
export const reverseBonus = (id: string, bonusId: string, reason: string) =>
  answer(bonuses[':bonusId'].reverse.$post({ param: { id, bonusId }, json: { reason } }))
