import type { EChartsOption } from 'echarts'
import { axisStep, axisText, scoreText } from './figures.ts'
import { gradeMarkOf, gradeMarks, pendingMark, type GradeMark } from './grade-marks.ts'
import { action, barStyle, control, grid, ink, ink2, ink3, paper } from './palette.ts'
import { isUpright, shortNames, upright } from './short-names.ts'
import { tip, tooltipFrame } from './tooltip.ts'

export const compositions = ['lost', 'earned'] as const
export type Composition = (typeof compositions)[number]

/** A unit as the chart draws it, in the order of the ranking. Numbers are composite points. */
export interface HangingUnit {
  readonly unitId: string
  readonly name: string
  /** null while pending; such units stand apart at the end. */
  readonly composite: number | null
  readonly grade: string | null
  readonly tier: number | null
  /** Per component, in scheme order, then what else moves the total; null while pending. */
  readonly lost: readonly (number | null)[]
  readonly earned: readonly (number | null)[]
}

export interface HangingLoss {
  readonly units: readonly HangingUnit[]
  /** The full marks that losses hang from. */
  readonly full: number
  /** Names of what units lose and earn, in the order of their figures. */
  readonly components: readonly string[]
  /** Grade lines, best first, without the lowest grade. */
  readonly lines: readonly { readonly label: string; readonly at: number }[]
  /** How many grades the scheme has. */
  readonly gradeCount: number
  readonly composition: Composition
  /** The unit one came from. */
  readonly selected: string | null
  /** Width of the plot in CSS pixels: below about 13 a unit, names and numbers are left out. */
  readonly width: number
  readonly words: { readonly pending: string; readonly composite: string; readonly description: string }
}

const nameHeight = (name: string): number =>
  isUpright(name) ? upright(name).length * 12.5 : name.length * 6.2

/** Chinese one character above the other, anything else as it is. */
const standing = (text: string): string => (isUpright(text) ? upright(text).join('\n') : text)

const symbolOf = (mark: GradeMark) => ({
  symbol: mark.symbol,
  symbolSize: mark.size,
  symbolRotate: mark.rotate,
  itemStyle: mark.hollow
    ? { color: paper, borderColor: mark.color, borderWidth: 1.5, opacity: 1 }
    : { color: mark.color, borderColor: paper, borderWidth: 1, opacity: 1 },
})

/** Ranked units, a gap, then the pending ones: `null` is the gap. */
function columnsOf(units: readonly HangingUnit[]): (HangingUnit | null)[] {
  const ranked = units.filter((unit) => unit.composite !== null)
  const pending = units.filter((unit) => unit.composite === null)
  return ranked.length > 0 && pending.length > 0 ? [...ranked, null, ...pending] : [...ranked, ...pending]
}

/** Whether a component's figures go back on those of the others for any unit. */
const isShortening = (
  units: readonly HangingUnit[],
  parts: (unit: HangingUnit) => readonly (number | null)[],
  index: number,
): boolean => units.some((unit) => (parts(unit)[index] ?? 0) < 0)

/** Room over a bar for its composite, which stands upright: `100.00`. */
const scoreSpace = 52

/** Whether there is room for a name and a number at every unit. */
const hasRoomForNames = (units: number, width: number): boolean => width / Math.max(units, 1) >= 14

/** The height the chart needs, names and numbers included, in CSS pixels. */
export function hangingLossHeight(names: readonly string[], width: number): number {
  if (!hasRoomForNames(names.length, width)) return 176
  return 256 + Math.ceil(Math.max(0, ...shortNames(names).map(nameHeight)))
}

/**
 * 失分构成: each unit's losses hang from the full marks, stacked by component, so that the end of the bar is the composite.
 * Turned round (`earned`) the same bars stand on 0.
 */
