import { z } from 'zod'
import type { Evidence } from '../../db/evidence.ts'
import type { AssessmentRow } from '../../db/tables.ts'
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

/** A piece of evidence as its assessment sees it. */
export function evidenceView(
  row: Evidence,
  { starts_on, ends_on }: Pick<AssessmentRow, 'starts_on' | 'ends_on'>,
): z.infer<typeof evidenceSchema> {
  return {
    id: row.id,
    name: row.file_name,
    type: row.url === null ? 'file' : 'link',
    mediaType: row.media_type,
    bytes: row.bytes,
    sha256: row.sha256,
    url: row.url,
    documentDate: row.document_date,
    outsidePeriod:
      row.document_date === null ? null : row.document_date < starts_on || row.document_date > ends_on,
    uploadedAt: row.uploaded_at,
    preview: row.media_type !== null && isShownInline(row.media_type),
    staged: row.fact_id === null && row.claim_id === null,
  }
}
