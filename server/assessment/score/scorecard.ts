import type { Day } from '../day.ts'
import type { Decimal, Hundredths } from '../rational.ts'
import type { Effect, Method, Veto } from '../rule/scheme.ts'

/** Where an entry of a ledger stands on a day; derived, never stored. */
export const statuses = [
  'not-notified', // 未通知
  'open', // 整改中
  'pending-review', // 待核查
  'closed', // 已销号
  'lost', // 已扣分
  'gained', // 已加分
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
  // A gain is no problem.
  gained: { counts: no, void: no, undecided: no, unrectified: no },
  revoked: { counts: no, void: yes, undecided: no, unrectified: no },
  reversed: { counts: no, void: yes, undecided: no, unrectified: no },
}

/** One entry of a ledger as it counts on a day. */
export interface LedgerEntry {
  readonly findingId: string
  /** 编号 as shown beside the unit charged: 2017-3, or 城关镇 2017-3 where it was given within another unit. */
  readonly number: string
  readonly kind: string
  readonly kindName: string
  readonly effect: Effect
  /** 档次; null where the kind has only one. */
  readonly severity: string | null
  /** Key of its area; null = none. */
  readonly area: string | null
  /** Where it occurred; the scorecard it is on says who is charged. */
  readonly unitId: string
  readonly unit: string
  readonly what: string
  readonly status: FindingStatus
  readonly notifiedOn: Day | null
  readonly deadline: Day | null
  /** First day the points count; null while they do not. */
  readonly countsOn: Day | null
  /** Key of the window in which they count; null where the ledger has none. */
  readonly window: string | null
  /** Points lost or gained on this day, once caps have cut them (0 when none). */
  readonly points: Hundredths
  /** Points of its severity, uncut. */
  readonly fullPoints: Hundredths
  /** The cap that cut them. */
  readonly cutBy: 'kind' | 'area' | null
  /** Points that will be lost unless something is done (0 when none). */
  readonly atRisk: Hundredths
  /** What those points, counted or at risk, are worth in the composite, rounded for display. */
  readonly worth: Decimal
  readonly appealed: boolean
  readonly clause: string
}

/** Why a component has no score yet. */
export type PendingReason =
  | { readonly code: 'window-missing'; readonly window: string }
  | { readonly code: 'marks-missing'; readonly window: string; readonly missing: number; readonly of: number }
  | { readonly code: 'nothing-applicable'; readonly window: string }
  | { readonly code: 'external-missing'; readonly dimension: string | null; readonly window: string | null }

/** What a ledger's entries come to, by kind and by area. */
export interface LedgerSums {
  readonly lost: Hundredths
  readonly gained: Hundredths
  readonly kinds: readonly {
    readonly key: string
    readonly name: string
    readonly effect: Effect
    readonly count: number
    readonly points: Hundredths
    readonly cap: Hundredths | null
  }[]
  readonly areas: readonly {
    readonly key: string
    readonly name: string
    readonly cap: Hundredths | null
    readonly lost: Hundredths
    readonly gained: Hundredths
  }[]
  /** Every entry charged to the unit, counting or not. */
  readonly findings: readonly LedgerEntry[]
}

/** One window of a ledger; the year as one has neither key nor name. */
export interface LedgerWindowStep {
  readonly key: string | null
  readonly name: string | null
  readonly share: Decimal
  readonly end: Day | null
  readonly lost: Hundredths
  readonly gained: Hundredths
  /** base − lost + gained, before floor and ceiling. */
  readonly raw: Hundredths
  readonly value: Hundredths
  readonly score: Decimal
}

export interface LedgerSteps extends LedgerSums {
  readonly method: 'deductions'
  readonly base: Hundredths
  readonly floor: Hundredths
  /** Null = the value is the score. */
  readonly full: Hundredths | null
  readonly ceiling: Hundredths | null
  readonly windows: readonly LedgerWindowStep[]
}

export interface WindowStep {
  readonly key: string
  readonly name: string
  /** Exact, of the component. */
  readonly share: string
  /** Exact; null while pending. */
  readonly score: Decimal | null
  readonly full: Decimal | null
  readonly verified: Decimal | null
  /** Closed without a submission and counted as 0. */
  readonly countedAsZero: boolean
  /** Whether it applies to the unit. */
  readonly applies: boolean
  readonly marks: readonly {
    readonly leaf: string | null
    readonly full: Decimal
    readonly claimed: Decimal | null
    readonly observation: string | null
    readonly marks: Decimal | 'not-applicable' | null
  }[]
}

