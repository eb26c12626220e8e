import { comparability, type Comparability } from '#assessment/rule/comparability'
import type { Day } from '#assessment/day'
import type { Stage } from '#assessment/vocabulary'
import type { Visible } from '../access/visibility.ts'
import type { AssessedOn } from '../assessed.ts'

interface YearOfUnit {
  readonly unitId: string
  readonly unit: string
  readonly group: string
  readonly composite: string | null
  readonly grade: string | null
  readonly rank: number | null
  /** Ranked units in the same ranking. */
  readonly rankedOf: number
  /** Scores in the order of the year's components. */
  readonly scores: readonly (string | null)[]
}

/** One year of the trend. */
export interface TrendYear {
  readonly assessmentId: string
  readonly name: string
  readonly year: number
  readonly stage: Stage
  readonly schemeId: string
  readonly asOf: Day
  readonly components: readonly { readonly key: string; readonly name: string }[]
  readonly units: readonly YearOfUnit[]
  /** What may be compared with the year before; null in the first one. */
  readonly sinceBefore: (Comparability & { readonly sameScheme: boolean }) | null
}

export interface Trend {
  readonly years: readonly TrendYear[]
}

export interface YearAssessed {
  readonly visible: Visible
  readonly on: AssessedOn
}

/** The units' results in each year, earliest first, and what of them may be compared. */
export function trendOf(years: readonly YearAssessed[], unitIds: readonly string[]): Trend {
  const wanted = new Set(unitIds)
  return {
    years: years.map(({ visible: { assessment, scheme }, on: { assessed } }, index) => {
      const before = years[index - 1]?.visible
      return {
        assessmentId: assessment.id,
        name: assessment.name,
        year: assessment.year,
        stage: assessment.stage,
        schemeId: assessment.schemeId,
        asOf: assessed.asOf,
        components: scheme.components.map(({ key, name }) => ({ key, name })),
        units: assessed.scorecards
          .filter(({ unitId }) => wanted.has(unitId))
          .map(({ unitId, unit, group, composite, grade, rank, rankedOf, components }) => ({
            unitId,
            unit,
            group,
            composite,
            grade,
            rank,
            rankedOf,
            scores: components.map(({ score }) => score),
          })),
        sinceBefore: before
          ? {
              ...comparability(before.scheme, scheme),
              sameScheme: before.assessment.schemeId === assessment.schemeId,
            }
          : null,
      }
    }),
  }
}