export function hangingLossOption(input: HangingLoss) {
  const { units, full, components, lines, gradeCount, composition, selected, width, words } = input
  const hanging = composition === 'lost'
  const columns = columnsOf(units)
  const roomy = hasRoomForNames(columns.length, width)
  const short = shortNames(units.map((unit) => unit.name))
  const shortName = new Map(units.map((unit, index) => [unit.unitId, short[index] ?? unit.name]))
  const place = (score: number): number => (hanging ? full - score : score)
  const parts = (unit: HangingUnit) => (hanging ? unit.lost : unit.earned)

  /** What shortens a bar comes first, so that it stands out over the line that the bar hangs from, or under its foot. */
  const order = components
    .map((_, index) => index)
    .sort((a, b) => Number(isShortening(units, parts, b)) - Number(isShortening(units, parts, a)) || a - b)
  /** Where a unit's bar has been on its way to its end. */
  const reachOf = (unit: HangingUnit): number[] => {
    let sum = 0
    return order.map((index) => (sum += parts(unit)[index] ?? 0))
  }
  const reach = units.flatMap(reachOf)
  const endOf = (unit: HangingUnit): number =>
    unit.composite === null
      ? parts(unit).reduce<number>((sum, part) => sum + (part ?? 0), 0)
      : place(unit.composite)
  const ends = units.flatMap(({ composite }) => (composite === null ? [] : [place(composite)]))
  const bestLine = lines[0] ? [place(lines[0].at)] : []
  const furthest = Math.max(1, ...reach, ...ends, ...bestLine)
  const nearest = Math.min(0, ...reach, ...ends)
  const top = hanging ? furthest * 1.04 : Math.max(full, furthest)
  const drawn = lines.filter(({ at }) => place(at) >= nearest && place(at) <= top)
  /** Bars too thin for a white edge go without. */
  const edge = width / columns.length < 6 ? { borderWidth: 0 } : {}
  const step = axisStep(top - nearest)
  const nameSpace = roomy ? Math.ceil(Math.max(0, ...short.map(nameHeight))) + 8 : 6

  return {
    aria: { enabled: true, label: { description: words.description } },
    grid: {
      left: roomy ? 40 : 30,
      right: roomy ? 96 : 6,
      top: hanging ? nameSpace : roomy ? scoreSpace : 22,
      bottom: hanging ? (roomy ? 52 : 8) : nameSpace,
      containLabel: false,
    },
    tooltip: {
      ...tooltipFrame,
      trigger: 'axis',
      formatter: (params: unknown) => {
        const [first] = params as { dataIndex: number }[]
        const unit = first ? columns[first.dataIndex] : null
        if (!unit) return ''
        const shown = components.map((component, index) => {
          const part = parts(unit)[index] ?? null
          const value = part === null ? words.pending : scoreText(hanging ? -part : part)
          return { label: component, value, component: index }
        })
        const composite =
          unit.composite === null ? words.pending : `${scoreText(unit.composite)} ${unit.grade ?? ''}`
        return tip(unit.name, [...shown, { label: words.composite, value: composite, strong: true }])
      },
    },
    xAxis: {
      type: 'category',
      position: hanging ? 'top' : 'bottom',
      data: columns.map((unit) => unit?.unitId ?? ''),
      axisLine: { show: true, onZero: true, lineStyle: { color: control } },
      axisTick: { show: false },
      axisLabel: {
        show: roomy,
        interval: 0,
        margin: 6,
        fontSize: 12,
        lineHeight: 12.5,
        rotate: short.every((name) => !isUpright(name)) ? 90 : 0,
        color: (unitId) => (unitId === selected ? action : ink2),
        formatter: (unitId: string) => {
          const name = shortName.get(unitId) ?? ''
          return standing(name)
        },
      },
    },
    yAxis: {
      type: 'value',
      inverse: hanging,
      min: Math.floor(nearest / step) * step,
      max: hanging ? top : Math.ceil(top / step) * step,
      interval: step,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: !hanging, lineStyle: { color: grid } },
      axisLabel: {
        color: ink3,
        fontSize: 12,
        showMaxLabel: !hanging,
        formatter: (value: number) => axisText(place(value)),
      },
    },
    series: [
      ...order.map((index, layer) => ({
        type: 'bar' as const,
        name: components[index] ?? '',
        stack: 'composite',
        stackStrategy: 'all' as const,
        barMaxWidth: 16,
        barCategoryGap: roomy ? '35%' : '20%',
        itemStyle: { ...barStyle(index), ...edge },
        cursor: 'pointer',
        data: columns.map((unit) => ({
          value: (unit && parts(unit)[index]) ?? 0,
          ...(unit?.composite === null ? { itemStyle: { ...barStyle(index), ...edge, opacity: 0.45 } } : {}),
        })),
        ...(layer === 0
          ? {
              markLine: {
                symbol: 'none',
                silent: true,
                animation: false,
                data: drawn.map(({ label, at }, place_) => {
                  const color = place_ === 0 ? gradeMarks.best.color : ink3
                  return {
                    yAxis: place(at),
                    lineStyle: { color, width: 1, type: 'solid' as const },
                    label: {
                      formatter: label,
                      color,
                      fontSize: 12,
                      position: roomy ? ('end' as const) : ('insideStartBottom' as const),
                      distance: roomy ? 6 : 2,
                      ...(roomy ? {} : { backgroundColor: 'rgba(255,255,255,0.85)', padding: [1, 2] }),
                    },
                  }
                }),
              },
            }
          : {}),
      })),
      {
        type: 'scatter' as const,
        silent: true,
        clip: false,
        symbolSize: 0,
        label: {
          show: roomy,
          position: hanging ? ('bottom' as const) : ('top' as const),
          rotate: -90,
          align: hanging ? ('left' as const) : ('right' as const),
          verticalAlign: 'middle' as const,
          distance: 8,
          fontSize: 12,
          color: ink,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const unit = columns[dataIndex]
            if (!unit) return ''
            return unit.composite === null ? standing(words.pending) : scoreText(unit.composite)
          },
        },
        // Beyond the bar, which reaches past its end where a bonus or a loss off the total goes back on it.
        data: columns.map((unit, index) => ({
          value: [index, unit ? Math.max(0, endOf(unit), ...reachOf(unit)) : 0],
          ...(unit?.composite === null && isUpright(words.pending)
            ? { label: { rotate: 0, align: 'center' as const, verticalAlign: 'top' as const, color: ink3 } }
            : {}),
        })),
      },
      {
        type: 'scatter' as const,
        name: words.composite,
        silent: true,
        clip: false,
        z: 5,
        data: columns.flatMap((unit, index) => {
          if (!unit) return []
          const mark = unit.composite === null ? pendingMark : gradeMarkOf(unit.tier, gradeCount)
          return [{ value: [index, endOf(unit)], ...symbolOf(mark), ...(roomy ? {} : { symbolSize: 0 }) }]
        }),
      },
    ],
  } satisfies EChartsOption
}
