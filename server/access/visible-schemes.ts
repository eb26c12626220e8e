import { findAccount } from '../../db/accounts.ts'
import type { Source } from '../../db/source.ts'
import { findScheme, listSchemes, schemesInUse, type StoredScheme } from '../../db/schemes.ts'
import type { AssessmentRow } from '../../db/tables.ts'
import { Problem } from '../http/problem.ts'
import { visibleAssessments, type Viewer } from './visibility.ts'

type Whose = Pick<Viewer, 'account' | 'scope'>

/** A scheme in reach, the visible assessments on it, and whether anybody's assessment has opened on it. */
export interface VisibleScheme {
  readonly row: Omit<StoredScheme, 'scheme'>
  readonly assessments: readonly AssessmentRow[]
  readonly used: boolean
}

/** The same with its body. */
export interface VisibleStored extends VisibleScheme {
  readonly stored: StoredScheme
}

/**
 * Schemes in reach, newest first: those of assessments that the permission reaches; for the assessing unit also the drafts
 * that its own people wrote, and those nobody is named for.
 */
export async function visibleSchemes(db: Source, { account, scope }: Whose): Promise<VisibleScheme[]> {
  const assessments = (await visibleAssessments(db, account, scope)).map((one) => one.assessment)
  const inUse = await schemesInUse(db)
  const units = new Map<string, string | null>()
  async function unitOf(accountId: string): Promise<string | null> {
    const known = units.get(accountId)
    if (known !== undefined) return known
    const found = (await findAccount(db, accountId))?.unitId ?? null
    units.set(accountId, found)
    return found
  }
  const found: VisibleScheme[] = []
  for (const row of await listSchemes(db)) {
    const using = assessments.filter(({ schemeId }) => schemeId === row.id)
    const used = inUse.has(row.id)
    const isOwnDraft =
      scope === 'assessing-unit' &&
      !used &&
      (row.createdBy === null || (await unitOf(row.createdBy)) === account.unit?.id)
    if (using.length > 0 || isOwnDraft) found.push({ row, assessments: using, used })
  }
  return found
}

/** The scheme with its body, if in reach. Throws `not-found` otherwise. */
export async function visibleScheme(db: Source, whose: Whose, id: string): Promise<VisibleStored> {
  const found = (await visibleSchemes(db, whose)).find(({ row }) => row.id === id)
  const stored = found && (await findScheme(db, id))
  if (!found || !stored) throw new Problem('not-found')
  return { ...found, stored }
}
