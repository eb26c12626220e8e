import { z } from 'zod'
import type { Evidence } from '../../db/evidence.ts'
import type { AssessmentRow } from '../../db/tables.ts'
import { asView } from '../http/wire.ts'
import { isShownInline } from './file-kinds.ts'

/** One piece of evidence on the wire: a file to fetch from /api/evidence/:id, or a link. */
export const evidenceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.enum(['file', 'link']),
    mediaType: z.string().nullable(),
    bytes: z.int(),
    sha256: z.string().nullable(),
    url: z.string().nullable(),
    documentDate: z.string().nullable(),
    /** The document's date lies outside the assessed period; null = the document has no date. */
    outsidePeriod: z.boolean().nullable(),
    uploadedAt: z.string(),
    /** Images and PDF, which `?inline=1` shows in the page. */
    preview: z.boolean(),
    staged: z.boolean(),
  })
  .meta({ id: 'Evidence' })
export type EvidenceView = z.infer<typeof evidenceSchema>

/** A piece of evidence as its assessment sees it. */
export function evidenceView(
  row: Evidence,
  { startsOn, endsOn }: Pick<AssessmentRow, 'startsOn' | 'endsOn'>,
): EvidenceView {
  const { fileName, documentDate, mediaType } = row
  return asView(evidenceSchema, {
    ...row,
    name: fileName,
    type: row.url === null ? 'file' : 'link',
    outsidePeriod: documentDate === null ? null : documentDate < startsOn || documentDate > endsOn,
    preview: mediaType !== null && isShownInline(mediaType),
    staged: row.factId === null && row.claimId === null,
  })
}
