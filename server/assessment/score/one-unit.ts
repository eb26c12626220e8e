import { chargingOf } from './charging.ts'
import type { Day } from '../day.ts'
import type { Facts, Finding } from './facts.ts'
import type { Loss, Scorecard } from './scorecard.ts'

/** The facts of one unit alone, so that it can be assessed again and again with the composite it has among the others. */
export function ownFacts(facts: Facts, unitId: string): Facts {
  const charging = chargingOf(facts.units, facts.participants)
  const others = new Set(facts.participants.map((one) => one.unitId).filter((id) => id !== unitId))
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
    bonuses: mine(facts.bonuses),
  }
}

/** The finding as if its appeal had been decided for the unit on that day. */
export const revoked = (finding: Finding, asOf: Day): Finding => ({
  ...finding,
  facts: [...finding.facts, { type: 'decided', on: asOf, outcome: 'revoked' }],
})

/** Every finding on a scorecard with the key of its component. */
export const lossesOf = (card: Scorecard): { loss: Loss; component: string }[] =>
  card.components.flatMap(({ key, steps }) =>
    steps.method === 'deductions' ? steps.findings.map((loss) => ({ loss, component: key })) : [],
  )
