import { sameFormMarks } from '../../assessment/score/external-marks.ts'
import type { ExternalMark, VerifiedMark } from '../../assessment/score/facts.ts'

/** Where a mark stands: a unit's window and leaf, or its total. */
export const verifiedPlace = ({ component, unitId, window, leaf }: VerifiedMark): string =>
  JSON.stringify([component, unitId, window, leaf])
export const externalPlace = ({ component, unitId, window, dimension }: ExternalMark): string =>
  JSON.stringify([component, unitId, window, dimension])

/** The last of those with the same key, in the order of these last ones. */
function lastByKey<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[] {
  const last = new Map<string, Value>()
  for (const value of values) {
    last.delete(keyOf(value))
    last.set(keyOf(value), value)
  }
  return [...last.values()]
}

/** The last mark per leaf; a window with marks by leaf has no total. */
export function verifiedInForce(marks: readonly VerifiedMark[]): VerifiedMark[] {
  const windowOf = (mark: VerifiedMark): string => verifiedPlace({ ...mark, leaf: null })
  const byLeaf = new Set(marks.filter((mark) => mark.leaf !== null).map(windowOf))
  return lastByKey(
    marks.filter((mark) => mark.leaf !== null || !byLeaf.has(windowOf(mark))),
    verifiedPlace,
  )
}

/** The last mark per unit, window and dimension, of the form, total or dimensions, that the window's last mark has. */
export function externalInForce(marks: readonly ExternalMark[]): ExternalMark[] {
  const byWindow = new Map<string, ExternalMark[]>()
  for (const mark of marks) {
    const place = externalPlace({ ...mark, dimension: null })
    const held = byWindow.get(place)
    if (held) held.push(mark)
    else byWindow.set(place, [mark])
  }
  return lastByKey([...byWindow.values()].flatMap(sameFormMarks), externalPlace)
}

/** Every mark in force after those that it replaced, in the order of those in force. */
export function courseOf<Mark>(
  marks: readonly Mark[],
  inForce: readonly Mark[],
  placeOf: (mark: Mark) => string,
): Mark[] {
  const courses = new Map<string, Mark[]>()
  for (const mark of marks) {
    const known = courses.get(placeOf(mark))
    if (known) known.push(mark)
    else courses.set(placeOf(mark), [mark])
  }
  return inForce.flatMap((mark) => courses.get(placeOf(mark)) ?? [])
}
