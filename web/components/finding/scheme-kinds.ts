import { kindsIn, type LedgerKind } from '#assessment/rule/scheme'
import { triggerMeaning } from '#assessment/rule/trigger'
import type { AssessmentDetail } from '../../api/result.ts'

/** The kinds under which the person signed in may record. */
export const providedKinds = ({ scheme, provides }: AssessmentDetail): LedgerKind[] =>
  kindsIn(scheme).filter(({ key }) => provides.includes(key))

/** The kind that a new finding begins with; none where the first costs points at once, which nobody should record unawares. */
export const usualKind = ([first]: readonly LedgerKind[]): string =>
  first && triggerMeaning[first.trigger].hasDeadline ? first.key : ''
