import { z } from 'zod'
import { deleteStaged, findEvidence, findUpload, insertEvidence, type Evidence } from '../../db/evidence.ts'
import { refusalOf } from '../../db/refusal.ts'
import { newId } from '../../db/ids.ts'
import type { Source } from '../../db/source.ts'
import type { Account } from '../access/session.ts'
import { isOver, visibleTo, type Visible } from '../access/visibility.ts'
import { act, done, nothingDone, type Actor } from '../act.ts'
import type { Deps } from '../deps.ts'
import { Problem } from '../http/problem.ts'
import { parsedBy } from '../http/validated.ts'
import { day, id, text } from '../http/wire.ts'
import { todayBy } from '../today.ts'
import { evidenceView, type EvidenceView } from './evidence-view.ts'
import { holdRoom } from './quota.ts'
import { discard, keep, removeStored } from './storage.ts'
import { takeUpload } from './upload.ts'
import { seesFinding } from './visible-evidence.ts'

type Uploader = Actor & { readonly deps: Pick<Deps, 'dataDir'> }

const about = z.object({
  assessmentId: id,
  findingId: id.optional(),
  documentDate: z.union([day, z.literal('').transform(() => undefined)]).optional(),
  uploadId: text(100).optional(),
})
const isWebAddress = (address: string): boolean => {
  const url = URL.canParse(address) ? new URL(address) : null
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
}
const link = about.extend({
  url: z.string().trim().max(2000).refine(isWebAddress),
  name: text(200).optional(),
})

/** What is uploaded: a kept file or a link. */
type Content =
  | {
      readonly storedName: string
      readonly bytes: number
      readonly sha256: string
      readonly mediaType: string
    }
  | { readonly url: string }

/** The same with what its uploader says of it. */
interface Staging {
  readonly assessmentId: string
  readonly content: Content
  readonly name: string
  readonly documentDate: string | null
  readonly uploadId: string | null
}

/** Evidence as it was staged; `isNew` is false when the same upload staged it before. */
export interface Staged {
  readonly evidence: EvidenceView
  readonly isNew: boolean
}

/** The assessment to upload to, while its year runs, and the finding in it visible to the actor. Throws `not-found` and `assessment-closed`. */
async function uploadTarget(
  actor: Actor,
  { assessmentId, findingId }: z.infer<typeof about>,
): Promise<Visible> {
  const { deps, account } = actor
  const visible = await visibleTo(actor, assessmentId)
  if (isOver(visible.assessment)) throw new Problem('assessment-closed')
  const isSeen =
    findingId === undefined || (await seesFinding(deps.db, account, visible, findingId, todayBy(deps)))
  if (!isSeen) throw new Problem('not-found')
  return visible
}

const isSame = (row: Evidence, { assessmentId, content }: Staging): boolean =>
  row.assessmentId === assessmentId &&
  ('url' in content ? row.url === content.url : row.sha256 === content.sha256)

async function uploadedBefore(db: Source, account: Account, staging: Staging): Promise<Evidence | undefined> {
  const row = staging.uploadId === null ? undefined : await findUpload(db, account.id, staging.uploadId)
  if (row && !isSame(row, staging)) throw new Problem('upload-id-used')
  return row
}

/** Stages evidence, or finds what the same upload staged before. Throws `evidence-quota` and `upload-id-used`. */
async function stage(actor: Actor, visible: Visible, staging: Staging): Promise<Staged> {
  const unitId = actor.account.unit?.id
  if (unitId === undefined) throw new Problem('forbidden')
  const { content, assessmentId, uploadId } = staging
  const staged = (row: Evidence, isNew: boolean): Staged => ({
    evidence: evidenceView(row, visible.assessment),
    isNew,
  })
  const file = 'url' in content ? null : content
  try {
    return await act(actor, 'evidence.upload', async ({ trx, by, at }) => {
      const requireRoom = await holdRoom(trx, unitId)
      const before = await uploadedBefore(trx, by, staging)
      if (before) return nothingDone(staged(before, false))
      if (file) requireRoom(file.bytes)
      const row = await insertEvidence(trx, {
        id: newId(),
        assessmentId,
        unitId,
        fileName: staging.name,
        mediaType: file?.mediaType ?? null,
        bytes: file?.bytes ?? 0,
        sha256: file?.sha256 ?? null,
        storedName: file?.storedName ?? null,
        url: 'url' in content ? content.url : null,
        documentDate: staging.documentDate,
        uploadedBy: by.id,
        uploadedAt: at,
        uploadId,
        factId: null,
        claimId: null,
      })
      const { fileName: name, sha256, url } = row
      return done(staged(row, true), {
        subject: row.id,
        detail: { assessment: assessmentId, name, sha256, url },
      })
    })
  } catch (error) {
    // Two tries of one upload at once: the other one was first.
    const before =
      refusalOf(error) === 'unique' ? await uploadedBefore(actor.deps.db, actor.account, staging) : undefined
    if (before) return staged(before, false)
    throw error
  }
}

/** Stages the file of an upload. Throws what is wrong with it or with what it is for; nothing is left on disk then. */
export async function stageFile(
  actor: Uploader,
  request: Request,
  uploadId: string | undefined,
): Promise<Staged> {
  const { dataDir } = actor.deps
  const { received, name, mediaType, fields } = await takeUpload(dataDir, request)
  let storedName: string | null = null
  try {
    const said = parsedBy(about, fields)
    const visible = await uploadTarget(actor, said)
    storedName = await keep(dataDir, received)
    const staged = await stage(actor, visible, {
      assessmentId: said.assessmentId,
      content: { storedName, bytes: received.bytes, sha256: received.sha256, mediaType },
      name,
      documentDate: said.documentDate ?? null,
      uploadId: uploadId ?? said.uploadId ?? null,
    })
    if (!staged.isNew) await removeStored(dataDir, storedName)
    return staged
  } catch (error) {
    await discard(received.path)
    if (storedName !== null) await removeStored(dataDir, storedName)
    throw error
  }
}

/** Stages a link to the web. Throws `invalid-request` for any other, and what is wrong with what it is for. */
export async function stageLink(actor: Actor, body: unknown, uploadId: string | undefined): Promise<Staged> {
  const said = parsedBy(link, body)
  return stage(actor, await uploadTarget(actor, said), {
    assessmentId: said.assessmentId,
    content: { url: new URL(said.url).href },
    name: said.name ?? said.url.slice(0, 200),
    documentDate: said.documentDate ?? null,
    uploadId: uploadId ?? said.uploadId ?? null,
  })
}

/** Takes back what one uploaded oneself and is not on record yet. Throws `not-found` and `evidence-fixed`. */
export async function removeStaged(actor: Uploader, evidenceId: string): Promise<void> {
  const gone = await act(actor, 'evidence.remove', async ({ trx, by }) => {
    const row = await findEvidence(trx, evidenceId)
    if (row?.uploadedBy !== by.id) throw new Problem('not-found')
    const deleted = await deleteStaged(trx, row.id)
    if (!deleted) throw new Problem('evidence-fixed')
    return done(deleted, { subject: row.id, detail: { name: row.fileName } })
  })
  if (gone.storedName !== null) await removeStored(actor.deps.dataDir, gone.storedName)
}
