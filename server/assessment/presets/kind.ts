import type { Hundredths } from '../rational.ts'
import type { LedgerKind } from '../rule/scheme.ts'
import { fifteenWorkingDays } from '../rule/usual-times.ts'

/** A kind of a preset's ledger: a loss of so many points that nothing caps, and what is special about it. */
export const kind = (
  name: string,
  {
    points = 0,
    ...special
  }: Partial<LedgerKind> & Pick<LedgerKind, 'trigger' | 'clause'> & { readonly points?: Hundredths },
): LedgerKind => ({
  key: name,
  name,
  effect: 'loss',
  severities: [{ key: 'usual', name: '', points }],
  provider: null,
  rectifyWithin: fifteenWorkingDays,
  area: null,
  cap: null,
  chargedUpward: true,
  vetoes: [],
  monitorRules: [],
  ...special,
})
