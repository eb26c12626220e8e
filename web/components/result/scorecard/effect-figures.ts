import type { Effect, LeaveOneOut } from '#assessment/insight/leave-one-out'

/** What moves a unit most comes first: places, then points; what leaves it pending comes last. */
export function weightiest({ effects }: LeaveOneOut): Effect[] {
  const places = ({ placesGained }: Effect): number => Math.abs(placesGained ?? 0)
  const points = ({ change }: Effect): number => (change === null ? -1 : Math.abs(Number(change)))
  return [...effects].sort((a, b) => places(b) - places(a) || points(b) - points(a))
}

/** How many of them move the unit to another place, and how many to another grade. */
export const moving = ({
  now,
  effects,
}: LeaveOneOut): { readonly places: number; readonly grades: number } => ({
  places: effects.filter(({ placesGained }) => placesGained !== null && placesGained !== 0).length,
  grades: effects.filter(({ grade }) => grade !== null && grade !== now.grade).length,
})

/** A signed decimal as people read it: `+0.45`, `−0.45`, `0.00`. */
export function signedChange(change: string): string {
  if (/^-?0+(\.0+)?$/.test(change)) return change.replace('-', '')
  return change.startsWith('-') ? change.replace('-', '−') : `+${change}`
}
