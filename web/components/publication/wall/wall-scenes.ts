import { wallScreens, type WallGroupInput } from '../../../charts/wall-loss.ts'
import type { WallResults, WallTable } from '../../../api/wall.ts'

/** One screen of the rotation. */
export type WallScene =
  | {
      readonly type: 'loss'
      readonly groups: readonly WallGroupInput[]
      readonly part: number
      readonly of: number
    }
  | { readonly type: 'counts' }
  | { readonly type: 'grades' }
  | { readonly type: 'progress' }
  | { readonly type: 'deductions' }

const numberOf = (decimal: string | null): number | null => (decimal === null ? null : Number(decimal))

/** The groups as the chart takes them. */
const drawn = ({ grades }: WallResults, { groups }: WallTable): WallGroupInput[] =>
  groups.map(({ name, full, units }) => ({
    name,
    full: Number(full),
    units: units.map(({ unit, rank, composite, grade, lost }) => {
      const tier = grades.findIndex((one) => one.name === grade)
      return {
        unit,
        rank,
        composite: numberOf(composite),
        tier: tier === -1 ? null : tier,
        lost: lost.map(numberOf),
      }
    }),
  }))

/** Groups that hang from the same full marks share an axis, so only they share a screen. */
const byFull = (groups: readonly WallGroupInput[]): WallGroupInput[][] =>
  [...new Set(groups.map(({ full }) => full))].map((full) => groups.filter((group) => group.full === full))

/**
 * What turns: four scenes, the first of as many screens as its units need; counts alone when no table is public, and of
 * interim standings no grades.
 */
export function wallScenes(results: WallResults): WallScene[] {
  const { table, interim } = results
  if (!table) return [{ type: 'counts' }]
  const screens = byFull(drawn(results, table)).flatMap((groups) => wallScreens(groups))
  const grades: WallScene[] = interim === null ? [{ type: 'grades' }] : []
  return [
    ...screens.map((groups, at): WallScene => ({ type: 'loss', groups, part: at + 1, of: screens.length })),
    ...grades,
    { type: 'progress' },
    { type: 'deductions' },
  ]
}

/** The component that costs a group most, with its mean loss; null when nothing is lost. */
export function dearestOf(
  table: WallTable,
  group: WallTable['groups'][number],
): { readonly component: string; readonly mean: string } | null {
  const losses = group.meanLost.map((loss, at) => ({
    component: table.components[at]?.name ?? '',
    mean: loss ?? '0',
  }))
  const most = losses.sort((a, b) => Number(b.mean) - Number(a.mean))[0]
  return most && Number(most.mean) > 0 ? most : null
}
