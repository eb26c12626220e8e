import { kindsIn, type LedgerKind, type Scheme } from '#assessment/rule/scheme'
import type { Session } from '../../stores/session.ts'

/** The kinds that somebody's unit provides; those that name nobody are the office's. */
export const providedKinds = (scheme: Scheme, account: Session['account'] | null): LedgerKind[] =>
  kindsIn(scheme).filter(({ provider }) =>
    provider === null ? account?.role === 'office' : provider === account?.unit?.name,
  )
