import { reportMonitor } from '../access/monitor-sight.ts'
import type { Observation, Severity } from '../monitors/report/observation.ts'
import { keysOf, suspectedBy } from '../suspected.ts'

/** Whether a person has to look at what was observed. */
const suspects: Readonly<Record<Severity, boolean>> = {
  fail: true,
  warn: true,
  pass: false,
  'not-assessable': false,
}

/** The keys of the suspicions that observations are, by the place of the observation in the list; those that are none are left out. */
export function suspicionKeysOf(
  observations: readonly Observation[],
  { unitId, year }: { readonly unitId: string; readonly year: number },
): ReadonlyMap<number, string> {
  const places = observations.flatMap(({ severity }, place) => (suspects[severity] ? [place] : []))
  const keys = keysOf({ monitor: reportMonitor, unitId, about: String(year) }, suspectedBy(observations))
  return new Map(places.map((place, index) => [place, keys[index] ?? '']))
}

/** How many observations there are of each severity. */
export function countsOf(observations: readonly Pick<Observation, 'severity'>[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { fail: 0, warn: 0, pass: 0, 'not-assessable': 0 }
  for (const { severity } of observations) counts[severity]++
  return counts
}
