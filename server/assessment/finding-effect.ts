import { assess } from './assess.ts'
import { chargingOf } from './charging.ts'
import { addDays, type Day } from './day.ts'
import type { Facts, FindingFact } from './facts.ts'
import { traceFinding } from './finding-status.ts'
import type { Place } from './leave-one-out.ts'
import { ownFacts } from './one-unit.ts'
import { rank, type Rankable } from './ranking.ts'
import { decimal } from './rational.ts'
import type { Scheme } from './scheme.ts'
import type { Assessed, Scorecard } from './scorecard.ts'
import type { WorkCalendar } from './working-days.ts'

/** How a unit's place changes; grades are before any excellence quota. */
export interface UnitChange {
  readonly unitId: string
  readonly unit: string
  readonly from: Place
  readonly to: Place
}

/** What further facts of one finding would do (model §7: the appeal shows its effect on score, grade and rank). */
export interface FindingEffect {
  /** The unit charged now; null when nobody is. */
  readonly charged: UnitChange | null
  /** The unit charged afterwards, where it is another. */
  readonly instead: UnitChange | null
  /** Other units whose rank changes. */
  readonly moved: readonly {
    readonly unitId: string
    readonly unit: string
    readonly from: number | null
    readonly to: number | null
  }[]
}

/** The facts by which the points of an open finding are lost on a day. */
export const whenLost = (asOf: Day): readonly FindingFact[] => [
  { type: 'rejected', on: asOf },
  { type: 'extended', on: asOf, deadline: addDays(asOf, -1) },
]

const rankable = ({ unitId, group, composite }: Scorecard): Rankable => ({
  unitId,
  group,
  composite: composite === null ? null : decimal(composite),
})

/**
 * What would come of adding facts to a finding on the day of `assessed` (which `assess` gave for the same scheme, facts and
 * calendar). Only the units charged before and after are scored again. Throws RangeError for an unknown finding or kind.
 */
export function effectOf(
  scheme: Scheme,
  facts: Facts,
  assessed: Assessed,
  calendar: WorkCalendar,
  findingId: string,
  then: readonly FindingFact[],
): FindingEffect {
  const { asOf, scorecards } = assessed
  const finding = facts.findings.find(({ id }) => id === findingId)
  if (!finding) throw new RangeError(`unknown finding ${findingId}`)
  const kinds = new Map(
    scheme.components.flatMap((component) =>
      component.method === 'deductions' ? component.kinds.map((kind) => [kind.key, kind] as const) : [],
    ),
  )
  const charging = chargingOf(facts.units, facts.participants)
  const chargedUnder = (told: typeof finding) => {
    const { kind, unitId } = traceFinding(told, kinds, asOf, calendar)
    return charging.charged(unitId, kind.chargedUpward)
  }
  const next = { ...finding, facts: [...finding.facts, ...then] }
  const changed: Facts = {
    ...facts,
    findings: facts.findings.map((one) => (one.id === findingId ? next : one)),
  }
  const [before, after] = [chargedUnder(finding), chargedUnder(next)]

  const ownScheme: Scheme = { ...scheme, excellenceQuota: null }
  const cardOf = (all: Facts, unitId: string) =>
    assess(ownScheme, ownFacts(all, unitId), asOf, calendar).scorecards[0] as Scorecard
  const affected = [...new Set([before, after])].flatMap((unitId) =>
    unitId === null ? [] : [{ from: cardOf(facts, unitId), to: cardOf(changed, unitId) }],
  )
  const groups = new Set(affected.map(({ to }) => to.group))
  const replaced = new Map(affected.map(({ to }) => [to.unitId, to]))
  const cards = scorecards.filter((card) => scheme.rankAcrossGroups || groups.has(card.group))
  const ranked = (scheme.rankAcrossGroups ? [null] : [...groups]).flatMap((group) =>
    rank(
      cards
        .filter((card) => group === null || card.group === group)
        .map((card) => rankable(replaced.get(card.unitId) ?? card)),
      scheme.ties,
    ),
  )
  const ranks = new Map(ranked.map(({ unit, rank }) => [unit.unitId, rank]))
  const present = new Map(cards.map((card) => [card.unitId, card]))

  const changeOf = (unitId: string | null): UnitChange | null => {
    const pair = affected.find(({ to }) => to.unitId === unitId)
    if (!pair) return null
    const { from, to } = pair
    return {
      unitId: to.unitId,
      unit: to.unit,
      from: { composite: from.composite, grade: from.grade, rank: present.get(to.unitId)?.rank ?? null },
      to: { composite: to.composite, grade: to.grade, rank: ranks.get(to.unitId) ?? null },
    }
  }
  return {
    charged: changeOf(before),
    instead: after === before ? null : changeOf(after),
    moved: cards.flatMap(({ unitId, unit, rank: from }) => {
      const to = ranks.get(unitId) ?? null
      return replaced.has(unitId) || from === to ? [] : [{ unitId, unit, from, to }]
    }),
  }
}
