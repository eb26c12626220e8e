import type { Scheme } from '#assessment/rule/scheme'
import { t } from '../../../i18n.ts'
import { named } from '../../../scheme-names.ts'
import type { Insight } from '../../../api/insight.ts'

type Standing = Insight['standings'][number]

export interface ComparedUnit {
  readonly standing: Standing
  readonly values: readonly (number | null)[]
}

/** A part of the year's result, in the language on screen: a component, or a first-level area of one that is mapped. Scores of 100. */
export interface Part {
  readonly name: string
  readonly valueOf: (unitId: string) => number | null
}

/** The parts of an assessment in scheme order; a component with an indicator map is split into its areas. */
export function partsOf({ maps, standings }: Insight, scheme: Scheme): Part[] {
  const rows = new Map(standings.map((row) => [row.unitId, row]))
  return scheme.components.flatMap(({ key, name }): Part[] => {
    const score = (unitId: string): number | null => {
      const value = rows.get(unitId)?.components[name] ?? null
      return value === null ? null : Number(value)
    }
    const map = maps.find(({ component }) => component === key)
    if (!map) return [{ name: named(name), valueOf: score }]
    const places = new Map(map.units.map(({ unitId }, index) => [unitId, index]))
    return map.rows
      .filter(({ area }) => area === null)
      .map((row) => ({
        name: named(row.name),
        valueOf: (unitId) => {
          const cell = row.cells[places.get(unitId) ?? -1] ?? null
          return cell === null || cell === 'not-applicable' ? null : Number(cell)
        },
      }))
  })
}

/** The chosen units with their values part by part, in the order chosen; unknown ones are left out. */
export const comparedUnits = (
  chosen: readonly string[],
  standings: Insight['standings'],
  parts: readonly Part[],
): ComparedUnit[] =>
  chosen.flatMap((unitId) => {
    const standing = standings.find((row) => row.unitId === unitId)
    return standing ? [{ standing, values: parts.map(({ valueOf }) => valueOf(unitId)) }] : []
  })

/** Mean of each part over the units of a group that have it. */
export const groupMean = (
  group: string,
  standings: Insight['standings'],
  parts: readonly Part[],
): (number | null)[] =>
  parts.map(({ valueOf }) => {
    const known = standings.flatMap((row) => (row.group === group ? (valueOf(row.unitId) ?? []) : []))
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
  })

/** Highest minus lowest among the known values; null with fewer than two. */
export function gapOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length < 2 ? null : Math.max(...known) - Math.min(...known)
}

/** Where the first two units differ most, in one sentence; null while nothing can be said. */
export function gapSentence(units: readonly ComparedUnit[], parts: readonly Part[]): string | null {
  const [first, second] = units
  if (!first || !second) return null
  const gaps = parts.flatMap(({ name }, index) => {
    const gap = gapOf([first.values[index] ?? null, second.values[index] ?? null])
    return gap === null ? [] : [{ name, gap }]
  })
  const [widest] = gaps.sort((a, b) => b.gap - a.gap)
  return widest
    ? t('result.insight.vs.sentenceTwo', {
        first: first.standing.unit,
        second: second.standing.unit,
        part: widest.name,
        by: widest.gap.toFixed(2),
      })
    : null
}
