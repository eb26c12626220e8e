import type { Facts, Unit } from '#assessment/score/facts'

/**
 * The facts with the units that an assessment is about: all below the assessing unit, and participants from elsewhere. The
 * assessing unit stays out, unless it takes part itself, so that the workbook can be imported under any other.
 */
export function factsToExport(facts: Facts, assessingUnit: string): Facts {
  const parents = new Map(facts.units.map(({ id, parentId }) => [id, parentId]))
  const taking = new Set(facts.participants.map(({ unitId }) => unitId))
  const isAbout = (id: string): boolean => {
    if (taking.has(id)) return true
    if (id === assessingUnit) return false
    for (let at = parents.get(id); at; at = parents.get(at)) {
      if (at === assessingUnit || taking.has(at)) return true
    }
    return false
  }
  const kept = new Set(facts.units.flatMap(({ id }) => (isAbout(id) ? [id] : [])))
  const shown = ({ id, name, parentId }: Unit): Unit => ({
    id,
    name,
    parentId: parentId !== null && kept.has(parentId) ? parentId : null,
  })
  return { ...facts, units: facts.units.filter(({ id }) => kept.has(id)).map(shown) }
}
