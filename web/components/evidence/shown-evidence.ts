import type { FindingDetail } from '../../api/result.ts'

/** A piece of evidence as it stands in the facts of a finding. */
export type Shown = FindingDetail['facts'][number]['evidence'][number]

export const isPicture = ({ mediaType }: Shown): boolean => /^image\/(png|jpeg)$/.test(mediaType ?? '')

/** Whether the browser can show it in the page. */
export const canPreview = (evidence: Shown): boolean =>
  isPicture(evidence) || evidence.mediaType === 'application/pdf'
