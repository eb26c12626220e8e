/*
 * What a scheme is: every type of it in one place, in the order of the model (§3), with the few questions that are asked of them everywhere.
 * Long since it is the whole vocabulary of a rule.
 */

import type { Decimal, Hundredths, Rounding } from '../rational.ts'
import type { Day } from '../day.ts'
import type { Trigger } from './trigger.ts'

/** How a component 部分 is scored. */
export const methods = ['deductions', 'verified-marks', 'external'] as const
export type Method = (typeof methods)[number]

/** What an entry of a ledger does: 扣分 takes points, 加分 gives them. */
export const effects = ['loss', 'gain'] as const
export type Effect = (typeof effects)[number]
/** Which way an entry moves marks. */
const moves = { loss: -1, gain: 1 } as const satisfies Readonly<Record<Effect, -1 | 1>>
/** Whether a kind or an entry takes marks. */
export const isLoss = ({ effect }: { readonly effect: Effect }): boolean => moves[effect] < 0
/** Whether a kind or an entry gives marks. */
export const isGain = ({ effect }: { readonly effect: Effect }): boolean => moves[effect] > 0

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

/** 名额取整: how a share of units becomes a number. */
export const shareRoundings = ['down', 'nearest', 'up'] as const
export type ShareRounding = (typeof shareRoundings)[number]

/** 并列跨线: whether units that tie across the last place of a grade are all in or all out. */
export const tiesAcross = ['out', 'in'] as const
export type TieAcross = (typeof tiesAcross)[number]

/** 档次: how grave a problem is, or how great an achievement, and the points it moves. */
export interface Severity {
  readonly key: string
  readonly name: string
  readonly points: Hundredths
}

/** 一票否决: leaves at best a grade, caps the composite at a number, or ranks the unit behind all others. */
export type Veto =
  | { readonly type: 'grade'; readonly grade: string }
  | { readonly type: 'at-most'; readonly composite: Hundredths }
  | { readonly type: 'last' }

/** A kind of entry in a ledger 扣分或加分类别. */
export interface LedgerKind {
  readonly key: string
  readonly name: string
  readonly effect: Effect
  /** At least one; the first is the usual one. */
  readonly severities: readonly Severity[]
  readonly trigger: Trigger
  /** 提供单位: the name of the only unit that may record this kind; null = the assessing office. */
  readonly provider: string | null
  /** 整改期限 when none is given, counted from the notification. */
  readonly rectifyWithin: { readonly days: number; readonly count: DayCount }
  /** Key of the area 归口 whose cap it shares; null = none. */
  readonly area: string | null
  /** The most that all entries of this kind can move; null = no limit. */
  readonly cap: Hundredths | null
  /** Whether an entry at a unit that does not take part is charged to its nearest parent that does. */
  readonly chargedUpward: boolean
  readonly vetoes: readonly Veto[]
  /** Monitor rules whose suspicions it takes. */
  readonly monitorRules: readonly string[]
  readonly clause: string
}

/** 归口: kinds that share a cap ("扣完为止"); it cuts their losses and, apart from them, their gains. */
export interface Area {
  readonly key: string
  readonly name: string
  readonly cap: Hundredths | null
}

/** 台账: what may be entered. */
export interface Ledger {
  readonly areas: readonly Area[]
  readonly kinds: readonly LedgerKind[]
}

/** A day fixed by the rule relative to the assessed year: 15 January of the next is { yearOffset: 1, month: 1, day: 15 }. */
export interface RuleDay {
  readonly yearOffset: number
  readonly month: number
  readonly day: number
}

/** 周期: a part of the year, from the day after the end of the one before to its own end. */
export interface Window {
  readonly key: string
  readonly name: string
  /** 统计截止; null = the due day. */
  readonly ends: RuleDay | null
  /** 报送截止; null = nothing is handed in. */
  readonly due: RuleDay | null
  /** Null = all windows of the component weigh the same. */
  readonly weight: Hundredths | null
}

/** 计分方式: how what a verifier observes becomes marks. */
export const scaleTypes = ['free', 'levels', 'steps', 'rate', 'checklist'] as const
export type ScaleType = (typeof scaleTypes)[number]
export type LeafScale =
  | { readonly type: 'free' }
  /** 分档: a word and its marks. */
  | {
      readonly type: 'levels'
      readonly levels: readonly { readonly word: string; readonly marks: Decimal }[]
    }
  /** 阶梯: marks for at least so many, most first; below all of them 0. */
  | {
      readonly type: 'steps'
      readonly steps: readonly { readonly atLeast: Decimal; readonly marks: Decimal }[]
    }
  /** 比率: full marks at the target, `off` for each `step` below it — in proportion, or for each begun — and never under `floor`. */
  | {
      readonly type: 'rate'
      readonly target: Decimal
      readonly step: Decimal
      readonly off: Decimal
      readonly floor: Decimal
      readonly whenBegun: boolean
    }
  /** 清单: `off` for each missing item, never under 0. */
  | { readonly type: 'checklist'; readonly off: Decimal }

