import type { Decimal, Hundredths, Rounding } from '../rational.ts'
import { plainPoints } from '../typed.ts'
import type {
  Component,
  DayCount,
  Dimension,
  GradeLine,
  Indicator,
  LedgerKind,
  Milestone,
  MissingValue,
  Publicity,
  RuleDay,
  Scheme,
  Severity,
  TieRule,
  Window,
} from './scheme.ts'
import type { Trigger } from './trigger.ts'

/*
 * Schemes as they were stored before a rule could have severities, windows, quotas and adjustments; read here and nowhere else. Literal: this form
 * never changes any more.
 */

interface FormerKind {
  readonly key: string
  readonly name: string
  readonly points: Hundredths
  readonly trigger: Trigger
  readonly provider: string | null
  readonly rectifyWithin: { readonly days: number; readonly count: DayCount }
  readonly cap: Hundredths | null
  readonly chargedUpward: boolean
  readonly veto: string | null
  readonly clause: string
}

type FormerIndicator = Omit<Indicator, 'scale' | 'children'> & {
  readonly children: readonly FormerIndicator[]
}

interface FormerBase {
  readonly key: string
  readonly name: string
  readonly weight: Hundredths
  readonly clause: string
}

type FormerComponent =
  | (FormerBase & {
      readonly method: 'deductions'
      readonly base: Hundredths
      readonly floor: Hundredths
      readonly kinds: readonly FormerKind[]
    })
  | (FormerBase & {
      readonly method: 'verified-marks'
      readonly windows: readonly { readonly key: string; readonly name: string; readonly due: RuleDay }[]
      readonly indicators: readonly FormerIndicator[]
      readonly missingWindow: MissingValue
    })
  | (FormerBase & {
      readonly method: 'external'
      readonly full: Decimal
      readonly dimensions: readonly Dimension[]
      readonly missing: MissingValue
    })

interface FormerScheme {
  readonly name: string
  readonly source: string
  readonly components: readonly FormerComponent[]
  readonly grades: readonly { readonly name: string; readonly from: Hundredths }[]
  readonly decimals: number
  readonly rounding: Rounding
  readonly ties: TieRule
  readonly rankAcrossGroups: boolean
  readonly bonus: {
    readonly name: string
    readonly unlockedFrom: Hundredths
    readonly cap: Hundredths
    readonly clause: string
  } | null
  readonly excellenceQuota: { readonly percent: Hundredths; readonly clause: string } | null
  readonly appealWithin: number
  /** Left out before there was a choice: the whole table was known. */
  readonly publicity?: Publicity
  readonly milestones: readonly Milestone[]
}

/** The kind of gain that a former bonus is: its points were typed entry by entry. */
export const formerBonusKey = 'bonus'

const halfPoint = 50
const mostSteps = 40

/** 档次 of a former bonus: one for each number of points, by the points. */
export const pointsSeverity = (points: Hundredths): Severity => {
  const text = plainPoints(points)
  return { key: text, name: text, points }
}

/** Points in even steps up to a cap, half a point where that makes no long list, to choose from. */
function stepsTo(cap: Hundredths): Hundredths[] {
  const step = Math.ceil(cap / (mostSteps * halfPoint)) * halfPoint
  return Array.from({ length: Math.floor(cap / step) }, (_, at) => (at + 1) * step)
}

/** A kind of gain with a severity for each number of points, and further ones for those `given` so far, in order. */
export function withPoints(kind: LedgerKind, given: readonly Hundredths[]): LedgerKind {
  const known = new Set(kind.severities.map(({ points }) => points))
  const missing = [...new Set(given)].filter((points) => !known.has(points))
  if (missing.length === 0) return kind
  const severities = [...kind.severities, ...missing.map(pointsSeverity)]
  return { ...kind, severities: severities.toSorted((a, b) => a.points - b.points) }
}

