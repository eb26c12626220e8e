import type { LocationQueryRaw } from 'vue-router'
import type { Item } from '../../api/self-assessment.ts'

/** From one indicator across units to all indicators of this unit, and back. */
export const queryAcross = (
  by: 'leaf' | 'unit',
  { unitId, leaf }: Item,
  query: LocationQueryRaw,
): LocationQueryRaw =>
  by === 'leaf' ? { ...query, mode: 'unit', unit: unitId } : { ...query, mode: undefined, leaf }
