import type { Day } from '../../assessment/day.ts'
import type { ExternalMark, Facts, VerifiedMark } from '../../assessment/score/facts.ts'
import type { Scheme } from '../../assessment/rule/scheme.ts'
import type { Problem, Warning } from '../spreadsheet/messages.ts'
import type { Origin } from '../spreadsheet/place.ts'

/** Which sheets of the scheme the workbook carries itself. */
export interface SchemeSheets {
  readonly components: boolean
  readonly grades: boolean
  readonly kinds: boolean
  /** Any sheet with details beyond these. */
  readonly details: boolean
}

/**
 * A workbook, understood. Units are identified by their names, in the order of 考核对象; findings, marks and
 * units each have their origin at the same index.
 */
export interface Book {
  readonly scheme: Scheme
  readonly schemeSheets: SchemeSheets
  /** Names of the kinds in the order of 扣分类别, whatever they count in. */
  readonly kindNames: readonly string[]
  readonly facts: Facts
  readonly origins: {
    readonly units: readonly Origin[]
    readonly findings: readonly Origin[]
    readonly verified: readonly Origin[]
    readonly external: readonly Origin[]
  }
  /** The marks that others replaced: the first ones of `facts.verified` and `facts.external`, without an origin. */
  readonly superseded: {
    readonly verified: readonly VerifiedMark[]
    readonly external: readonly ExternalMark[]
  }
  /** Whether the finding at the same index has a 编号 of its own. */
  readonly numbered: readonly boolean[]
  /** The latest day in any date column; null when there is none. */
  readonly latestDay: Day | null
}

export type BookReading =
  | { readonly ok: true; readonly book: Book; readonly warnings: readonly Warning[] }
  | {
      readonly ok: false
      /** In the order of the workbook; bounded, see `problemCount`. */
      readonly problems: readonly Problem[]
      readonly problemCount: number
      readonly warnings: readonly Warning[]
    }
