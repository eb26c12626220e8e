import { entriesOn, type LedgerEntry, type Scorecard } from '#assessment/score/scorecard'
import type { Scope } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { presentName, type Visible } from '../access/visibility.ts'
import type { AssessedOn } from '../assessed.ts'
import { kindsOf } from '#assessment/rule/scheme'
import { isProvisional } from '#assessment/score/finding-status'
import { reachOf } from '../access/case-rights.ts'
import type { LedgerLine } from './wire.ts'

const lineOf = (
  entry: LedgerEntry,
  card: Scorecard,
  { rows, calendar }: AssessedOn,
  kinds: ReturnType<typeof kindsOf>,
): LedgerLine => ({
  ...entry,
  chargedUnitId: card.unitId,
  chargedUnit: card.unit,
  group: card.group,
  source: rows.get(entry.findingId)?.source ?? null,
  provider: kinds.get(entry.kind)?.provider ?? null,
  provisional: isProvisional(kinds.get(entry.kind), entry.notifiedOn, entry.deadline, calendar),
})

const made = new WeakMap<AssessedOn['assessed'], readonly LedgerLine[]>()

/** Every line on the assessed day in the order recorded, made once. */
function allLines(on: AssessedOn): readonly LedgerLine[] {
  const known = made.get(on.assessed)
  if (known) return known
  const kinds = kindsOf(on.scheme)
  const order = new Map(on.facts.findings.map(({ id }, index) => [id, index]))
  const lines = on.assessed.scorecards
    .flatMap((card) => entriesOn(card).map((entry) => lineOf(entry, card, on, kinds)))
    .sort((a, b) => (order.get(a.findingId) ?? 0) - (order.get(b.findingId) ?? 0))
  made.set(on.assessed, lines)
  return lines
}

/** Lines name their provider as it is called now, or was when the year was over. */
function withProviders(visible: Visible, lines: LedgerLine[]): LedgerLine[] {
  const renamed = new Map(
    [...visible.responsible.keys()]
      .map((name) => [name, presentName(visible, name)] as const)
      .filter(([name, present]) => name !== present),
  )
  if (renamed.size === 0) return lines
  return lines.map((line) => ({ ...line, provider: renamed.get(line.provider ?? '') ?? line.provider }))
}

/** The ledger on the assessed day as far as the caller may see it, in the order recorded. */
export const ledgerFor = (on: AssessedOn, visible: Visible, account: Account, scope: Scope): LedgerLine[] =>
  withProviders(visible, allLines(on).filter(reachOf(visible, account, scope)))

/** One line of the ledger, if the caller may see it. */
export function ledgerLine(
  on: AssessedOn,
  visible: Visible,
  account: Account,
  scope: Scope,
  findingId: string,
): LedgerLine | undefined {
  for (const card of on.assessed.scorecards) {
    const entry = entriesOn(card).find((candidate) => candidate.findingId === findingId)
    if (!entry) continue
    const line = lineOf(entry, card, on, kindsOf(on.scheme))
    return withProviders(visible, [line].filter(reachOf(visible, account, scope)))[0]
  }
  return undefined
}
