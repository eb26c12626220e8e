import type { Day } from '#assessment/day'
import type { FindingFact } from '#assessment/score/facts'
import { namesOf } from '../../db/accounts.ts'
import type { Source } from '../../db/source.ts'
import { listEvidence, type Evidence } from '../../db/evidence.ts'
import { findingFrom } from '../../db/facts.ts'
import type { StoredFinding } from '../../db/findings.ts'
import type { AssessmentRow } from '../../db/tables.ts'
import { providerAsParty, providerOf } from '../access/case-rights.ts'
import { caseSight, chargesOf, knownOn } from '../access/case-sight.ts'
import { presentName, unitNamesIn, type Viewer, type Visible } from '../access/visibility.ts'
import { grouped } from '../grouped.ts'
import { asView } from '../http/wire.ts'
import { attachedSchema, type FindingFactView } from './wire.ts'
import { kindsOf } from '#assessment/rule/scheme'
import { seesPersons } from '../access/sight.ts'

const evidenceView = (
  row: Evidence,
  { startsOn, endsOn }: AssessmentRow,
): FindingFactView['evidence'][number] =>
  asView(attachedSchema, {
    ...row,
    outsidePeriod: row.documentDate !== null && (row.documentDate < startsOn || row.documentDate > endsOn),
  })

/** What those who keep the ledger do, and the office in the place of one that is a party. */
export const byProvider: ReadonlySet<FindingFact['type']> = new Set([
  'notified',
  'extended',
  'accepted',
  'rejected',
  'reversed',
])

/** A fact as it is stored, where it stands among its finding's, and in whose place the office recorded it. */
interface SeenFact {
  readonly row: StoredFinding['facts'][number]
  /** Key of the kind in force when it was recorded. */
  readonly kind: string
  readonly tellsAmendment: boolean
  readonly party: string | null
}

/** The facts of a finding that are known on a day and that the account sees, in the order recorded. */
export function factsSeen(
  stored: StoredFinding,
  asOf: Day,
  visible: Visible,
  sightOf: ReturnType<typeof caseSight>,
): SeenFact[] {
  const finding = knownOn(findingFrom(stored, stored.facts), asOf)
  const rows = stored.facts.filter(({ type, onDay }) => type === 'notified' || onDay <= asOf)
  const sight = sightOf(finding)
  const charges = chargesOf(finding, visible)
  return rows.flatMap((row, index) => {
    const charge = charges[index]
    if (!sight.fact(index) || charge === undefined) return []
    const party = byProvider.has(row.type) ? providerAsParty(visible, charge) : null
    return [{ row, kind: charge.kind, party, tellsAmendment: sight.amendedTo(index) }]
  })
}

/** The facts of findings up to a day as this caller may see them, by finding id. */
export async function factViews(
  db: Source,
  findings: readonly StoredFinding[],
  asOf: Day,
  visible: Visible,
  { account, scope }: Pick<Viewer, 'account' | 'scope'>,
): Promise<ReadonlyMap<string, FindingFactView[]>> {
  const unitNames = unitNamesIn(visible)
  const { assessment, scheme } = visible
  const kinds = kindsOf(scheme)
  const sightOf = caseSight(visible, account, scope)
  const shown = findings.map((stored) => ({
    id: stored.id,
    facts: factsSeen(stored, asOf, visible, sightOf),
  }))
  const factIds = shown.flatMap(({ facts }) => facts.map(({ row }) => row.id))
  const evidence = grouped(await listEvidence(db, { factIds }), ({ factId }) => factId)
  const people = await namesOf(
    db,
    shown.flatMap(({ facts }) => facts.map(({ row }) => row.recordedBy)),
  )
  const byOf = (recordedBy: string | null): FindingFactView['by'] => {
    const who = people.get(recordedBy ?? '')
    return who ? { name: seesPersons(account) ? who.name : null, unit: who.unit } : null
  }
  /** A provider that is a party stands back for the office; one that is the office itself has nobody to do so. */
  const inPlaceOf = (party: string | null, recordedBy: string | null): string | null => {
    const isProvider = people.get(recordedBy ?? '')?.unitId === party && party !== assessment.unitId
    return party === null || isProvider ? null : (unitNames.get(party) ?? null)
  }
  /** The office says why when it reviews for a provider; a review that came with an import says nothing. */
  const insteadOf = ({ type, reason, recordedBy }: SeenFact['row'], kind: string): string | null => {
    const isInstead =
      (type === 'accepted' || type === 'rejected') &&
      reason !== null &&
      people.get(recordedBy ?? '')?.unitId === assessment.unitId
    const provider = kinds.get(kind)?.provider ?? null
    if (!isInstead || provider === null || providerOf(visible, kind) === assessment.unitId) return null
    return presentName(visible, provider)
  }
  return new Map(
    shown.map(({ id, facts }) => [
      id,
      facts.map(({ row: fact, kind, party, tellsAmendment }) => ({
        id: fact.id,
        type: fact.type,
        on: fact.onDay,
        deadline: fact.deadline ?? (tellsAmendment ? (fact.unitDeadline ?? null) : null),
        outcome: fact.outcome,
        kind: fact.kind === null || !tellsAmendment ? null : (kinds.get(fact.kind)?.name ?? fact.kind),
        unit: fact.unitId === null || !tellsAmendment ? null : (unitNames.get(fact.unitId) ?? null),
        reason: fact.reason,
        by: byOf(fact.recordedBy),
        inPlaceOf: inPlaceOf(party, fact.recordedBy),
        insteadOf: party === null ? insteadOf(fact, kind) : null,
        at: fact.recordedAt,
        evidence: (evidence.get(fact.id) ?? []).map((row) => evidenceView(row, assessment)),
      })),
    ]),
  )
}
