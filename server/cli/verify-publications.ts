import type { FactChange } from '#assessment/publication/fact-changes'
import { describeChanges } from '../../db/fact-changes.ts'
import type { Source } from '../../db/source.ts'
import { verifyPublication } from '../frozen-results.ts'
import { listAllPublications, readPublication } from '../../db/publications.ts'
import { storedName } from '../../db/stored-names.ts'

export interface PublicationsCheck {
  readonly checked: number
  /** What does not agree, one line each. */
  readonly faults: readonly string[]
}

/** Each row altered or gone, by table and id, with the finding or unit it is about. */
async function tamperingIn(db: Source, changes: readonly FactChange[]): Promise<string[]> {
  return (await describeChanges(db, changes)).map(({ change, about }) => {
    const what = change.change === 'missing' ? 'is missing' : 'was altered'
    return `${storedName(change.table)} ${change.key}${about === null ? '' : ` (${about})`} ${what}`
  })
}

/** The SHA-256 that the audit log noted when the publication was prepared; undefined where it says nothing. */
async function noted(db: Source, id: string): Promise<string | undefined> {
  const entry = await db
    .selectFrom('auditEntries')
    .select('detail')
    .where('action', '=', 'publication.prepare')
    .where('subject', '=', id)
    .executeTakeFirst()
  return entry && (JSON.parse(entry.detail) as { readonly sha256?: string }).sha256
}

async function faultsOf(db: Source, id: string): Promise<string[]> {
  const stored = await readPublication(db, id)
  if (!stored) return []
  const { bodyHolds, digestsHold, tampered, rederived, proofHolds, differences } = await verifyPublication(
    db,
    stored.row,
  )
  const inAudit = await noted(db, id)
  const units = differences.map(({ unit }) => unit).join(', ')
  return [
    ...(bodyHolds ? [] : ['its text does not have the hash noted with it']),
    ...(inAudit === undefined || inAudit === stored.row.sha256
      ? []
      : ['its hash is not the one in the audit log']),
    ...(digestsHold ? [] : ['the hashes of its facts are not those that its text names']),
    ...(await tamperingIn(db, tampered)),
    ...(proofHolds ? [] : ['its facts and results do not come to the root of its proof']),
    ...(rederived ? [] : [`its results do not follow from its facts${units === '' ? '' : `: ${units}`}`]),
  ]
}

/** Checks every publication: its text, each fact row it rests on, and the results that follow from them. */
export async function checkPublications(db: Source): Promise<PublicationsCheck> {
  const tables = await db.introspection.getTables()
  if (!tables.some(({ name }) => name === 'publications')) return { checked: 0, faults: [] }
  const all = await listAllPublications(db)
  const faults: string[] = []
  for (const { id, number, assessmentId } of all) {
    const assessment = await db
      .selectFrom('assessments')
      .select('name')
      .where('id', '=', assessmentId)
      .executeTakeFirst()
    for (const fault of await faultsOf(db, id))
      faults.push(`publication ${number} of ${assessment?.name ?? assessmentId}: ${fault}`)
  }
  return { checked: all.length, faults }
}
