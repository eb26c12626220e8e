import type { Day } from '#assessment/day'
import type { StoredSuspicion } from '../../db/suspicions.ts'

/** Where a suspicion 疑点 stands: to be looked at, laid aside until a day, become a finding, or settled as none. */
export const suspicionStates = ['open', 'postponed', 'confirmed', 'dismissed'] as const
type SuspicionState = (typeof suspicionStates)[number]

/** The state on a day; a postponed suspicion is open again from its day on. */
export function stateOf({ steps }: Pick<StoredSuspicion, 'steps'>, today: Day): SuspicionState {
  const last = steps.at(-1)
  if (last === undefined) return 'open'
  if (last.type !== 'postponed') return last.type
  return last.untilDay !== null && last.untilDay > today ? 'postponed' : 'open'
}

/** Whether there is still something to do about it, today or later. */
export const isUnsettled = (state: SuspicionState): boolean => state === 'open' || state === 'postponed'
