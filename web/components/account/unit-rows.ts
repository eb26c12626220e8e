import type { Unit } from '../../composables/use-units.ts'

export interface UnitRow {
  readonly unit: Unit
  /** Levels below the top. */
  readonly depth: number
  readonly parent: string | null
}

/** Parents before their children, siblings in their own order; with a test, the fitting units and those above them. */
export function unitRows(units: readonly Unit[], fits: (unit: Unit) => boolean): UnitRow[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const children = new Map<string | null, Unit[]>()
  const kept = new Set<string>()
  for (const unit of units) {
    const above = unit.parentId !== null && byId.has(unit.parentId) ? unit.parentId : null
    children.set(above, [...(children.get(above) ?? []), unit])
    if (!fits(unit)) continue
    for (let each: Unit | undefined = unit; each && !kept.has(each.id);) {
      kept.add(each.id)
      each = each.parentId === null ? undefined : byId.get(each.parentId)
    }
  }
  const rows: UnitRow[] = []
  const visit = (above: string | null, depth: number) => {
    const below = [...(children.get(above) ?? [])].sort((a, b) => a.position - b.position)
    for (const unit of below) {
      if (!kept.has(unit.id)) continue
      rows.push({ unit, depth, parent: above === null ? null : (byId.get(above)?.name ?? null) })
      visit(unit.id, depth + 1)
    }
  }
  visit(null, 0)
  return rows
}
