import { scoreText } from './figures.ts'
import { isUpright, shortNames, upright } from './short-names.ts'

/** A unit as the wall draws it. Numbers are composite points. */
export interface WallColumnInput {
  readonly unit: string
  readonly rank: number | null
  /** null while pending. */
  readonly composite: number | null
  /** Place of its grade in the scheme, 0 = best. */
  readonly tier: number | null
  /** Per component, in scheme order. */
  readonly lost: readonly (number | null)[]
}
export interface WallGroupInput {
  readonly name: string
  /** Full marks of its composites; 100 unless said. */
  readonly full?: number
  readonly units: readonly WallColumnInput[]
}

/** One upright bar hanging from the full marks, with what stands above and below it. */
export interface WallColumn {
  /** Middle of the column. */
  readonly x: number
  readonly rank: string
  /** Characters from top to bottom; a name in one piece is turned instead. */
  readonly name: readonly string[]
  readonly turned: boolean
  readonly bars: readonly { readonly component: number; readonly y: number; readonly height: number }[]
  /** Where the composite is: the end of the bar. */
  readonly end: number
  readonly tier: number | null
  readonly score: string | null
}

export interface WallLossPicture {
  readonly columns: readonly WallColumn[]
  readonly groups: readonly { readonly name: string; readonly x: number; readonly width: number }[]
  readonly lines: readonly { readonly y: number; readonly text: string; readonly best: boolean }[]
  readonly barWidth: number
  readonly fontSize: number
  readonly lineHeight: number
  /** Where bars hang from: the full marks. */
  readonly top: number
  /** Where the axis numbers end. */
  readonly left: number
}

const axisWidth = 56
const rankHeight = 34
const scoreHeight = 76
const gap = 56

/** The most columns that a screen of 1920 pixels can name. */
export const columnsPerScreen = 60

/** Groups shared out over as few screens as hold `most` columns each; a group that does not fit goes on on the next. */
export function wallScreens<Group extends { readonly units: readonly unknown[] }>(
  groups: readonly Group[],
  most = columnsPerScreen,
): Group[][] {
  const total = groups.reduce((sum, { units }) => sum + units.length, 0)
  const each = Math.ceil(total / Math.max(1, Math.ceil(total / most)))
  const screens: Group[][] = []
  let free = 0
  for (const group of groups) {
    let from = 0
    while (from < group.units.length) {
      if (free === 0) {
        screens.push([])
        free = each
      }
      const units = group.units.slice(from, from + free)
      screens.at(-1)?.push({ ...group, units })
      from += units.length
      free -= units.length
    }
  }
  return screens
}

/** Points by which parts and composite may differ without anything beside them: composites are rounded. */
const rounding = 0.05

/**
 * A bar in points below the full marks: what is given lifts its start, then part by part what is lost, then what else takes points of the
 * total; its end is the composite.
 */
function hung({ lost, composite }: WallColumnInput, full: number) {
  const losses = lost.map((part) => Math.max(0, part ?? 0))
  const given = lost.reduce<number>((sum, part) => sum + Math.min(0, part ?? 0), 0)
  const known = losses.reduce((sum, part) => sum + part, given)
  const beside = composite === null ? 0 : full - composite - known
  const isMoved = Math.abs(beside) > rounding
  return {
    start: given + (isMoved ? Math.min(0, beside) : 0),
    parts: isMoved && beside > 0 ? [...losses, beside] : losses,
    end: composite === null ? known : full - composite,
  }
}

/**
 * 失分构成 on a wall: every unit's losses hang from the full marks of its group, stacked by component, group beside group, in a box of `width` ×
 * `height` pixels. `lines` are the lower bounds of the grades, best first.
 */
export function wallLossPicture(
  groups: readonly WallGroupInput[],
  lines: readonly number[],
  width: number,
  height: number,
): WallLossPicture {
  const all = groups.flatMap(({ units }) => units)
  const room = width - axisWidth - gap * Math.max(0, groups.length - 1)
  const step = Math.min(64, room / Math.max(1, all.length))
  const fontSize = step >= 28 ? 22 : 18
  const lineHeight = fontSize + 3
  const names = groups.map(({ units }) => shortNames(units.map(({ unit }) => unit)))
  const nameHeight = Math.max(
    0,
    ...names.flat().map((name) => (isUpright(name) ? upright(name).length * lineHeight : name.length * 11)),
  )
  const namesEnd = rankHeight + nameHeight + 10
  const best = lines[0]
  const full = groups[0]?.full ?? 100
  const drawn = groups.map((group) => group.units.map((unit) => hung(unit, group.full ?? 100)))
  const deepest = Math.max(
    1,
    ...drawn.flat().map(({ end }) => end),
    ...(best === undefined ? [] : [full - best]),
  )
  /** Bars that begin above the line they hang from need room there. */
  const above = Math.max(0, ...drawn.flat().map(({ start }) => -start))
  const scale = Math.max(0, height - namesEnd - scoreHeight) / ((deepest + above) * 1.03)
  const top = namesEnd + above * scale
  const yOf = (score: number): number => top + (full - score) * scale

  let x = axisWidth
  const placed = groups.map((group, at) => {
    const from = x
    x += group.units.length * step + gap
    const columns = group.units.map((unit, index): WallColumn => {
      const name = names[at]?.[index] ?? unit.unit
      const { start, parts, end } = drawn[at]?.[index] ?? hung(unit, full)
      let y = top + start * scale
      const bars = parts.flatMap((part, component) => {
        if (part <= 0) return []
        const bar = { component, y, height: part * scale }
        y += bar.height
        return [bar]
      })
      return {
        x: from + (index + 0.5) * step,
        rank: unit.rank === null ? '' : String(unit.rank),
        name: isUpright(name) ? upright(name) : [name],
        turned: !isUpright(name),
        bars,
        end: top + end * scale,
        tier: unit.tier,
        score: unit.composite === null ? null : scoreText(unit.composite),
      }
    })
    return { columns, about: { name: group.name, x: from, width: group.units.length * step } }
  })
  return {
    columns: placed.flatMap(({ columns }) => columns),
    groups: placed.map(({ about }) => about),
    lines: lines
      .filter((at) => at < full && full - at <= deepest * 1.03)
      .map((at, place) => ({ y: yOf(at), text: String(at), best: place === 0 })),
    barWidth: Math.min(26, step * 0.62),
    fontSize,
    lineHeight,
    top,
    left: axisWidth - 12,
  }
}
