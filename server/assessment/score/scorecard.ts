import type { Day } from '../day.ts'
import type { Decimal, Hundredths } from '../rational.ts'
import type { Method } from '../rule/scheme.ts'

/** Where a finding stands on a day; derived, never stored. */
export const statuses = [
  'not-notified', // 未通知
  'open', // 整改中
  'pending-review', // 待核查
  'closed', // 已销号
  'lost', // 已扣分
  'revoked', // 已撤销
  'reversed', // 登记有误，已冲销
] as const
export type FindingStatus = (typeof statuses)[number]

/** What a status says beyond itself. */
interface StatusMeaning {
  /** The problem counts as one: notified, and neither revoked nor entered in error. */
  readonly counts: boolean
  /** It is taken back for good: nothing more may be done about it. */
  readonly void: boolean
  /** Its rectification is not decided: not handed in, or handed in and waiting. */
  readonly undecided: boolean
  /** It has not been rectified. */
  readonly unrectified: boolean
}
const [yes, no] = [true, false]
export const statusMeaning: Readonly<Record<FindingStatus, StatusMeaning>> = {
  'not-notified': { counts: no, void: no, undecided: no, unrectified: no },
  open: { counts: yes, void: no, undecided: yes, unrectified: yes },
  'pending-review': { counts: yes, void: no, undecided: yes, unrectified: no },
  closed: { counts: yes, void: no, undecided: no, unrectified: no },
  lost: { counts: yes, void: no, undecided: no, unrectified: yes },
  revoked: { counts: no, void: yes, undecided: no, unrectified: no },
  reversed: { counts: no, void: yes, undecided: no, unrectified: no },
}

/** One finding as it counts on a day. */
export interface Loss {
  readonly findingId: string
  readonly number: string
  readonly kind: string
  readonly kindName: string
  /** Where it occurred; the scorecard it is on says who is charged. */
  readonly unitId: string
  readonly unit: string
  readonly what: string
  readonly status: FindingStatus
  readonly notifiedOn: Day | null
  readonly deadline: Day | null
  /** First day the points are lost; null while they are not. */
  readonly lostOn: Day | null
  /** Points lost on this day (0 when none). */
  readonly points: Hundredths
  /** Points that will be lost unless something is done (0 when none). */
  readonly atRisk: Hundredths
  /** What those points, lost or at risk, are worth in the composite: points × share, rounded for display. */
  readonly worth: Decimal
  readonly appealed: boolean
  readonly clause: string
}

/** Why a component has no score yet. */
export type PendingReason =
  | { readonly code: 'window-missing'; readonly window: string }
  | { readonly code: 'marks-missing'; readonly window: string; readonly missing: number; readonly of: number }
  | { readonly code: 'nothing-applicable'; readonly window: string }
  | { readonly code: 'external-missing'; readonly dimension: string | null }

export interface DeductionSteps {
  readonly method: 'deductions'
  readonly base: Hundredths
  readonly floor: Hundredths
  /** Σ points after caps per kind. */
  readonly lost: Hundredths
  /** base − lost, before the floor. */
  readonly raw: Hundredths
  readonly kinds: readonly {
    readonly key: string
    readonly name: string
    readonly count: number
    readonly points: Hundredths
    readonly cap: Hundredths | null
  }[]
  /** Every finding charged to the unit, lost or not. */
  readonly findings: readonly Loss[]
}

export interface WindowStep {
  readonly key: string
  readonly name: string
  /** Exact; null while pending. */
  readonly score: Decimal | null
  readonly full: Decimal | null
  readonly verified: Decimal | null
  /** Closed without a submission and counted as 0. */
  readonly countedAsZero: boolean
  readonly marks: readonly {
    readonly leaf: string | null
    readonly full: Decimal
    readonly claimed: Decimal | null
    readonly marks: Decimal | 'not-applicable' | null
  }[]
}

export interface VerifiedSteps {
  readonly method: 'verified-marks'
  readonly windows: readonly WindowStep[]
}

export interface ExternalSteps {
  readonly method: 'external'
  readonly full: Decimal
  readonly marks: Decimal | null
  readonly countedAsZero: boolean
  readonly dimensions: readonly {
    readonly key: string
    readonly name: string
    readonly full: Decimal
    readonly marks: Decimal | null
  }[]
}

/** One term of the equation. All decimals are rounded for display; `exact` is not. */
export interface ComponentScore {
  readonly key: string
  readonly name: string
  readonly method: Method
  readonly weight: Hundredths
  /** weight ÷ Σ weights, e.g. `0.30`. */
  readonly share: Decimal
  readonly score: Decimal | null
  readonly exact: string | null
  /** share × score, rounded for display. */
  readonly contribution: Decimal | null
  /** share × (100 − score), rounded for display. */
  readonly loss: Decimal | null
  readonly pending: readonly PendingReason[]
  readonly clause: string
  readonly steps: DeductionSteps | VerifiedSteps | ExternalSteps
}

/** Why the grade is not simply the band of the composite. */
export type GradeAdjustment =
  | { readonly code: 'veto'; readonly kind: string; readonly from: string }
  | { readonly code: 'quota'; readonly allowed: number; readonly from: string }

/** 成绩单 of one unit on one day, with every step. */
export interface Scorecard {
  readonly unitId: string
  readonly unit: string
  readonly group: string
  readonly asOf: Day
  readonly components: readonly ComponentScore[]
  /** Points added by the bonus rule; null when the scheme has none or the unit is pending. */
  readonly bonus: Decimal | null
  /** Rounded once; null while any component is pending. */
  readonly composite: Decimal | null
  /** The composite before rounding. */
  readonly exact: string | null
  readonly grade: string | null
  readonly adjustments: readonly GradeAdjustment[]
  readonly rank: number | null
  /** Ranked units in the same ranking. */
  readonly rankedOf: number
}

/** One row of a ranking 名次; pending units have rank, composite and grade null. */
export interface Standing {
  readonly unitId: string
  readonly unit: string
  readonly group: string
  readonly rank: number | null
  readonly composite: Decimal | null
  readonly grade: string | null
  /** By component name. */
  readonly components: Readonly<Record<string, Decimal | null>>
  /** Names of the components that are pending. */
  readonly pending: readonly string[]
}

/** Where a unit stands. All null while it is pending. */
export type Place = Pick<Standing, 'composite' | 'grade' | 'rank'>

/** What `assess` gives. */
export interface Assessed {
  readonly asOf: Day
  /** Group by group in the order groups first appear, ranked inside, pending last. */
  readonly standings: readonly Standing[]
  /** In unit order. */
  readonly scorecards: readonly Scorecard[]
}

/** Every finding on a scorecard, lost or not. */
export const lossesOn = (card: Scorecard): Loss[] =>
  card.components.flatMap(({ steps }) => (steps.method === 'deductions' ? [...steps.findings] : []))
