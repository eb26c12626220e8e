import { entriesOn, type LedgerEntry, type Scorecard } from '#assessment/score/scorecard'
import type { Scope } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { presentName, unitNamesIn, type Visible } from '../access/visibility.ts'
import type { AssessedOn } from '../assessed.ts'
import { kindsOf } from '#assessment/rule/scheme'
import { fullNumber, numberBeside } from '#assessment/score/finding-number'
import { isProvisional, traceFinding } from '#assessment/score/finding-status'
import { reachOf } from '../access/case-rights.ts'
import { caseSight, chargesOf, knownOn } from '../access/case-sight.ts'
import type { LedgerLine } from './wire.ts'

function lineOf(
  entry: LedgerEntry,
  card: Scorecard,
  { rows, calendar }: AssessedOn,
  kinds: ReturnType<typeof kindsOf>,
): LedgerLine {
  const row = rows.get(entry.findingId)
  const isOwnNumber = (row?.numberedUnitId ?? card.unitId) === card.unitId
  return {
    ...entry,
    fullNumber: isOwnNumber ? `${card.unit} ${entry.number}` : entry.number,
    chargedUnitId: card.unitId,
    chargedUnit: card.unit,
    group: card.group,
    source: row?.source ?? null,
    provider: kinds.get(entry.kind)?.provider ?? null,
    movedOn: null,
    provisional: isProvisional(kinds.get(entry.kind), entry.notifiedOn, entry.deadline, calendar),
  }
}

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

/** Findings that amendments took from the caller's unit, as they stood there last: nothing of them counts any more. */
function movedLines(on: AssessedOn, visible: Visible, account: Account, scope: Scope): LedgerLine[] {
  if (scope !== 'own-unit') return []
  const { asOf } = on.assessed
  const sightOf = caseSight(visible, account, scope)
  const unitNames = unitNamesIn(visible)
  const nameOf = (unitId: string) => unitNames.get(unitId) ?? ''
  const groups = new Map(visible.participants.map(({ unitId, groupName }) => [unitId, groupName]))
  return on.facts.findings.flatMap((present): LedgerLine[] => {
    if (!present.facts.some((fact) => fact.type === 'decided' && fact.outcome === 'amended')) return []
    const finding = knownOn(present, asOf)
    const { movedAt } = sightOf(finding)
    const movedBy = movedAt === null ? undefined : finding.facts[movedAt]
    const charge = movedAt === null ? undefined : chargesOf(finding, visible)[movedAt]
    if (movedBy === undefined || charge === undefined || charge.chargedUnitId === null) return []
    const before = { ...finding, facts: finding.facts.slice(0, finding.facts.indexOf(movedBy)) }
    const { kind, severity, unitId, notifiedOn, deadline } = traceFinding(
      before,
      kindsOf(on.scheme),
      asOf,
      on.calendar,
    )
    return [
      {
        findingId: finding.id,
        number: numberBeside(finding, charge.chargedUnitId, nameOf),
        fullNumber: fullNumber(finding, charge.chargedUnitId, nameOf),
        kind: kind.key,
        kindName: kind.name,
        effect: kind.effect,
        severity: kind.severities.length > 1 ? severity.name : null,
        area: kind.area,
        unitId,
        unit: nameOf(unitId),
        what: finding.what,
        status: 'revoked',
        notifiedOn,
        deadline,
        countsOn: null,
        window: null,
        points: 0,
        fullPoints: severity.points,
        cutBy: null,
        atRisk: 0,
        worth: '0',
        appealed: false,
        clause: kind.clause,
        chargedUnitId: charge.chargedUnitId,
        chargedUnit: nameOf(charge.chargedUnitId),
        group: groups.get(charge.chargedUnitId) ?? '',
        source: on.rows.get(finding.id)?.source ?? null,
        provider: kind.provider,
        movedOn: movedBy.on,
        provisional: false,
      },
    ]
  })
}

/** The ledger on the assessed day as far as the caller may see it, in the order recorded. */
export const ledgerFor = (on: AssessedOn, visible: Visible, account: Account, scope: Scope): LedgerLine[] =>
  withProviders(visible, [
    ...allLines(on).filter(reachOf(visible, account, scope)),
    ...movedLines(on, visible, account, scope),
  ])

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
    if (reachOf(visible, account, scope)(line)) return withProviders(visible, [line])[0]
  }
  const moved = movedLines(on, visible, account, scope).find((line) => line.findingId === findingId)
  return moved && withProviders(visible, [moved])[0]
}
