import type { Participant, Unit } from './facts.ts'

/**
 * Finds the participant charged with what happened at a unit: the nearest one at or above it.
 * A county answers for its departments (县区政府含部门, 考核办法 四(一)1).
 */
export interface Charging {
  /** The participant at or above the unit; null when there is none. Throws RangeError on a cycle of parents. */
  nearest(unitId: string): string | null
  /** The participant charged: the nearest one when charging upward, else only the unit itself. */
  charged(unitId: string, upward: boolean): string | null
  /** The unit within which what happened at a unit is numbered: the participant that answers for it; where there is none, the unit itself. */
  numbering(unitId: string): string
}

export function chargingOf(units: readonly Unit[], participants: readonly Participant[]): Charging {
  const parents = new Map(units.map((unit) => [unit.id, unit.parentId]))
  const taking = new Set(participants.map((participant) => participant.unitId))

  function nearest(unitId: string): string | null {
    const passed = new Set<string>()
    for (let at: string | null = unitId; at !== null; at = parents.get(at) ?? null) {
      if (taking.has(at)) return at
      if (passed.has(at)) throw new RangeError(`cycle of parents at unit ${at}`)
      passed.add(at)
    }
    return null
  }

  return {
    nearest,
    charged: (unitId, upward) => (upward ? nearest(unitId) : taking.has(unitId) ? unitId : null),
    numbering: (unitId) => nearest(unitId) ?? unitId,
  }
}
