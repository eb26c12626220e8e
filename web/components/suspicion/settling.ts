import { stageMeaning } from '#assessment/vocabulary'
import type { AssessmentDetail } from '../../api/result.ts'
import type { Suspicion } from '../../api/suspicion.ts'
import { useSession } from '../../stores/session.ts'

/** What people do about a suspicion. */
export const settlings = ['confirm', 'dismiss', 'postpone'] as const
export type Settling = (typeof settlings)[number]

/** The key that asks for each. */
export const settlingKeys: Readonly<Record<string, Settling>> = { c: 'confirm', d: 'dismiss', p: 'postpone' }

/** Whether the person signed in may settle suspicions of the assessment. */
export const maySettle = ({ stage }: Pick<AssessmentDetail, 'stage'>): boolean =>
  useSession().can('suspicion.settle') && !stageMeaning[stage].over

export const isUnsettled = ({ state }: Pick<Suspicion, 'state'>): boolean =>
  state === 'open' || state === 'postponed'
