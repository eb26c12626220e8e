import type { UnitRow } from '../../db/tables.ts'

/** A unit and all below it, in the order given. */
export function unitsBelow<Row extends Pick<UnitRow, 'id' | 'parentId'>>(
  all: readonly Row[],
  top: string,
): Row[] {
  const children = new Map<string, string[]>()
  for (const { id, parentId } of all) {
    if (parentId !== null) children.set(parentId, [...(children.get(parentId) ?? []), id])
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
