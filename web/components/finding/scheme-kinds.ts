import type { DeductionKind, Scheme } from '#assessment/rule/scheme'
import type { Session } from '../../stores/session.ts'

/** Every deduction kind of a scheme, in its order. */
export const kindsIn = (scheme: Scheme): DeductionKind[] =>
  scheme.components.flatMap((component) => (component.method === 'deductions' ? component.kinds : []))

/** The kinds that somebody's unit provides; those that name nobody are the office's. */
export const kindsOf = (scheme: Scheme, account: Session['account'] | null): DeductionKind[] =>
  kindsIn(scheme).filter(({ provider }) =>
    provider === null ? account?.role === 'office' : provider === account?.unit?.name,
  )
