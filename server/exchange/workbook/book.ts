import type { Day } from '../../assessment/day.ts'
import type { ExternalMark, Facts, VerifiedMark } from '../../assessment/score/facts.ts'
import type { Scheme } from '../../assessment/rule/scheme.ts'
import type { ProblemCode, WarningCode } from '../spreadsheet/messages.ts'

/** Where in a workbook something was found; a null row is the whole sheet, a null sheet the whole file. */
export interface Place {
  readonly sheet: string | null
  /** As the spreadsheet program numbers it: the header is row 1. */
  readonly row: number | null
  readonly column: string | null
}

export type Params = Readonly<Record<string, string | number>>

/** Why a workbook cannot be used. */
export interface Problem extends Place {
  readonly code: ProblemCode
  readonly params: Params
}

/** What was left out or looks odd in a workbook that can be used. */
export interface Warning extends Place {
  readonly code: WarningCode
  readonly params: Params
}

/** Which sheets of the scheme the workbook carries itself. */
export interface SchemeSheets {
  readonly components: boolean
  readonly grades: boolean
  readonly kinds: boolean
  /** Any sheet with details beyond these. */
  readonly details: boolean
}

/** The sheet and row that a fact was read from. */
export interface Origin {
  readonly sheet: string
  readonly row: number
}

/**
 * A workbook, understood. Units are identified by their names, in the order of 考核对象; findings, marks and
 * units each have their origin at the same index.
 */
export interface Book {
  readonly scheme: Scheme
  readonly schemeSheets: SchemeSheets
  readonly facts: Facts
  readonly origins: {
    readonly units: readonly Origin[]
    readonly findings: readonly Origin[]
    readonly verified: readonly Origin[]
    readonly external: readonly Origin[]
    /** Of the points given; what takes some back stands in the same row. */
    readonly bonuses: readonly Origin[]
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
