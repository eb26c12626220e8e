import {
  add,
  decimal,
  divide,
  format,
  hundred,
  multiply,
  sum,
  zero,
  type Decimal,
  type Rational,
} from '../rational.ts'
import { leavesOf, type Indicator, type Scheme, type VerifiedMarksComponent } from '../rule/scheme.ts'
import type { Assessed, Scorecard, WindowStep } from '../score/scorecard.ts'

/** Verified ÷ full marks in per cent with one decimal; null = nothing verified yet. */
export type MapCell = Decimal | 'not-applicable' | null

/** A first-level area, or one of its leaves, across the units. */
export interface MapRow {
  readonly key: string
  readonly name: string
  /** The area a leaf belongs to; null on an area itself, and on marks that fit no area. */
  readonly area: string | null
  /** Full marks of a window. */
  readonly full: Decimal
  readonly cells: readonly MapCell[]
}

/** 指标得分率: each area with its leaves below it, by unit, over every window verified so far. */
export interface IndicatorMap {
  readonly component: string
  readonly name: string
  /** In the order of the standings. */
  readonly units: readonly { readonly unitId: string; readonly unit: string; readonly group: string }[]
  readonly rows: readonly MapRow[]
}

interface Marks {
  verified: Rational
  full: Rational
  /** Marks that a verifier said do not apply. */
  excused: number
}

type ByLeaf = ReadonlyMap<string, Marks>

const none: Marks = { verified: zero, full: zero, excused: 0 }

/** A unit's marks by leaf, every window taken together; a window's total belongs to no leaf. */
function marksOf(windows: readonly WindowStep[], keyOf: (leaf: string) => string): ByLeaf {
  const found = new Map<string, Marks>()
  for (const { leaf, full, marks } of windows.flatMap((window) => window.marks)) {
    if (leaf === null || marks === null) continue
    const key = keyOf(leaf)
    const before = found.get(key) ?? none
    found.set(
      key,
      marks === 'not-applicable'
        ? { ...before, excused: before.excused + 1 }
        : {
            ...before,
            verified: add(before.verified, decimal(marks)),
            full: add(before.full, decimal(full)),
          },
    )
  }
  return found
}

function cellOf(keys: readonly string[], marks: ByLeaf): MapCell {
  const known = keys.flatMap((key) => marks.get(key) ?? [])
  const full = sum(known.map((one) => one.full))
  if (full.n === 0n) return known.some(({ excused }) => excused > 0) ? 'not-applicable' : null
  return format(multiply(divide(sum(known.map(({ verified }) => verified)), full), hundred), 1)
}

const concerns = (leaf: Indicator, group: string): boolean =>
  leaf.groups === null || leaf.groups.includes(group)

const windowsOn = ({ components }: Scorecard, component: string): readonly WindowStep[] =>
  components.flatMap(({ key, steps }) =>
    key === component && steps.method === 'verified-marks' ? [...steps.windows] : [],
  )

function mapOf(component: VerifiedMarksComponent, cards: readonly Scorecard[]): IndicatorMap {
  const leaves = leavesOf(component.indicators)
  const keys = new Map([
    ...leaves.map(({ key, name }) => [name, key] as const),
    ...leaves.map(({ key }) => [key, key] as const),
  ])
  const units = cards.map(({ unitId, unit, group, ...card }) => ({
    about: { unitId, unit, group },
    marks: marksOf(
      windowsOn({ unitId, unit, group, ...card }, component.key),
      (leaf) => keys.get(leaf) ?? leaf,
    ),
  }))
  const fullOf = (some: readonly Indicator[]): Decimal =>
    format(sum(some.map(({ full }) => decimal(full as Decimal))))
  const row = (node: Indicator, area: string | null): MapRow => {
    const below = leavesOf([node])
    return {
      key: node.key,
      name: node.name,
      area,
      full: fullOf(below),
      cells: units.map(({ about, marks }) => {
        const concerned = below.filter((leaf) => concerns(leaf, about.group))
        return concerned.length === 0
          ? 'not-applicable'
          : cellOf(
              concerned.map(({ key }) => key),
              marks,
            )
      }),
    }
  }
  const named = new Set(leaves.map(({ key }) => key))
  const strange = new Set(units.flatMap(({ marks }) => [...marks.keys()].filter((key) => !named.has(key))))
  return {
    component: component.key,
    name: component.name,
    units: units.map(({ about }) => about),
    rows: [
      ...component.indicators.flatMap((area) => [
        row(area, null),
        ...leavesOf(area.children).map((leaf) => row(leaf, area.key)),
      ]),
      ...[...strange].map((key) => ({
        key,
        name: key,
        area: null,
        full: '0.00',
        cells: units.map(({ marks }) => cellOf([key], marks)),
      })),
    ],
  }
}

/** One map per component scored by verified marks that has any mark given leaf by leaf. */
export function indicatorMaps(scheme: Scheme, assessed: Assessed): IndicatorMap[] {
  const cards = new Map(assessed.scorecards.map((card) => [card.unitId, card]))
  const ordered = assessed.standings.map(({ unitId }) => cards.get(unitId) as Scorecard)
  return scheme.components
    .flatMap((component) => (component.method === 'verified-marks' ? [mapOf(component, ordered)] : []))
    .filter(({ rows }) =>
      rows.some(({ cells }) => cells.some((cell) => cell !== null && cell !== 'not-applicable')),
    )
}