/** The kind of gain that a bonus under a name and up to a cap becomes. */
export function formerBonusKind(name: string, cap: Hundredths): LedgerKind {
  const steps = stepsTo(cap)
  return {
    key: formerBonusKey,
    name,
    effect: 'gain',
    severities: (steps.length > 0 ? steps : [cap]).map(pointsSeverity),
    trigger: 'at-once',
    provider: null,
    rectifyWithin: { days: 15, count: 'working' },
    area: null,
    cap: null,
    chargedUpward: false,
    vetoes: [],
    monitorRules: [],
    clause: '',
  }
}

const kindFrom = ({ points, veto, ...kind }: FormerKind): LedgerKind => ({
  ...kind,
  effect: 'loss',
  severities: [{ key: 'usual', name: '', points }],
  area: null,
  vetoes: veto === null ? [] : [{ type: 'grade', grade: veto }],
  monitorRules: [],
})

const indicatorFrom = (node: FormerIndicator): Indicator => ({
  ...node,
  scale: { type: 'free' },
  children: node.children.map(indicatorFrom),
})

/** 统计截止 of half years; other windows end on their due day (contract: 周期). */
const usualEnds: Readonly<Record<string, RuleDay>> = {
  上半年: { yearOffset: 0, month: 6, day: 30 },
  下半年: { yearOffset: 0, month: 12, day: 31 },
}

const windowFrom = (window: {
  readonly key: string
  readonly name: string
  readonly due: RuleDay
}): Window => ({
  ...window,
  ends: usualEnds[window.name] ?? null,
  weight: null,
})

function componentFrom(component: FormerComponent): Component {
  const added = { variants: [], windows: [] }
  switch (component.method) {
    case 'deductions':
      return {
        ...component,
        ...added,
        full: null,
        ceiling: 'full',
        areas: [],
        kinds: component.kinds.map(kindFrom),
      }
    case 'verified-marks':
      return {
        ...component,
        ...added,
        windows: component.windows.map(windowFrom),
        indicators: component.indicators.map(indicatorFrom),
      }
    case 'external':
      return { ...component, ...added }
  }
}

function adjustmentsFrom(bonus: FormerScheme['bonus']): Scheme['adjustments'] {
  if (bonus === null) return null
  const { name, unlockedFrom, cap, clause } = bonus
  return {
    areas: [],
    kinds: [formerBonusKind(name, cap)],
    gainCap: cap,
    unlock: { from: unlockedFrom, inclusive: true },
    clause,
  }
}

const noQuota = { share: null, count: null } as const

function schemeFrom({ bonus, excellenceQuota, grades, ...scheme }: FormerScheme): Scheme {
  const line = (from: Hundredths, at: number): GradeLine => {
    const isLast = at === grades.length - 1
    return {
      from,
      ...noQuota,
      ...(at === 0 && !isLast && excellenceQuota && { share: excellenceQuota.percent }),
    }
  }
  return {
    ...scheme,
    publicity: scheme.publicity ?? 'full-table',
    components: scheme.components.map(componentFrom),
    adjustments: adjustmentsFrom(bonus),
    ceiling: null,
    scale: 10_000,
    groupScales: [],
    grades: grades.map(({ name, from }, at) => ({ name, ...line(from, at), groups: [] })),
    quotas: { rounding: 'down', atLeastOne: false, tieAcross: 'out' },
    clauses: [],
    english: {},
  }
}

const isFormer = (stored: FormerScheme | Scheme): stored is FormerScheme => !('quotas' in stored)

/**
 * A scheme out of the JSON that was stored of it, in today's form or in the one before it. A bonus of then is the adjustments' kind `bonus`; `given`
 * are the points recorded under it so far, each of which has its severity. What follows from it is the same.
 */
export function schemeFromStored(json: unknown, given: readonly Hundredths[] = []): Scheme {
  const stored = json as FormerScheme | Scheme
  const scheme = isFormer(stored) ? schemeFrom(stored) : stored
  const { adjustments } = scheme
  if (!adjustments || given.length === 0) return scheme
  return {
    ...scheme,
    adjustments: {
      ...adjustments,
      kinds: adjustments.kinds.map((kind) => (kind.key === formerBonusKey ? withPoints(kind, given) : kind)),
    },
  }
}
