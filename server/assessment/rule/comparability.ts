import type { Scheme } from './scheme.ts'
import { diffSchemes, type SchemeChange } from './scheme-diff.ts'
import { schemeParts, type Reach } from './scheme-fields.ts'
import { fieldOf } from './scheme-nodes.ts'

/** What of two years' results may be compared, told by what changed between their schemes. */
export interface Comparability {
  /** Nothing that decides a composite changed. */
  readonly composite: boolean
  /** Composites are comparable and nothing that decides a grade changed. */
  readonly grades: boolean
  /** Keys of the components of the later scheme that are scored as before. */
  readonly components: readonly string[]
  /** The changes that decide scores or grades; wording, dates and who verifies are none. */
  readonly changes: readonly SchemeChange[]
}

/** What hangs on a change: that of the field, or of the thing that came or went. */
const reachOf = ({ part, field }: SchemeChange): Reach =>
  field === null ? schemeParts[part].decides : (fieldOf(part, field)?.decides ?? null)

/** Whether results under the later scheme may be set beside those under the earlier one. */
export function comparability(before: Scheme, after: Scheme): Comparability {
  const changes = diffSchemes(before, after).changes.filter((change) => reachOf(change) !== null)
  const reaches = new Set(changes.map(reachOf))
  const keys = new Map([...before.components, ...after.components].map(({ key, name }) => [name, key]))
  const touched = new Set(
    changes.flatMap((one) => (reachOf(one) === 'score' ? [keys.get(one.trail[0] as string)] : [])),
  )
  const composite = !reaches.has('score') && !reaches.has('composite')
  return {
    composite,
    grades: composite && !reaches.has('grades'),
    components: after.components.flatMap(({ key }) => (touched.has(key) ? [] : [key])),
    changes,
  }
}
