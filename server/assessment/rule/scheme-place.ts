import type { Scheme } from './scheme.ts'

/** The names on the way to a path of a scheme, the outermost first: `components.0.kinds.2.points` → 平时考核, 专项督查. */
export function placeNames(scheme: Scheme, path: string): string[] {
  const names: string[] = []
  let at: unknown = scheme
  for (const step of path.split('.')) {
    at = typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined
    if (typeof at === 'object' && at !== null && 'name' in at) names.push(String(at.name))
  }
  return names
}
