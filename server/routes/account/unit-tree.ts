import type { UnitRow } from '../../../db/tables.ts'

/** A unit and all below it, in the order given. */
export function unitsBelow<Row extends Pick<UnitRow, 'id' | 'parent_id'>>(
  all: readonly Row[],
  top: string,
): Row[] {
  const children = new Map<string, string[]>()
  for (const { id, parent_id } of all) {
    if (parent_id !== null) children.set(parent_id, [...(children.get(parent_id) ?? []), id])
  }
  const below = new Set<string>()
  const waiting = [top]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (below.has(next)) continue
    below.add(next)
    waiting.push(...(children.get(next) ?? []))
  }
  return all.filter(({ id }) => below.has(id))
}
