import type { Day } from '#assessment/day'
import { kindsOf } from '#assessment/rule/scheme'
import type { Finding, FindingFact } from '#assessment/score/facts'
import { reachOf, type Charge } from './case-rights.ts'
import type { Scope } from './permissions.ts'
import type { Account } from './session.ts'
import { chargingIn, type Visible } from './visibility.ts'

/** The charge in force when each fact of a finding was recorded, and last the one in force now; an amendment changes it. */
export function chargesOf({ kind, unitId, facts }: Finding, visible: Visible): readonly Charge[] {
  const kinds = kindsOf(visible.scheme)
  const { charged } = chargingIn(visible)
  const chargeOf = (place: { readonly kind: string; readonly unitId: string }): Charge => ({
    kind: place.kind,
    unitId: place.unitId,
    chargedUnitId: charged(place.unitId, kinds.get(place.kind)?.chargedUpward ?? false),
  })
  const charges = [chargeOf({ kind, unitId })]
  for (const [index, fact] of facts.entries()) {
    const isMoved = fact.type === 'decided' && fact.outcome === 'amended'
    charges.push(isMoved ? chargeOf(fact) : (charges[index] as Charge))
  }
  return charges
}

/** What of a finding an account sees. */
export interface CaseSight {
  /** Whether it sees a fact, by the fact's place among the finding's. */
  readonly fact: (index: number) => boolean
  /** Whether it is told what a decision amended the finding to. */
  readonly amendedTo: (index: number) => boolean
  /** Where an amendment took the finding from the account's unit for good; null while it is there, and for those who see it all. */
  readonly movedAt: number | null
}

const whole: CaseSight = { fact: () => true, amendedTo: () => true, movedAt: null }

/**
 * How much of a finding an account sees whose permission reaches it: all of it, but the people of a unit only what happened while it was theirs,
 * with the notice and the amendments that took it away or brought it.
 */
export function caseSight(visible: Visible, account: Account, scope: Scope): (finding: Finding) => CaseSight {
  if (scope !== 'own-unit') return () => whole
  const isOwn = reachOf(visible, account, scope)
  return (finding) => {
    const own = chargesOf(finding, visible).map(isOwn)
    const last = own.lastIndexOf(true)
    const isAmendment = (fact: FindingFact | undefined) => fact?.type === 'decided'
    return {
      fact: (index) => {
        const fact = finding.facts[index]
        if (fact?.type === 'notified') return last >= 0
        return own[index] === true || (isAmendment(fact) && own[index + 1] === true)
      },
      amendedTo: (index) => own[index + 1] === true,
      movedAt: last >= 0 && last < finding.facts.length ? last : null,
    }
  }
}

/** A finding as it is known on a day: the notification always is, everything else from its day on. */
export const knownOn = (finding: Finding, asOf: Day): Finding => ({
  ...finding,
  facts: finding.facts.filter(({ type, on }) => type === 'notified' || on <= asOf),
})
