import { later, type Day } from '../day.ts'
import { entriesOn, statusMeaning, type Assessed, type LedgerEntry } from '../score/scorecard.ts'

/** A unit charged with problems, and how many of each kind. */
export interface UnitProblems {
  readonly unitId: string
  readonly unit: string
  readonly group: string
  /** In the order of the kinds. */
  readonly counts: readonly number[]
  readonly total: number
}

/** Problems of one kind found at one place more than once. */
export interface RepeatedProblem {
  /** Where they occurred. */
  readonly unitId: string
  readonly unit: string
  readonly chargedUnit: string
  readonly kind: string
  readonly kindName: string
  readonly count: number
  /** How many of them cost points on the day. */
  readonly lost: number
  readonly lastOn: Day
}

/** 问题高发: where problems gather. */
export interface ProblemSpots {
  /** Kinds with a problem, the most frequent first. */
  readonly kinds: readonly { readonly key: string; readonly name: string; readonly total: number }[]
  /** Units with a problem, those with most first. */
  readonly units: readonly UnitProblems[]
  /** The most frequent first, then the latest. */
  readonly repeated: readonly RepeatedProblem[]
}

interface Charged {
  readonly entry: LedgerEntry & { readonly notifiedOn: Day }
  readonly chargedUnit: string
}

function repeatedAmong(problems: readonly Charged[]): RepeatedProblem[] {
  const places = new Map<string, RepeatedProblem>()
  for (const { entry, chargedUnit } of problems) {
    const { unitId, unit, kind, kindName, status, notifiedOn } = entry
    const at = JSON.stringify([unitId, kind])
    const before = places.get(at) ?? {
      unitId,
      unit,
      chargedUnit,
      kind,
      kindName,
      count: 0,
      lost: 0,
      lastOn: notifiedOn,
    }
    places.set(at, {
      ...before,
      count: before.count + 1,
      lost: before.lost + (status === 'lost' ? 1 : 0),
      lastOn: later(before.lastOn, notifiedOn),
    })
  }
  return [...places.values()]
    .filter(({ count }) => count > 1)
    .sort((a, b) => b.count - a.count || Number(a.lastOn < b.lastOn) - Number(a.lastOn > b.lastOn))
}

/** Problems notified by the assessed day, by kind, unit and place; those revoked or entered in error are no problems. */
export function problemSpots(assessed: Assessed): ProblemSpots {
  const byUnit = assessed.scorecards.map((card) => ({
    card,
    problems: entriesOn(card).filter(
      (entry): entry is Charged['entry'] => statusMeaning[entry.status].counts && entry.notifiedOn !== null,
    ),
  }))
  const totals = new Map<string, { name: string; total: number }>()
  for (const { kind, kindName } of byUnit.flatMap(({ problems }) => problems))
    totals.set(kind, { name: kindName, total: (totals.get(kind)?.total ?? 0) + 1 })
  const kinds = [...totals].map(([key, total]) => ({ key, ...total })).sort((a, b) => b.total - a.total)
  return {
    kinds,
    units: byUnit
      .map(({ card: { unitId, unit, group }, problems }) => ({
        unitId,
        unit,
        group,
        counts: kinds.map(({ key }) => problems.filter(({ kind }) => kind === key).length),
        total: problems.length,
      }))
      .filter(({ total }) => total > 0)
      .sort((a, b) => b.total - a.total),
    repeated: repeatedAmong(
      byUnit.flatMap(({ card, problems }) => problems.map((entry) => ({ entry, chargedUnit: card.unit }))),
    ),
  }
}
