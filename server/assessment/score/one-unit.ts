import { chargingOf } from './charging.ts'
import { compose, shareOf, totalWeight, type Composed } from './composite.ts'
import { addDays, type Day } from '../day.ts'
import type { Facts, Finding, FindingFact } from './facts.ts'
import { gradeAlone } from './grades.ts'
import type { Rankable } from './ranking.ts'
import { decimal, fromExact, type Rational } from '../rational.ts'
import type { Grade, Scheme } from '../rule/scheme.ts'
import type { LedgerEntry, Scorecard } from './scorecard.ts'

/** The facts of one unit alone, so that it can be assessed again and again with the composite it has among the others. */
export function ownFacts(facts: Facts, unitId: string): Facts {
  const charging = chargingOf(facts.units, facts.participants)
  const others = new Set(
    facts.participants.map((participant) => participant.unitId).filter((id) => id !== unitId),
  )
  const mine = <Fact extends { unitId: string }>(all: readonly Fact[]) =>
    all.filter((fact) => fact.unitId === unitId)
  return {
    ...facts,
    // A participant below the unit still answers for itself, though it is no participant here.
    units: facts.units.map((unit) => (others.has(unit.id) ? { ...unit, parentId: null } : unit)),
    participants: mine(facts.participants),
    findings: facts.findings.filter(
      (finding) =>
        charging.nearest(finding.unitId) === unitId ||
        finding.facts.some((fact) => 'unitId' in fact && charging.nearest(fact.unitId) === unitId),
    ),
    verified: mine(facts.verified),
    external: mine(facts.external),
    submissions: mine(facts.submissions),
  }
}

/** The facts by which the points of an open finding are lost on a day. */
export const whenLost = (asOf: Day): readonly FindingFact[] => [
  { type: 'rejected', on: asOf },
  { type: 'extended', on: asOf, deadline: addDays(asOf, -1) },
]

/** The finding with further facts. */
export const withFacts = (finding: Finding, facts: readonly FindingFact[]): Finding => ({
  ...finding,
  facts: [...finding.facts, ...facts],
})

/** The finding as if its appeal had been decided for the unit on that day. */
export const revoked = (finding: Finding, asOf: Day): Finding =>
  withFacts(finding, [{ type: 'decided', on: asOf, outcome: 'revoked' }])

/** Every entry on a scorecard with the key of its component; null = 总分加减. */
export const placedEntries = (
  card: Scorecard,
): { readonly entry: LedgerEntry; readonly component: string | null }[] => [
  ...card.components.flatMap(({ key, steps }) =>
    steps.method === 'deductions' ? steps.findings.map((entry) => ({ entry, component: key })) : [],
  ),
  ...(card.adjustment?.findings ?? []).map((entry) => ({ entry, component: null })),
]

/** A scorecard as a ranking sees it. */
export const rankable = ({ unitId, group, composite, vetoes }: Scorecard): Rankable => ({
  unitId,
  group,
  composite: composite === null ? null : decimal(composite),
  last: vetoes.some(({ veto }) => veto.type === 'last'),
})

/** The composite of a scorecard with other scores or shares for some of its parts, by their keys; everything else as it is. */
export const composedWith = (
  scheme: Scheme,
  { group, components, adjustment, vetoes }: Scorecard,
  scores: Readonly<Record<string, Rational>> = {},
  shares: ReadonlyMap<string, Rational> = new Map(),
): Composed =>
  compose(scheme, {
    group,
    parts: components.map(({ key, weight, exact }) => ({
      share: shares.get(key) ?? shareOf(weight, totalWeight(components)),
      score: scores[key] ?? (exact === null ? null : fromExact(exact)),
    })),
    adjustments: adjustment,
    vetoes: vetoes.map(({ veto }) => veto),
  })

/** The place of a composite's grade for a scorecard's unit seen alone, quotas apart; null where only others can tell. */
export const gradeAloneOf = (scheme: Scheme, card: Scorecard, composite: Rational): number | null =>
  gradeAlone(scheme, { ...rankable(card), vetoes: card.vetoes, composite })

/** The name of that grade; null while the unit is pending, too. */
export function gradeNameAlone(scheme: Scheme, card: Scorecard): string | null {
  const at = card.composite === null ? null : gradeAloneOf(scheme, card, decimal(card.composite))
  return at === null ? null : (scheme.grades[at] as Grade).name
}
