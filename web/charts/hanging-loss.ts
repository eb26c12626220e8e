import type { EChartsOption } from 'echarts'
import { axisStep, axisText, scoreText } from './figures.ts'
import { gradeLook, gradeMarks, pendingMark, type GradeMark } from './grade-marks.ts'
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
  /** Per component, in scheme order; null while pending. */
  readonly lost: readonly (number | null)[]
  readonly earned: readonly (number | null)[]
}

export interface HangingLoss {
  readonly units: readonly HangingUnit[]
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

/** Whether there is room for a name and a number at every unit. */
const hasRoomForNames = (units: number, width: number): boolean => width / Math.max(units, 1) >= 14

/** The height the chart needs, names and numbers included, in CSS pixels. */
export function hangingLossHeight(names: readonly string[], width: number): number {
  if (!hasRoomForNames(names.length, width)) return 176
  return 250 + Math.ceil(Math.max(0, ...shortNames(names).map(nameHeight)))
}

/**
 * 失分构成: each unit's losses hang from 100, stacked by component, so that the end of the bar is the composite.
 * Turned round (`earned`) the same bars stand on 0.
 */
export function hangingLossOption(input: HangingLoss) {
  const { units, components, lines, gradeCount, composition, selected, width, words } = input
  const hanging = composition === 'lost'
  const columns = columnsOf(units)
  const roomy = hasRoomForNames(columns.length, width)
  const short = shortNames(units.map((unit) => unit.name))
  const shortName = new Map(units.map((unit, index) => [unit.unitId, short[index] ?? unit.name]))
  const place = (score: number): number => (hanging ? 100 - score : score)
  const parts = (unit: HangingUnit) => (hanging ? unit.lost : unit.earned)

  /** Scores above 100 lift the bar over the line it hangs from. */
  const over = units.map((unit) => parts(unit).reduce<number>((sum, part) => sum + Math.min(part ?? 0, 0), 0))
  const reach = units.map((unit) => parts(unit).reduce<number>((sum, part) => sum + (part ?? 0), 0))
  const bestLine = lines[0] ? [place(lines[0].at)] : []
  const furthest = Math.max(1, ...reach, ...bestLine)
  const top = hanging ? furthest * 1.04 : Math.max(100, furthest)
  const drawn = lines.filter(({ at }) => place(at) >= 0 && place(at) <= top)
  /** Bars too thin for a white edge go without. */
  const edge = width / columns.length < 6 ? { borderWidth: 0 } : {}
  const step = axisStep(top)
  const nameSpace = roomy ? Math.ceil(Math.max(0, ...short.map(nameHeight))) + 8 : 6

  return {
    aria: { enabled: true, label: { description: words.description } },
    grid: {
      left: roomy ? 40 : 30,
      right: roomy ? 96 : 6,
      top: hanging ? nameSpace : 22,
      bottom: hanging ? (roomy ? 46 : 8) : nameSpace,
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
      min: Math.floor(Math.min(0, ...over) / step) * step,
      max: top,
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
      ...components.map((component, index) => ({
        type: 'bar' as const,
        name: component,
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
        ...(index === 0
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
        name: words.composite,
        silent: true,
        clip: false,
        z: 5,
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
        data: columns.flatMap((unit, index) => {
          if (!unit) return []
          const end = parts(unit).reduce<number>((sum, part) => sum + (part ?? 0), 0)
          const mark = unit.tier === null ? pendingMark : gradeMarks[gradeLook(unit.tier, gradeCount)]
          const at = unit.composite === null ? end : place(unit.composite)
          const inColumn = unit.composite === null && isUpright(words.pending)
          return [
            {
              value: [index, at],
              ...symbolOf(mark),
              ...(roomy ? {} : { symbolSize: 0 }),
              ...(inColumn
                ? {
                    label: {
                      rotate: 0,
                      align: 'center' as const,
                      verticalAlign: 'top' as const,
                      color: ink3,
                    },
                  }
                : {}),
            },
          ]
        }),
      },
    ],
  } satisfies EChartsOption
}
