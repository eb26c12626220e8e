import type { Loss, Scorecard } from '#assessment/scorecard'
import type { Scope } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { kindsProvidedBy, type Visible } from '../access/visibility.ts'
import type { AssessedOn } from './assessed.ts'
import { lossesOn } from './scorecard-view.ts'
import { unitsBelow } from './unit-tree.ts'

/** One line of the ledger 台账: a finding, who is charged, and where it came from. */
export interface LedgerLine extends Loss {
  readonly chargedUnitId: string
  readonly chargedUnit: string
  readonly group: string
  readonly source: string | null
  readonly provider: string | null
}

function linesOf(
  card: Scorecard,
  { rows }: AssessedOn,
  providers: ReadonlyMap<string, string | null>,
): LedgerLine[] {
  return lossesOn(card).map((loss) => ({
    ...loss,
    chargedUnitId: card.unitId,
    chargedUnit: card.unit,
    group: card.group,
    source: rows.get(loss.findingId)?.source ?? null,
    provider: providers.get(loss.kind) ?? null,
  }))
}

type Reach = (line: LedgerLine) => boolean

/** Which lines a permission reaches: all, those of the kinds one provides, or those of one's own unit. */
function reachOf({ scheme, participants, units }: Visible, account: Account, scope: Scope): Reach {
  if (scope === 'all' || scope === 'assessing-unit') return () => true
  if (scope === 'own-kinds') {
    const own = new Set(kindsProvidedBy(scheme, account).map(({ key }) => key))
    return ({ kind }) => own.has(kind)
  }
  const unitId = account.unit?.id ?? ''
  if (participants.some((row) => row.unit_id === unitId))
    return ({ chargedUnitId }) => chargedUnitId === unitId
  const below = new Set(unitsBelow(units, unitId).map(({ id }) => id))
  return (line) => below.has(line.unitId)
}

/** The ledger on the assessed day as far as the caller may see it, in the order recorded. */
export function ledgerFor(on: AssessedOn, visible: Visible, account: Account, scope: Scope): LedgerLine[] {
  const providers = new Map(
    on.scheme.components.flatMap((component) =>
      component.method === 'deductions'
        ? component.kinds.map(({ key, provider }) => [key, provider] as const)
        : [],
    ),
  )
  const order = new Map(on.facts.findings.map(({ id }, index) => [id, index]))
  return on.assessed.scorecards
    .flatMap((card) => linesOf(card, on, providers))
    .filter(reachOf(visible, account, scope))
    .sort((a, b) => (order.get(a.findingId) ?? 0) - (order.get(b.findingId) ?? 0))
}
