import type { Decimal, Hundredths, Rounding } from '../rational.ts'
import type { Trigger } from './trigger.ts'

/** How a component 部分 is scored. */
export const methods = ['deductions', 'verified-marks', 'external'] as const
export type Method = (typeof methods)[number]

/** How a rectification deadline counts. */
export const dayCounts = ['working', 'calendar'] as const
export type DayCount = (typeof dayCounts)[number]

/** What a window closed without a submission, or a mark never imported, is worth. */
export const missingValues = ['pending', 'zero'] as const
export type MissingValue = (typeof missingValues)[number]

export const tieRules = ['competition', 'dense'] as const
export type TieRule = (typeof tieRules)[number]

/** 公开范围: what units see of published results: their own grade, their own scores and rank, or the whole table. */
export const publicities = ['own-grade', 'own-result', 'full-table'] as const
export type Publicity = (typeof publicities)[number]

/** A kind of deduction 扣分事项. */
export interface DeductionKind {
  readonly key: string
  readonly name: string
  /** Points lost per problem. */
  readonly points: Hundredths
  readonly trigger: Trigger
  /** 提供单位: the name of the only unit that may record this kind; null = the assessing office. */
  readonly provider: string | null
  /** 整改期限 when none is given, counted from the notification. */
  readonly rectifyWithin: { readonly days: number; readonly count: DayCount }
  /** The most a unit can lose under this kind; null = no limit. */
  readonly cap: Hundredths | null
  /** Whether a problem at a unit that does not take part is charged to its nearest parent that does. */
  readonly chargedUpward: boolean
  /** 一票否决: the best grade left to a unit that lost points under this kind; null = no veto. */
  readonly veto: string | null
  readonly clause: string
}

/** A day fixed by the rule relative to the assessed year: 15 January of the next is { yearOffset: 1, month: 1, day: 15 }. */
export interface RuleDay {
  readonly yearOffset: number
  readonly month: number
  readonly day: number
}

/** A self-assessment window 周期. */
export interface Window {
  readonly key: string
  readonly name: string
  readonly due: RuleDay
}

/** A node of the indicator tree 指标体系; a leaf has full marks of its own, a branch the sum of its leaves. */
export interface Indicator {
  readonly key: string
  readonly name: string
  /** Full marks 满分 of a leaf; null on a branch. */
  readonly full: Decimal | null
  /** How a leaf is scored. */
  readonly scoring: string | null
  /** What must be shown. */
  readonly evidence: string | null
  /** 责任单位: verifies this area; set on the first level. */
  readonly responsible: string | null
  /** Groups it applies to; null = all. */
  readonly groups: readonly string[] | null
  readonly clause: string | null
  readonly children: readonly Indicator[]
}

/** One part of an external evaluation, when the evaluator reports parts. */
export interface Dimension {
  readonly key: string
  readonly name: string
  readonly full: Decimal
}

interface ComponentBase {
  readonly key: string
  readonly name: string
  /** Any positive size; the share is weight ÷ Σ weights. */
  readonly weight: Hundredths
  readonly clause: string
}

/** 扣分制: base − Σ points lost, not below the floor. */
export interface DeductionsComponent extends ComponentBase {
  readonly method: 'deductions'
  readonly base: Hundredths
  readonly floor: Hundredths
  readonly kinds: readonly DeductionKind[]
}

/** 核查得分: mean over windows of Σ verified ÷ Σ applicable full marks × 100. */
export interface VerifiedMarksComponent extends ComponentBase {
  readonly method: 'verified-marks'
  readonly windows: readonly Window[]
  readonly indicators: readonly Indicator[]
  /** A window closed without a submission. */
  readonly missingWindow: MissingValue
}

/** 外部评分: marks ÷ full marks × 100. */
export interface ExternalComponent extends ComponentBase {
  readonly method: 'external'
  readonly full: Decimal
  readonly dimensions: readonly Dimension[]
  readonly missing: MissingValue
}

export type Component = DeductionsComponent | VerifiedMarksComponent | ExternalComponent

/** 等次: half-open band [from, next higher from). */
export interface Grade {
  readonly name: string
  readonly from: Hundredths
}

/** 加分: added to the composite of a unit that earned at least `unlockedFrom`, up to `cap`. */
export interface BonusRule {
  readonly name: string
  readonly unlockedFrom: Hundredths
  readonly cap: Hundredths
  readonly clause: string
}

/** 优秀比例: at most this share of a group may hold the best grade; a tie across the line falls below it. */
export interface ExcellenceQuota {
  readonly percent: Hundredths
  readonly clause: string
}

export interface Milestone {
  readonly key: string
  readonly name: string
  readonly due: RuleDay
  readonly clause: string
}

/** 考核办法: everything that turns facts into grades. Plain data, JSON-safe. */
export interface Scheme {
  readonly name: string
  /** Where the rule is published, for print. */
  readonly source: string
  readonly components: readonly Component[]
  /** Best first, the last from 0. */
  readonly grades: readonly Grade[]
  readonly decimals: number
  readonly rounding: Rounding
  readonly ties: TieRule
  /** One ranking over all groups instead of one per group. */
  readonly rankAcrossGroups: boolean
  readonly bonus: BonusRule | null
  readonly excellenceQuota: ExcellenceQuota | null
  /** Working days from notification in which a unit may appeal. */
  readonly appealWithin: number
  readonly publicity: Publicity
  readonly milestones: readonly Milestone[]
}

/** The leaves of an indicator tree, in order. */
export function leavesOf(indicators: readonly Indicator[]): Indicator[] {
  return indicators.flatMap((node) => (node.children.length === 0 ? [node] : leavesOf(node.children)))
}

/** The day of a rule in an assessed year. */
export function ruleDay(year: number, rule: RuleDay): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year + rule.yearOffset}-${two(rule.month)}-${two(rule.day)}`
}

/** The components that are scored by a method, in the scheme's order. */
export const componentsBy = <M extends Method>(
  scheme: Pick<Scheme, 'components'>,
  method: M,
): Extract<Component, { method: M }>[] =>
  scheme.components.filter(
    (component): component is Extract<Component, { method: M }> => component.method === method,
  )

/** 平时考核: the components that a ledger of problems is kept for. */
export const deductionComponents = (scheme: Pick<Scheme, 'components'>): DeductionsComponent[] =>
  componentsBy(scheme, 'deductions')
/** 自我考核: those for which units hand in claims that are verified. */
export const verifiedComponents = (scheme: Pick<Scheme, 'components'>): VerifiedMarksComponent[] =>
  componentsBy(scheme, 'verified-marks')
/** 第三方评估: those whose marks come from outside. */
export const externalComponents = (scheme: Pick<Scheme, 'components'>): ExternalComponent[] =>
  componentsBy(scheme, 'external')

/** Every deduction kind of a scheme in its order. */
export const kindsIn = (scheme: Pick<Scheme, 'components'>): DeductionKind[] =>
  deductionComponents(scheme).flatMap(({ kinds }) => kinds)
/** The same by key. */
export const kindsOf = (scheme: Pick<Scheme, 'components'>): ReadonlyMap<string, DeductionKind> =>
  new Map(kindsIn(scheme).map((kind) => [kind.key, kind]))

/** The window of a component by their keys. */
export const windowOf = (
  scheme: Pick<Scheme, 'components'>,
  component: string,
  window: string,
): Window | undefined =>
  verifiedComponents(scheme)
    .find(({ key }) => key === component)
    ?.windows.find(({ key }) => key === window)
