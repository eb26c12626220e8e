import { canonicalJson } from '../../assessment/canonical-json.ts'
import { kindsOf, type Scheme } from '../../assessment/rule/scheme.ts'
import type { Book } from './book.ts'
import { sameScheme } from './same-scheme.ts'

/**
 * The scheme that a workbook brings itself, with providing units that it leaves blank taken from the present one; null when it
 * brings none, or one that counts the same. Into an assessment without facts one that only reads differently is brought, too.
 */
export function schemeBroughtBy(book: Book, present: Scheme, empty: boolean): Scheme | null {
  if (!Object.values(book.schemeSheets).includes(true)) return null
  const known = kindsOf(present)
  const brought: Scheme = {
    ...book.scheme,
    components: book.scheme.components.map((component) =>
      component.method !== 'deductions'
        ? component
        : {
            ...component,
            kinds: component.kinds.map((kind) => ({
              ...kind,
              provider: kind.provider ?? known.get(kind.key)?.provider ?? null,
            })),
          },
    ),
  }
  const asIs = empty && book.schemeSheets.details
  const same = asIs ? canonicalJson(brought) === canonicalJson(present) : sameScheme(brought, present)
  return same ? null : brought
}
