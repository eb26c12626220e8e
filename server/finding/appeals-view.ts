import type { Day } from '#assessment/day'
import { outcomes, type Finding, type Outcome } from '#assessment/score/facts'
import { caseSight, type CaseSight } from '../access/case-sight.ts'
import { presentName, type Viewer, type Visible } from '../access/visibility.ts'
import type { AssessedOn } from '../assessed.ts'
import { grouped } from '../grouped.ts'
import { kindsOf } from '#assessment/rule/scheme'
import type { LedgerLine } from './wire.ts'

export const appealStates = ['waiting', ...outcomes] as const
type AppealState = (typeof appealStates)[number]

/** An appeal on the day in question; `kind` and provider are those appealed against, before any amendment. */
export interface Appeal {
  readonly line: LedgerLine
  readonly kind: string
  readonly provider: string | null
  readonly appealedOn: Day
  readonly state: AppealState
  readonly decidedOn: Day | null
}

interface Decision {
  readonly on: Day
  readonly outcome: Outcome
}

/** The last appeal among the facts that are seen. */
function appealIn(
  finding: Finding,
  asOf: Day,
  isSeen: CaseSight['fact'],
): { kind: string; on: Day; decision: Decision | null } | null {
  let { kind } = finding
  let appealed: { kind: string; on: Day } | null = null
  for (const [index, fact] of finding.facts.entries()) {
    if (fact.on > asOf || !isSeen(index)) continue
    if (fact.type === 'appealed') appealed = { kind, on: fact.on }
    if (fact.type !== 'decided') continue
    if (appealed) return { ...appealed, decision: { on: fact.on, outcome: fact.outcome } }
    if (fact.outcome === 'amended') ({ kind } = fact)
  }
  return appealed && { ...appealed, decision: null }
}

/** The appeals among some lines of the ledger, those that wait longest first. */
export function appealsAmong(
  lines: readonly LedgerLine[],
  on: AssessedOn,
  visible: Visible,
  { account, scope }: Pick<Viewer, 'account' | 'scope'>,
): Appeal[] {
  const sightOf = caseSight(visible, account, scope)
  const kinds = kindsOf(on.scheme)
  const findings = new Map(on.facts.findings.map((finding) => [finding.id, finding]))
  return lines
    .flatMap((line): Appeal[] => {
      const finding = findings.get(line.findingId)
      const found = finding && appealIn(finding, on.assessed.asOf, sightOf(finding).fact)
      if (!found) return []
      const kind = kinds.get(found.kind)
      return [
        {
          line,
          kind: kind?.name ?? found.kind,
          provider: kind?.provider ? presentName(visible, kind.provider) : null,
          appealedOn: found.on,
          state: found.decision?.outcome ?? 'waiting',
          decidedOn: found.decision?.on ?? null,
        },
      ]
    })
    .sort(
      (a, b) =>
        Number(a.state !== 'waiting') - Number(b.state !== 'waiting') ||
        (a.state === 'waiting' ? 1 : -1) *
          (a.appealedOn < b.appealedOn ? -1 : a.appealedOn > b.appealedOn ? 1 : 0),
    )
}

export type AppealCounts = Readonly<Record<AppealState, number>> & { readonly total: number }

function countsOf(appeals: readonly Appeal[]): AppealCounts {
  const counts = { waiting: 0, upheld: 0, revoked: 0, amended: 0 }
  for (const { state } of appeals) counts[state]++
  return { ...counts, total: appeals.length }
}

function countedBy(
  appeals: readonly Appeal[],
  name: (appeal: Appeal) => string | null,
): (AppealCounts & { name: string | null })[] {
  return [...grouped(appeals, name)]
    .map(([name, some]) => ({ name, ...countsOf(some) }))
    .sort((a, b) => b.total - a.total)
}

/** How appeals went, by kind and by the agency whose finding was appealed against. */
export const appealStatistics = (appeals: readonly Appeal[]) => ({
  ...countsOf(appeals),
  byKind: countedBy(appeals, ({ kind }) => kind),
  byAgency: countedBy(appeals, ({ provider }) => provider),
})