/** A node of the indicator tree 指标体系; a leaf has full marks of its own, a branch the sum of its leaves. */
export interface Indicator {
  readonly key: string
  readonly name: string
  /** Full marks 满分 of a leaf; null on a branch. */
  readonly full: Decimal | null
  /** How a leaf is scored, in words. */
  readonly scoring: string | null
  readonly scale: LeafScale
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

/** What is different for one group 分组. */
export interface GroupVariant {
  readonly group: string
  /** Null = as for all; `not-applicable` = the part does not apply to the group. */
  readonly weight: Hundredths | 'not-applicable' | null
  /** Other full marks; null = as for all. */
  readonly full: Decimal | null
}

interface ComponentBase {
  readonly key: string
  readonly name: string
  /** Any size; the share is weight ÷ Σ weights that apply. 0 = shown, without effect. */
  readonly weight: Hundredths
  readonly variants: readonly GroupVariant[]
  /** None = the year as one. */
  readonly windows: readonly Window[]
  readonly clause: string
}

/** 扣分制: what the ledger comes to — base − losses + gains, between floor and ceiling — as it is, or out of full marks. */
export interface DeductionsComponent extends ComponentBase, Ledger {
  readonly method: 'deductions'
  readonly base: Hundredths
  readonly floor: Hundredths
  /** Divides the value (÷ full marks × 100); null = the value is the score. */
  readonly full: Hundredths | null
  /** 上限: a number, the full marks (the base where there are none), or none. */
  readonly ceiling: Hundredths | 'full' | 'none'
}

/** 核查得分: weighted mean over windows of Σ verified ÷ Σ applicable full marks × 100. */
export interface VerifiedMarksComponent extends ComponentBase {
  readonly method: 'verified-marks'
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

/** 总分加减: a ledger beside the components; its losses come off the composite, its gains are added. */
export interface Adjustments extends Ledger {
  /** The most that gains add; null = no limit. */
  readonly gainCap: Hundredths | null
  /** Gains count for a composite above this mark (at least, where it is included); null = always. */
  readonly unlock: { readonly from: Hundredths; readonly inclusive: boolean } | null
  readonly clause: string
}

/** Where a grade begins and how many may hold it. */
export interface GradeLine {
  /** The band's lower edge, half-open; null = no band. */
  readonly from: Hundredths | null
  /** 比例: of all units of the ranking that take part, in hundredths of a percent; null = none. */
  readonly share: Hundredths | null
  /** 名额; null = none. */
  readonly count: number | null
}

/** 等次, best first; the last takes all others. */
export interface Grade extends GradeLine {
  readonly name: string
  /** Other lines for some groups. */
  readonly groups: readonly (GradeLine & { readonly group: string })[]
}

/** How quotas are read. */
export interface QuotaRules {
  readonly rounding: ShareRounding
  /** A share that comes to less than one allows one. */
  readonly atLeastOne: boolean
  readonly tieAcross: TieAcross
}

export interface Milestone {
  readonly key: string
  readonly name: string
  readonly due: RuleDay
  readonly clause: string
}

/** One numbered clause of the rule's text. */
export interface Clause {
  /** As others name it: `四（一）1`. */
  readonly number: string
  readonly text: string
}

/** 考核办法: everything that turns facts into grades. Plain data, JSON-safe. */
export interface Scheme {
  readonly name: string
  /** Where the rule is published, for print. */
  readonly source: string
  readonly components: readonly Component[]
  readonly adjustments: Adjustments | null
  /** 总分上限 of the composite; null = none. */
  readonly ceiling: Hundredths | null
  /** 满分制 on which composites are published, and that of some groups: composite × scale ÷ 100. */
  readonly scale: Hundredths
  readonly groupScales: readonly { readonly group: string; readonly scale: Hundredths }[]
  readonly grades: readonly Grade[]
  readonly quotas: QuotaRules
  readonly decimals: number
  readonly rounding: Rounding
  readonly ties: TieRule
  /** One ranking over all groups instead of one per group. */
  readonly rankAcrossGroups: boolean
  /** Working days from notification in which a unit may appeal. */
  readonly appealWithin: number
  readonly publicity: Publicity
  readonly milestones: readonly Milestone[]
  /** The rule's own words. */
  readonly clauses: readonly Clause[]
  /** English words of names, by the Chinese one. */
  readonly english: Readonly<Record<string, string>>
}

/** Every node of an indicator tree, each before those below it. */
export const nodesOf = (indicators: readonly Indicator[]): Indicator[] =>
  indicators.flatMap((node) => [node, ...nodesOf(node.children)])

/** The leaves of an indicator tree, in order. */
export function leavesOf(indicators: readonly Indicator[]): Indicator[] {
  return indicators.flatMap((node) => (node.children.length === 0 ? [node] : leavesOf(node.children)))
}

/** The day of a rule in an assessed year; 29 February of a common year is its 28th. */
export function ruleDay(year: number, rule: RuleDay): Day {
  const two = (value: number) => String(value).padStart(2, '0')
  const of = year + rule.yearOffset
  const isLeap = (of % 4 === 0 && of % 100 !== 0) || of % 400 === 0
  const day = rule.month === 2 && rule.day === 29 && !isLeap ? 28 : rule.day
  return `${of}-${two(rule.month)}-${two(day)}`
}

/** The last day of a window's statistics in an assessed year. */
export const windowEnd = ({ ends, due }: Window, year: number): Day =>
  ruleDay(year, ends ?? due ?? { yearOffset: 0, month: 12, day: 31 })

/** The day by which a window is handed in: 报送截止, or where there is none the end of its statistics. */
export const handInDay = (window: Window, year: number): Day =>
  window.due ? ruleDay(year, window.due) : windowEnd(window, year)

/** Every ledger of a scheme with its kinds, those of components first; the adjustments' key is null. */
export const ledgersOf = (
  scheme: Pick<Scheme, 'components' | 'adjustments'>,
): { readonly key: string | null; readonly ledger: Ledger }[] => [
  ...scheme.components.flatMap((component) =>
    component.method === 'deductions' ? [{ key: component.key, ledger: component }] : [],
  ),
  ...(scheme.adjustments ? [{ key: null, ledger: scheme.adjustments }] : []),
]

/** Every kind of a scheme's ledgers in their order. */
export const kindsIn = (scheme: Pick<Scheme, 'components' | 'adjustments'>): LedgerKind[] =>
  ledgersOf(scheme).flatMap(({ ledger }) => ledger.kinds)
/** The same by key. */
export const kindsOf = (
  scheme: Pick<Scheme, 'components' | 'adjustments'>,
): ReadonlyMap<string, LedgerKind> => new Map(kindsIn(scheme).map((kind) => [kind.key, kind]))

/** The severity that an entry names; the usual one where it names none. Throws RangeError for one that the kind does not have. */
export function severityOf(kind: LedgerKind, key: string | null): Severity {
  const severity = key === null ? kind.severities[0] : kind.severities.find((each) => each.key === key)
  if (!severity) throw new RangeError(`kind ${kind.key}: unknown severity ${key}`)
  return severity
}

const variantFor = (component: Component, group: string): GroupVariant | undefined =>
  component.variants.find((variant) => variant.group === group)

/** A component as it is for a group: its weight and full marks; null where it does not apply. */
export function componentFor(component: Component, group: string): Component | null {
  const variant = variantFor(component, group)
  if (!variant) return component
  if (variant.weight === 'not-applicable') return null
  const weight = variant.weight ?? component.weight
  if (variant.full === null || component.method === 'verified-marks') return { ...component, weight }
  if (component.method === 'external') return { ...component, weight, full: variant.full }
  const full = Math.round(Number(variant.full) * 100)
  // One number stated is base and full marks alike.
  return component.full === null ? { ...component, weight, base: full } : { ...component, weight, full }
}

/** The scale on which a group's composites are published. */
export const scaleFor = (scheme: Scheme, group: string): Hundredths =>
  scheme.groupScales.find((each) => each.group === group)?.scale ?? scheme.scale

/** A grade's line for a group. */
export const gradeLineFor = (grade: Grade, group: string): GradeLine =>
  grade.groups.find((each) => each.group === group) ?? grade

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

/** The window of a component by their keys. */
export const windowOf = (
  scheme: Pick<Scheme, 'components'>,
  component: string,
  window: string,
): Window | undefined =>
  scheme.components.find(({ key }) => key === component)?.windows.find(({ key }) => key === window)
