import type { Day } from '#assessment/day'
import { listAccounts } from '../../../db/accounts.ts'
import type { Source } from '../../../db/database.ts'
import { listEvidence, type Evidence } from '../../../db/evidence.ts'
import type { StoredFinding } from '../../../db/findings.ts'
import type { AssessmentRow } from '../../../db/tables.ts'
import type { Account } from '../../access/session.ts'
import type { Visible } from '../../access/visibility.ts'
import type { FindingFactView } from './finding-wire.ts'
import { kindsOf } from './case.ts'
import { seesPersons } from '../sight.ts'

const evidenceView = (
  row: Evidence,
  { starts_on, ends_on }: AssessmentRow,
): FindingFactView['evidence'][number] => ({
  id: row.id,
  fileName: row.file_name,
  mediaType: row.media_type,
  bytes: row.bytes,
  sha256: row.sha256,
  url: row.url,
  documentDate: row.document_date,
  uploadedAt: row.uploaded_at,
  outsidePeriod: row.document_date !== null && (row.document_date < starts_on || row.document_date > ends_on),
})

/** Which of a finding's facts are known on a day: the notification always is, everything else from its day on. */
const factsUpTo = (stored: StoredFinding, asOf: Day): StoredFinding['facts'] =>
  stored.facts.filter(({ type, on_day }) => type === 'notified' || on_day <= asOf)

/** The facts of findings up to a day as this caller may see them, by finding id. */
export async function factViews(
  db: Source,
  findings: readonly StoredFinding[],
  asOf: Day,
  { assessment, scheme, units }: Visible,
  account: Account,
): Promise<ReadonlyMap<string, FindingFactView[]>> {
  const accounts = new Map((await listAccounts(db)).map((row) => [row.id, row]))
  const unitNames = new Map(units.map(({ id, name }) => [id, name]))
  const kinds = kindsOf(scheme)
  const shown = findings.map((stored) => ({ id: stored.id, facts: factsUpTo(stored, asOf) }))
  const evidence = new Map<string, FindingFactView['evidence']>()
  const factIds = shown.flatMap(({ facts }) => facts.map(({ id }) => id))
  for (const row of await listEvidence(db, { factIds })) {
    const at = row.fact_id ?? ''
    evidence.set(at, [...(evidence.get(at) ?? []), evidenceView(row, assessment)])
  }
  const byOf = (recordedBy: string | null): FindingFactView['by'] => {
    const who = accounts.get(recordedBy ?? '')
    if (!who) return null
    return { name: seesPersons(account) ? who.name : null, unit: unitNames.get(who.unit_id ?? '') ?? null }
  }
  return new Map(
    shown.map(({ id, facts }) => [
      id,
      facts.map((fact) => ({
        id: fact.id,
        type: fact.type,
        on: fact.on_day,
        deadline: fact.deadline,
        outcome: fact.outcome,
        kind: fact.kind === null ? null : (kinds.get(fact.kind)?.name ?? fact.kind),
        unit: fact.unit_id === null ? null : (unitNames.get(fact.unit_id) ?? null),
        reason: fact.reason,
        by: byOf(fact.recorded_by),
        at: fact.recorded_at,
        evidence: evidence.get(fact.id) ?? [],
      })),
    ]),
  )
}
