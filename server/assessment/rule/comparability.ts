import type { Scheme } from './scheme.ts'
import { diffSchemes, type SchemeChange, type SchemeField, type SchemePart } from './scheme-diff.ts'

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

type Reach = 'component' | 'composite' | 'grades' | null

const reachOfField: Readonly<Partial<Record<SchemeField, Reach>>> = {
  method: 'component',
  base: 'component',
  floor: 'component',
  points: 'component',
  trigger: 'component',
  rectifyDays: 'component',
  rectifyCount: 'component',
  cap: 'component',
  chargedUpward: 'component',
  missing: 'component',
  full: 'component',
  scoring: 'component',
  groups: 'component',
  weight: 'composite',
  decimals: 'composite',
  rounding: 'composite',
  unlockedFrom: 'composite',
  veto: 'grades',
  from: 'grades',
  percent: 'grades',
}

const reachOfPart: Readonly<Record<SchemePart, Reach>> = {
  scheme: null,
  component: 'component',
  kind: 'component',
  window: 'component',
  indicator: 'component',
  dimension: 'component',
  grade: 'grades',
  bonus: 'composite',
  quota: 'grades',
  milestone: null,
}

/** A bonus's own cap decides composites, not the score of a component. */
function reachOf({ part, field }: SchemeChange): Reach {
  if (field === null) return reachOfPart[part]
  const reach = reachOfField[field] ?? null
  return reach === 'component' ? reachOfPart[part] : reach
}

/** Whether results under the later scheme may be set beside those under the earlier one. */
export function comparability(before: Scheme, after: Scheme): Comparability {
  const changes = diffSchemes(before, after).changes.filter((change) => reachOf(change) !== null)
  const reaches = new Set(changes.map(reachOf))
  const keys = new Map([...before.components, ...after.components].map(({ key, name }) => [name, key]))
  const touched = new Set(
    changes.flatMap((one) => (reachOf(one) === 'component' ? [keys.get(one.trail[0] as string)] : [])),
  )
  const composite = !reaches.has('component') && !reaches.has('composite')
  return {
    composite,
    grades: composite && !reaches.has('grades'),
    components: after.components.flatMap(({ key }) => (touched.has(key) ? [] : [key])),
    changes,
  }
}
