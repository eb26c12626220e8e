import { insertEvidence } from '../../db/evidence.ts'
import { newId } from '../../db/ids.ts'
import type { DoingBeside } from '../act.ts'
import { checkContent, type FileKind } from './file-kinds.ts'
import { holdRoom } from './quota.ts'
import { discard, keep, receive } from './storage.ts'

/** A file that a deed brings along whole, as an evaluator's marks or an annual report. */
export interface BroughtFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** Hexadecimal. */
  readonly sha256: string
}

/** Keeps a file beside the evidence after the checks that evidence passes; gives its name there. */
export async function keepBrought(dataDir: string, { bytes }: BroughtFile, kind: FileKind): Promise<string> {
  const received = await receive(
    dataDir,
    (async function* () {
      yield Buffer.from(bytes)
    })(),
  )
  try {
    await checkContent(received.path, kind)
    return await keep(dataDir, received)
  } catch (error) {
    await discard(received.path)
    throw error
  }
}

/** Records a kept file among the evidence of the assessment, whose unit it holds; gives its id. Throws `evidence-quota`. */
export async function recordBrought(
  { trx, by, at, visible: { assessment } }: DoingBeside,
  { name, bytes, sha256 }: BroughtFile,
  { mediaType, storedName }: { readonly mediaType: string; readonly storedName: string },
): Promise<string> {
  const requireRoom = await holdRoom(trx, assessment.unitId)
  requireRoom(bytes.byteLength)
  const { id } = await insertEvidence(trx, {
    id: newId(),
    assessmentId: assessment.id,
    unitId: assessment.unitId,
    fileName: name,
    mediaType,
    bytes: bytes.byteLength,
    sha256,
    storedName,
    url: null,
    documentDate: null,
    uploadedBy: by.id,
    uploadedAt: at,
    uploadId: null,
    factId: null,
    claimId: null,
  })
  return id
}
