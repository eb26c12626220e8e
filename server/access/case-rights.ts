import type { Day } from '#assessment/day'
import type { Finding } from '#assessment/score/facts'
import { traceFinding, type FindingTrace } from '#assessment/score/finding-status'
import type { WorkCalendar } from '#assessment/working-days'
import { findingFrom } from '../../db/facts.ts'
import type { StoredFinding } from '../../db/findings.ts'
import type { CaseStep } from '#assessment/score/finding-course'
import { kindsIn, kindsOf, type LedgerKind } from '#assessment/rule/scheme'
import { scopeOf, type Action, type Scope } from './permissions.ts'
import type { Account } from './session.ts'
import { unitsBelow } from './unit-tree.ts'
import { chargingIn, kindsProvidedBy, presentName, unitNamesIn, type Visible } from './visibility.ts'

/** What each step of a case asks of the person who takes it. */
const actionOfStep = {
  extended: 'finding.extend',
  submitted: 'finding.rectify',
  withdrawn: 'finding.rectify',
  accepted: 'finding.review',
  rejected: 'finding.review',
  appealed: 'finding.appeal',
  decided: 'finding.decide',
  reversed: 'finding.reverse',
} as const satisfies Readonly<Record<CaseStep, Action>>

/** A finding as far as it says who may act on it. */
export interface CaseParties {
  /** Key of the kind in force. */
  readonly kind: string
  /** Where it occurred. */
  readonly unitId: string
  readonly chargedUnitId: string | null
  /** Accounts that recorded the finding or any fact of it but a decision. */
  readonly handledBy: ReadonlySet<string>
  /** Who handed in the last rectification. */
  readonly submittedBy: string | null
}

/** Who handed in the last rectification; nobody here where it came with the import of the finding, which only copied what the unit had done. */
function submittedBy({ facts, importId, recordedAt }: StoredFinding): string | null {
  const last = facts.findLast(({ type }) => type === 'submitted')
  if (last === undefined || (importId !== null && last.recordedAt === recordedAt)) return null
  return last.recordedBy
}

/** Where a stored finding stands on a day, and who has a part in it. */
export function partiesOf(
  stored: StoredFinding,
  visible: Visible,
  calendar: WorkCalendar,
  on: Day,
): { readonly finding: Finding; readonly trace: FindingTrace; readonly parties: CaseParties } {
  const finding = findingFrom(stored, stored.facts)
  const trace = traceFinding(finding, kindsOf(visible.scheme), on, calendar)
  const handled = stored.facts.filter(({ type }) => type !== 'decided')
  const parties: CaseParties = {
    kind: trace.kind.key,
    unitId: trace.unitId,
    chargedUnitId: chargingIn(visible).charged(trace.unitId, trace.kind.chargedUpward),
    handledBy: new Set(
      [stored, ...handled].flatMap(({ recordedBy }) => (recordedBy === null ? [] : [recordedBy])),
    ),
    submittedBy: submittedBy(stored),
  }
  return { finding, trace, parties }
}

export type CaseRefusal = 'forbidden' | 'kind-not-yours' | 'unit-not-yours' | 'own-case' | 'own-unit-case'

/** Where a finding occurred, under which kind, and who answers for it. */
export type Charge = Pick<CaseParties, 'kind' | 'unitId' | 'chargedUnitId'>

/** Whether a unit is a party: it is the place, or the participant charged answers for it. */
const isParty = (visible: Visible, unit: string, { unitId, chargedUnitId }: Charge): boolean =>
  unit === unitId || (chargedUnitId !== null && chargingIn(visible).nearest(unit) === chargedUnitId)

/** Id of the unit that provides a kind; empty where the rule names a unit that nobody is. */
export function providerOf({ scheme, assessment, responsible }: Visible, kind: string): string | null {
  const found = kindsOf(scheme).get(kind)
  if (!found) return null
  return found.provider === null ? assessment.unitId : (responsible.get(found.provider) ?? '')
}

/** The same with its name; the rule's own word where nobody is meant. */
export function providingUnit(
  visible: Visible,
  kind: string,
): { readonly unitId: string; readonly unit: string } {
  const unitId = providerOf(visible, kind) ?? ''
  return {
    unitId,
    unit: unitNamesIn(visible).get(unitId) ?? kindsOf(visible.scheme).get(kind)?.provider ?? '',
  }
}

/** The providing unit of a finding that it is itself a party to: the office acts in its place (model §5). Null for every other finding. */
export function providerAsParty(visible: Visible, charge: Charge): string | null {
  const provider = providerOf(visible, charge.kind)
  return provider !== null && isParty(visible, provider, charge) ? provider : null
}

/** The name of the providing unit in whose place the office reviews, as that unit cannot or does not (model §11); null for those who review in their own right. */
export function reviewsInsteadOf(account: Account, visible: Visible, charge: Charge): string | null {
  if (provides(account, visible, charge)) return null
  const provider = kindsOf(visible.scheme).get(charge.kind)?.provider ?? null
  return provider === null ? null : presentName(visible, provider)
}

