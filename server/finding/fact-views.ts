import type { Day } from '#assessment/day'
import { namesOf } from '../../db/accounts.ts'
import type { Source } from '../../db/source.ts'
import { listEvidence, type Evidence } from '../../db/evidence.ts'
import type { StoredFinding } from '../../db/findings.ts'
import type { AssessmentRow } from '../../db/tables.ts'
import type { Account } from '../access/session.ts'
import { unitNamesIn, type Visible } from '../access/visibility.ts'
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

/** Which of a finding's facts are known on a day: the notification always is, everything else from its day on. */
const factsUpTo = (stored: StoredFinding, asOf: Day): StoredFinding['facts'] =>
  stored.facts.filter(({ type, onDay }) => type === 'notified' || onDay <= asOf)

/** The facts of findings up to a day as this caller may see them, by finding id. */
export async function factViews(
  db: Source,
  findings: readonly StoredFinding[],
  asOf: Day,
  visible: Visible,
  account: Account,
): Promise<ReadonlyMap<string, FindingFactView[]>> {
  const unitNames = unitNamesIn(visible)
  const { assessment, scheme } = visible
  const kinds = kindsOf(scheme)
  const shown = findings.map((stored) => ({ id: stored.id, facts: factsUpTo(stored, asOf) }))
  const factIds = shown.flatMap(({ facts }) => facts.map(({ id }) => id))
  const evidence = grouped(await listEvidence(db, { factIds }), ({ factId }) => factId)
  const people = await namesOf(
    db,
    shown.flatMap(({ facts }) => facts.map(({ recordedBy }) => recordedBy)),
  )
  const byOf = (recordedBy: string | null): FindingFactView['by'] => {
    const who = people.get(recordedBy ?? '')
    return who ? { name: seesPersons(account) ? who.name : null, unit: who.unit } : null
  }
  return new Map(
    shown.map(({ id, facts }) => [
      id,
      facts.map((fact) => ({
        id: fact.id,
        type: fact.type,
        on: fact.onDay,
        deadline: fact.deadline,
        outcome: fact.outcome,
        kind: fact.kind === null ? null : (kinds.get(fact.kind)?.name ?? fact.kind),
        unit: fact.unitId === null ? null : (unitNames.get(fact.unitId) ?? null),
        reason: fact.reason,
        by: byOf(fact.recordedBy),
        at: fact.recordedAt,
        evidence: (evidence.get(fact.id) ?? []).map((row) => evidenceView(row, assessment)),
      })),
    ]),
  )
}