export interface VerifiedSteps {
  readonly method: 'verified-marks'
  readonly windows: readonly WindowStep[]
}

/** One window of an external evaluation; the year as one has neither key nor name. */
export interface ExternalWindowStep {
  readonly key: string | null
  readonly name: string | null
  /** Exact, of the component. */
  readonly share: string
  readonly marks: Decimal | null
  readonly applies: boolean
  readonly countedAsZero: boolean
  readonly dimensions: readonly {
    readonly key: string
    readonly name: string
    readonly full: Decimal
    readonly marks: Decimal | null
  }[]
}

export interface ExternalSteps {
  readonly method: 'external'
  readonly full: Decimal
  readonly windows: readonly ExternalWindowStep[]
}

/** One term of the equation. All decimals are rounded for display; `exact` is not. */
export interface ComponentScore {
  readonly key: string
  readonly name: string
  readonly method: Method
  readonly weight: Hundredths
  /** weight ÷ Σ weights that apply to the unit, e.g. `0.30`. */
  readonly share: Decimal
  readonly score: Decimal | null
  readonly exact: string | null
  /** share × score on the unit's scale, rounded for display. */
  readonly contribution: Decimal | null
  /** share × (100 − score) on the unit's scale, rounded for display; negative above 100. */
  readonly loss: Decimal | null
  readonly pending: readonly PendingReason[]
  readonly clause: string
  readonly steps: LedgerSteps | VerifiedSteps | ExternalSteps
}

/** 总分加减 of a unit. */
export interface AdjustmentScore extends LedgerSums {
  /** Gains that count − losses, signed, two decimals; null while the composite is pending. */
  readonly value: Decimal | null
  /** Whether the composite passed the unlocking mark; null while it is pending. */
  readonly unlocked: boolean | null
  /** Gains that count, two decimals. */
  readonly counted: Decimal | null
}

/** Why the grade is not simply the band of the composite. */
export type GradeReason =
  | { readonly code: 'veto'; readonly kind: string; readonly veto: Veto; readonly from: string }
  | { readonly code: 'quota'; readonly grade: string; readonly allowed: number; readonly from: string }

/** 成绩单 of one unit on one day, with every step. */
export interface Scorecard {
  readonly unitId: string
  readonly unit: string
  readonly group: string
  readonly asOf: Day
  /** 满分制 on which the composite is. */
  readonly scale: Hundredths
  /** Those that apply to the unit. */
  readonly components: readonly ComponentScore[]
  /** Names of the parts that do not apply to it. */
  readonly notApplicable: readonly string[]
  /** Null when the scheme has none. */
  readonly adjustment: AdjustmentScore | null
  /** Rounded once; null while any component that weighs anything is pending. */
  readonly composite: Decimal | null
  /** The composite before rounding. */
  readonly exact: string | null
  readonly grade: string | null
  readonly reasons: readonly GradeReason[]
  /** Every veto that stands against the unit, kind by kind. */
  readonly vetoes: readonly { readonly kind: string; readonly veto: Veto }[]
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
  /** By component name; those that do not apply are absent. */
  readonly components: Readonly<Record<string, Decimal | null>>
  /** Names of the components that are pending. */
  readonly pending: readonly string[]
  /** 总分加减, signed; null while pending, absent in a scheme without. */
  readonly adjustment?: Decimal | null
  /** Names of the kinds whose vetoes stand, each once; absent in a scheme without. */
  readonly vetoes?: readonly string[]
}

/** What an interim standing 阶段成绩 of a group rests on. */
export interface InterimBasis {
  /** Parts, and windows of parts as PART·WINDOW. */
  readonly basis: readonly string[]
  /** Percent of the weights that apply to the group, two decimals. */
  readonly share: Decimal
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
  /** By group; null for the result. */
  readonly interim: Readonly<Record<string, InterimBasis>> | null
}

/** A part of a scorecard by its key; undefined where it does not apply to the unit. */
export const partOn = ({ components }: Scorecard, key: string): ComponentScore | undefined =>
  components.find((component) => component.key === key)

/** Every entry of a scorecard's ledgers, counting or not; those of the adjustments last. */
export const entriesOn = (card: Scorecard): LedgerEntry[] => [
  ...card.components.flatMap(({ steps }) => (steps.method === 'deductions' ? [...steps.findings] : [])),
  ...(card.adjustment?.findings ?? []),
]