/** Whether the account keeps the ledger for a finding: it provides the kind, or is the office in the place of a provider that is a party. */
const provides = (account: Account, visible: Visible, charge: Charge): boolean =>
  kindsProvidedBy(visible, account).some(({ key }) => key === charge.kind) ||
  (account.role === 'office' && providerAsParty(visible, charge) !== null)

/** Whether a review is the account's own to do: it provides the kind, or is the office where the provider is a party or nobody works for it. */
export const reviewIsOwn = (
  account: Account,
  visible: Visible,
  charge: Charge,
  /** Ids of the units for which an agency's account works. */
  working: ReadonlySet<string>,
): boolean =>
  provides(account, visible, charge) ||
  (account.role === 'office' && !working.has(providerOf(visible, charge.kind) ?? ''))

/**
 * Nobody acts on a case to which their own unit is a party; the office does, in the place of the provider that would have to, and where nobody
 * else may.
 */
function isOwnUnitCase(account: Account, visible: Visible, charge: Charge, onlyOffice: boolean): boolean {
  if (account.unit === null || !isParty(visible, account.unit.id, charge)) return false
  return account.role !== 'office' || !(onlyOffice || providerAsParty(visible, charge) !== null)
}

type Reached = (account: Account, visible: Visible, parties: CaseParties) => CaseRefusal | null

const reached: Readonly<Record<Scope, Reached>> = {
  all: () => null,
  // The assessment itself is one that the account's unit carries out: else it is not visible.
  'assessing-unit': () => null,
  'own-kinds': (account, visible, parties) => (provides(account, visible, parties) ? null : 'kind-not-yours'),
  'own-unit': ({ unit }, _, { unitId, chargedUnitId }) =>
    unit !== null && (unit.id === chargedUnitId || unit.id === unitId) ? null : 'unit-not-yours',
  'charged-unit': ({ unit }, _, { chargedUnitId }) =>
    unit !== null && unit.id === chargedUnitId ? null : 'unit-not-yours',
  published: () => 'forbidden',
}

/** Why the account may not record a finding; null when it may. */
export const recordingRefusal = (account: Account, visible: Visible, charge: Charge): CaseRefusal | null => {
  if (!provides(account, visible, charge)) return 'kind-not-yours'
  return isOwnUnitCase(account, visible, charge, false) ? 'own-unit-case' : null
}

/** What a party does in its own case; everything else is for others. */
const ofParty: ReadonlySet<CaseStep> = new Set(['submitted', 'withdrawn', 'appealed'])

/** Nobody judges what they had a hand in: an appeal one's own case, a review one's own rectification (model §7). */
function isOwnCase(step: CaseStep, account: Account, { handledBy, submittedBy }: CaseParties): boolean {
  if (step === 'decided') return handledBy.has(account.id)
  return (step === 'accepted' || step === 'rejected') && submittedBy === account.id
}

/** Why the account may not take the step in a case that it may see; null when it may. */
export function refusalOf(
  step: CaseStep,
  account: Account,
  visible: Visible,
  parties: CaseParties,
): CaseRefusal | null {
  const scope = scopeOf(account.role, actionOfStep[step])
  if (scope === undefined) return 'forbidden'
  const refusal = reached[scope](account, visible, parties)
  if (refusal !== null) return refusal
  if (!ofParty.has(step) && isOwnUnitCase(account, visible, parties, step === 'decided'))
    return 'own-unit-case'
  return isOwnCase(step, account, parties) ? 'own-case' : null
}

type Reach = (finding: Charge) => boolean

/** Which findings a permission reaches: all, those of the kinds one provides, or those of one's own unit. */
export function reachOf(visible: Visible, account: Account, scope: Scope): Reach {
  const { participants, units } = visible
  if (scope === 'all' || scope === 'assessing-unit') return () => true
  if (scope === 'own-kinds') {
    const own = new Set(kindsProvidedBy(visible, account).map(({ key }) => key))
    return ({ kind }) => own.has(kind)
  }
  const unitId = account.unit?.id ?? ''
  if (participants.some((row) => row.unitId === unitId))
    return ({ chargedUnitId }) => chargedUnitId === unitId
  const below = new Set(unitsBelow(units, unitId).map(({ id }) => id))
  return (line) => below.has(line.unitId)
}

/**
 * The kinds under which an account may record: those that it provides, and for the office also those whose provider is assessed itself and may
 * thus be a party.
 */
export function recordableKinds(visible: Visible, account: Account): LedgerKind[] {
  const own = new Set(kindsProvidedBy(visible, account))
  const { nearest } = chargingIn(visible)
  const isAssessed = (provider: string | null): boolean =>
    provider !== null && nearest(visible.responsible.get(provider) ?? '') !== null
  return kindsIn(visible.scheme).filter(
    (kind) => own.has(kind) || (account.role === 'office' && isAssessed(kind.provider)),
  )
}
