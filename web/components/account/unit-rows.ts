import type { Unit } from '../../composables/use-units.ts'

export interface UnitRow {
  readonly unit: Unit
  /** Levels below the top. */
  readonly depth: number
  readonly parent: string | null
}

/** Parents before their children, siblings in their own order. */
export function unitRows(units: readonly Unit[]): UnitRow[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const below = new Map<string | null, Unit[]>()
  for (const unit of units) {
    const above = unit.parentId !== null && byId.has(unit.parentId) ? unit.parentId : null
    below.set(above, [...(below.get(above) ?? []), unit])
  }
  const rowsBelow = (above: Unit | null, depth: number): UnitRow[] =>
    [...(below.get(above?.id ?? null) ?? [])]
      .sort((a, b) => a.position - b.position)
      .flatMap((unit) => [{ unit, depth, parent: above?.name ?? null }, ...rowsBelow(unit, depth + 1)])
  return rowsBelow(null, 0)
}

/** The rows found and all those above them, in the order of all. */
export function withUnitsAbove(all: readonly UnitRow[], found: readonly UnitRow[]): UnitRow[] {
  const byId = new Map(all.map((row) => [row.unit.id, row]))
  const kept = new Set<string>()
  for (const row of found) {
    for (let each: UnitRow | undefined = row; each && !kept.has(each.unit.id);) {
      kept.add(each.unit.id)
      each = each.unit.parentId === null ? undefined : byId.get(each.unit.parentId)
    }
  }
  return all.filter(({ unit }) => kept.has(unit.id))
}
