import type { Day } from '../day.ts'
import type { Decimal } from '../rational.ts'

/** 考核对象 or any unit below one. */
export interface Unit {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
}

/** The name of a unit. Throws RangeError for an id that is not among the units. */
export function unitNamed(units: ReadonlyMap<string, Unit>, unitId: string): string {
  const unit = units.get(unitId)
  if (!unit) throw new RangeError(`unknown unit ${unitId}`)
  return unit.name
}

/** A unit that takes part, in its ranking group 分组. The order of participants is the unit order. */
export interface Participant {
  readonly unitId: string
  readonly group: string
}

export const outcomes = ['upheld', 'revoked', 'amended'] as const
export type Outcome = (typeof outcomes)[number]

/** What happens to a finding, dated; in the order recorded. */
export type FindingFact =
  /** 通知; a null deadline is filled in from the kind's rectification time. */
  | {
      readonly type: 'notified'
      readonly on: Day
      readonly deadline: Day | null
      /** When it was recorded, if that may be later than the notice; left out = on its day. */
      readonly recordedOn?: Day
    }
  | { readonly type: 'extended'; readonly on: Day; readonly deadline: Day }
  | { readonly type: 'submitted'; readonly on: Day }
  | { readonly type: 'withdrawn'; readonly on: Day }
  | { readonly type: 'accepted'; readonly on: Day }
  | { readonly type: 'rejected'; readonly on: Day }
  | { readonly type: 'appealed'; readonly on: Day }
  /** An amendment names the kind and the unit that hold from its day on. */
  | { readonly type: 'decided'; readonly on: Day; readonly outcome: 'upheld' | 'revoked' }
  | {
      readonly type: 'decided'
      readonly on: Day
      readonly outcome: 'amended'
      readonly kind: string
      readonly unitId: string
      /** The severity under the amended kind; null = the usual one. */
      readonly severity?: string | null
      /**
       * By when another unit rectifies that is charged from now on: this decision is its notice. Left out where the same unit is charged, and in
       * decisions of earlier releases, which kept the deadline there was.
       */
      readonly deadline?: Day
      /** When it was recorded, if that may be later than its day; left out = on its day. */
      readonly recordedOn?: Day
    }
  /** 撤销登记: entered in error. */
  | { readonly type: 'reversed'; readonly on: Day }

export const findingFactTypes = [
  'notified',
  'extended',
  'submitted',
  'withdrawn',
  'accepted',
  'rejected',
  'appealed',
  'decided',
  'reversed',
] as const satisfies readonly FindingFact['type'][]

/** 台账条目: one problem found at a unit, or one achievement of it. */
export interface Finding {
  readonly id: string
  /** 编号, e.g. 2017-3. */
  readonly number: string
  /** The unit within which the number was given, whoever is charged since; absent where numbers count within the whole assessment. */
  readonly numberedUnitId?: string
  /** Key of its kind. */
  readonly kind: string
  /** Key of its severity 档次; null = the kind's usual one. */
  readonly severity: string | null
  /** Where it occurred. */
  readonly unitId: string
  readonly what: string
  readonly facts: readonly FindingFact[]
}

/** A verified mark 核查分; the last one on or before a day counts on that day. */
export interface VerifiedMark {
  readonly unitId: string
  readonly component: string
  readonly window: string
  /** Indicator name or key; null = the window's total. */
  readonly leaf: string | null
  readonly full: Decimal
  /** null = not yet verified, unless the observation gives them. */
  readonly marks: Decimal | 'not-applicable' | null
  /** 观测: what the verifier saw, under the leaf's scale; marks follow from it where none are given. */
  readonly observation?: string | null
  /** 自评分, for comparison only: it never counts. */
  readonly claimed: Decimal | null
  /** null = undated, counts on every day (workbook rows carry no date). */
  readonly on: Day | null
}

/** A mark given by an external evaluator. */
export interface ExternalMark {
  readonly unitId: string
  readonly component: string
  /** Key of the window; null where the component has none. */
  readonly window: string | null
  readonly dimension: string | null
  /** 不适用 leaves the window, or the part, out for the unit. */
  readonly marks: Decimal | 'not-applicable' | null
  readonly on: Day | null
}

/** That a unit's window is closed from this day, whether it submitted or not. */
export interface ClosedWindow {
  readonly component: string
  readonly window: string
  readonly on: Day
}

/** 延期: a later due day of a window, for one unit or, with a null unit, for all; known from the day it was granted. */
export interface WindowExtension {
  readonly component: string
  readonly window: string
  readonly unitId: string | null
  readonly due: Day
  readonly on: Day
}

/** Self-assessment handed in. */
export interface Submission {
  readonly unitId: string
  readonly component: string
  readonly window: string
  readonly on: Day
}

/** Everything known, in the order recorded. */
export interface Facts {
  /** The assessed year; the year of the day, or the one before in January to March, when left out. */
  readonly year?: number
  readonly units: readonly Unit[]
  readonly participants: readonly Participant[]
  readonly findings: readonly Finding[]
  readonly verified: readonly VerifiedMark[]
  readonly external: readonly ExternalMark[]
  readonly closed: readonly ClosedWindow[]
  /** None when left out. */
  readonly extensions?: readonly WindowExtension[]
  readonly submissions: readonly Submission[]
}

/** The assessed year of facts on a day (contract: 考核年度). */
export const yearOf = ({ year }: Pick<Facts, 'year'>, asOf: Day): number =>
  year ?? Number(asOf.slice(0, 4)) - (asOf.slice(5, 7) <= '03' ? 1 : 0)
