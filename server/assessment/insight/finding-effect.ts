import { assess } from '../score/assess.ts'
import { chargingOf } from '../score/charging.ts'
import type { Facts, Finding, FindingFact } from '../score/facts.ts'
import { traceFinding } from '../score/finding-status.ts'
import { gradeNameAlone, ownFacts, rankable, withFacts } from '../score/one-unit.ts'
import { rank } from '../score/ranking.ts'
import { kindsOf, type Scheme } from '../rule/scheme.ts'
import type { Decimal } from '../rational.ts'
import type { Assessed, Place, Scorecard } from '../score/scorecard.ts'
import type { WorkCalendar } from '../working-days.ts'

/** How a unit's place changes; grades are before any quota. */
interface UnitChange {
  readonly unitId: string
  readonly unit: string
  readonly from: Place
  readonly to: Place
  /** The part whose score changes, known also while the composite is pending; null where none does. */
  readonly part: { readonly name: string; readonly from: Decimal | null; readonly to: Decimal | null } | null
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

/** What would come of adding facts to a finding. Throws RangeError for an unknown finding or kind. */
export type EffectOf = (findingId: string, then: readonly FindingFact[]) => FindingEffect

/**
 * Tells effects on the day of `assessed` (which `assess` gave for the same scheme, facts and calendar). Only the units charged
 * before and after are scored again; what they need is gathered once.
 */
export function effectsOn(
  scheme: Scheme,
  facts: Facts,
  assessed: Assessed,
  calendar: WorkCalendar,
): EffectOf {
  const { asOf, scorecards } = assessed
  const kinds = kindsOf(scheme)
  const charging = chargingOf(facts.units, facts.participants)
  const findings = new Map(facts.findings.map((finding) => [finding.id, finding]))
  const present = new Map(scorecards.map((card) => [card.unitId, card]))
  const gathered = new Map<string, Facts>()

  function ownOf(unitId: string): Facts {
    const own = gathered.get(unitId) ?? ownFacts(facts, unitId)
    gathered.set(unitId, own)
    return own
  }
  function cardWith(changed: Finding, unitId: string): Scorecard {
    const own = ownOf(unitId)
    const others = own.findings.filter(({ id }) => id !== changed.id)
    const card = assess(scheme, { ...own, findings: [...others, changed] }, asOf, calendar).scorecards[0]
    return card as Scorecard
  }
  const placeOf = (card: Scorecard, rank: number | null): Place => ({
    composite: card.composite,
    grade: gradeNameAlone(scheme, card),
    rank,
  })
  function changedPart(from: Scorecard, to: Scorecard): UnitChange['part'] {
    const changed = to.components.flatMap(({ key, name, score }) =>
      from.components
        .filter((before) => before.key === key && before.score !== score)
        .map((before) => ({ name, from: before.score, to: score })),
    )
    return changed[0] ?? null
  }
  function chargedUnder(told: Finding): string | null {
    const { kind, unitId } = traceFinding(told, kinds, asOf, calendar)
    return charging.charged(unitId, kind.chargedUpward)
  }

  return (findingId, then) => {
    const finding = findings.get(findingId)
    if (!finding) throw new RangeError(`unknown finding ${findingId}`)
    const changed = withFacts(finding, then)
    const [before, after] = [chargedUnder(finding), chargedUnder(changed)]
    const replaced = new Map(
      [...new Set([before, after])].flatMap((unitId) =>
        unitId === null ? [] : [[unitId, cardWith(changed, unitId)] as const],
      ),
    )
    const groups = new Set([...replaced.values()].map(({ group }) => group))
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

    const changeOf = (unitId: string | null): UnitChange | null => {
      const [from, to] = [present.get(unitId ?? ''), replaced.get(unitId ?? '')]
      if (!from || !to) return null
      return {
        unitId: to.unitId,
        unit: to.unit,
        from: placeOf(from, from.rank),
        to: placeOf(to, ranks.get(to.unitId) as number | null),
        part: changedPart(from, to),
      }
    }
    return {
      charged: changeOf(before),
      instead: after === before ? null : changeOf(after),
      moved: cards.flatMap(({ unitId, unit, rank: from }) => {
        const to = ranks.get(unitId) as number | null
        return replaced.has(unitId) || from === to ? [] : [{ unitId, unit, from, to }]
      }),
    }
  }
}
