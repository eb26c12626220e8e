import { kindsIn, type LedgerKind } from '#assessment/rule/scheme'
import type { AssessmentDetail } from '../../api/result.ts'

/** The kinds under which the person signed in may record. */
export const providedKinds = ({ scheme, provides }: AssessmentDetail): LedgerKind[] =>
  kindsIn(scheme).filter(({ key }) => provides.includes(key))
