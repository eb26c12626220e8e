import { canonicalJson } from '../../assessment/canonical-json.ts'
import { kindsOf, type Ledger, type Scheme } from '../../assessment/rule/scheme.ts'
import { saidDifferently, type SchemeChange } from '../../assessment/rule/scheme-diff.ts'
import type { Book } from './book.ts'

interface BroughtScheme {
  readonly scheme: Scheme
  /** What it says otherwise than the present one. */
  readonly differences: readonly SchemeChange[]
}

/**
 * The scheme that a workbook brings itself, with providing units that it leaves blank taken from the present one; null when it
 * brings none, or one that says the same. Into an assessment without facts one that has other keys or another writing is brought, too.
 */
export function schemeBroughtBy(book: Book, present: Scheme, empty: boolean): BroughtScheme | null {
  if (!Object.values(book.schemeSheets).includes(true)) return null
  const known = kindsOf(present)
  const provided = <Held extends Ledger>(ledger: Held): Held => ({
    ...ledger,
    kinds: ledger.kinds.map((kind) => ({
      ...kind,
      provider: kind.provider ?? known.get(kind.key)?.provider ?? null,
    })),
  })
  const { components, adjustments } = book.scheme
  const brought: Scheme = {
    ...book.scheme,
    components: components.map((component) =>
      component.method === 'deductions' ? provided(component) : component,
    ),
    adjustments: adjustments && provided(adjustments),
  }
  const asIs = empty && book.schemeSheets.details
  const differences = saidDifferently(present, brought)
  const same = asIs ? canonicalJson(brought) === canonicalJson(present) : differences.length === 0
  return same ? null : { scheme: brought, differences }
}
