import { appendAudit } from '../../db/audit.ts'
import { bytesUsedBy, findUpload, insertEvidence, type Evidence } from '../../db/evidence.ts'
import { newId } from '../../db/ids.ts'
import { refusalOf } from '../../db/refusal.ts'
import { findSetting } from '../../db/settings.ts'
import type { Source } from '../../db/source.ts'
import type { Account } from '../access/session.ts'
import type { Deps } from '../deps.ts'
import { Problem } from '../http/problem.ts'
import { evidenceLimits, megabytes } from './limits.ts'

export const quotaSetting = 'evidence.unit-bytes'

/** Bytes of files that each unit may store. */
export async function unitQuota(db: Source): Promise<number> {
  const set = await findSetting(db, quotaSetting)
  return set === undefined ? evidenceLimits.unitBytes : Number(set)
}

/** What is uploaded: a kept file or a link, and what its uploader says of it. */
export interface Staging {
  readonly assessmentId: string
  readonly content:
    | {
        readonly storedName: string
        readonly bytes: number
        readonly sha256: string
        readonly mediaType: string
      }
    | { readonly url: string }
  readonly name: string
  readonly documentDate: string | null
  readonly uploadId: string | null
}

const isSame = (row: Evidence, { assessmentId, content }: Staging): boolean =>
  row.assessmentId === assessmentId &&
  ('url' in content ? row.url === content.url : row.sha256 === content.sha256)

async function known(db: Source, account: Account, staging: Staging): Promise<Evidence | undefined> {
  const row = staging.uploadId === null ? undefined : await findUpload(db, account.id, staging.uploadId)
  if (row && !isSame(row, staging)) throw new Problem('upload-id-used')
  return row
}

/**
 * Stages evidence, or finds what the same upload staged before: `isNew` tells which. Throws `evidence-quota` and `upload-id-used`.
 */
export async function stage(
  { db, clock }: Deps,
  account: Account,
  staging: Staging,
): Promise<{ readonly row: Evidence; readonly isNew: boolean }> {
  const unitId = account.unit?.id
  if (unitId === undefined) throw new Problem('forbidden')
  const { content } = staging
  const file = 'url' in content ? null : content
  const at = clock().toISOString()
  try {
    return await db.transaction().execute(async (trx) => {
      const used = await bytesUsedBy(trx, unitId)
      const before = await known(trx, account, staging)
      if (before) return { row: before, isNew: false }
      const quota = await unitQuota(trx)
      if (file && used + file.bytes > quota)
        throw new Problem('evidence-quota', { params: { limit: megabytes(quota) } })
      const row = await insertEvidence(trx, {
        id: newId(),
        assessmentId: staging.assessmentId,
        unitId,
        fileName: staging.name,
        mediaType: file?.mediaType ?? null,
        bytes: file?.bytes ?? 0,
        sha256: file?.sha256 ?? null,
        storedName: file?.storedName ?? null,
        url: 'url' in content ? content.url : null,
        documentDate: staging.documentDate,
        uploadedBy: account.id,
        uploadedAt: at,
        uploadId: staging.uploadId,
        factId: null,
        claimId: null,
      })
      await appendAudit(trx, {
        at,
        accountId: account.id,
        action: 'evidence.upload',
        subject: row.id,
        detail: { assessment: row.assessmentId, name: row.fileName, sha256: row.sha256, url: row.url },
      })
      return { row, isNew: true }
    })
  } catch (error) {
    // Two tries of one upload at once: the other one was first.
    const before = refusalOf(error) === 'unique' ? await known(db, account, staging) : undefined
    if (before) return { row: before, isNew: false }
    throw error
  }
}
