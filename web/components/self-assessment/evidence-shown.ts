import type { Shown } from '../evidence/shown-evidence.ts'
import type { FormEvidence } from '../../api/self-assessment.ts'

/** Evidence of a claim as the evidence components show it. */
export const shownOf = (evidence: FormEvidence): Shown => ({
  id: evidence.id,
  fileName: evidence.name,
  mediaType: evidence.mediaType,
  bytes: evidence.bytes,
  sha256: evidence.sha256,
  url: evidence.url,
  documentDate: evidence.documentDate,
  uploadedAt: evidence.uploadedAt,
  outsidePeriod: evidence.outsidePeriod === true,
})
