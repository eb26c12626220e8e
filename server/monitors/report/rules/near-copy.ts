import { commonPassages } from '../near-copy/passages.ts'
import { comparable, signatureOf } from '../near-copy/signature.ts'
import type { SimilarIndex } from '../near-copy/similar-index.ts'
import type { Finding } from '../observation.ts'
import type { Report } from '../reading/report.ts'

/** What is kept of a report to compare others with it. */
export interface KeptReport {
  /** How it is named to a reader. */
  readonly name: string
  readonly unit: string | null
  readonly year: number | null
  /** Its prose, where it is at hand for passages side by side. */
  readonly prose: string | null
  /** 结转下年度继续办理, as its table three says; null where it does not. */
  readonly carriedOut: number | null
}

/** From here on two reports are near-copies: reports of one form share less than half of their shingles. */
export const leastSimilarity = 0.6

/** Whether a report may be the one that was copied: an earlier one, or another unit's of the same year. */
function mayBeOrigin(report: Report, other: KeptReport): boolean {
  const isSameUnit = report.unit !== null && report.unit === other.unit
  if (report.year === null || other.year === null) return true
  return other.year < report.year || (other.year === report.year && !isSameUnit)
}

/** Reports that are word for word like an earlier one of the unit, or like another unit's. */
export function nearCopy(
  report: Report,
  others: SimilarIndex<KeptReport>,
  self: KeptReport | undefined,
): Finding[] {
  const signature = signatureOf(comparable(report.prose.text))
  if (signature === null) return []
  const closest = others
    .like(signature, leastSimilarity)
    .find(({ key }) => key !== self && mayBeOrigin(report, key))
  if (!closest) return []
  const { key: other, similarity } = closest
  const passages = other.prose === null ? [] : commonPassages(report.prose.text, other.prose)
  const [longest] = passages.map(({ left }) => left).sort((a, b) => b.end - b.start - (a.end - a.start))
  const span = longest ?? { start: 0, end: Math.min(60, report.prose.text.length) }
  return [
    {
      severity: 'warn',
      span,
      view: 'prose',
      message: report.unit !== null && report.unit === other.unit ? 'copy-of-earlier' : 'copy-of-other',
      params: { other: other.name, share: `${Math.round(similarity * 100)}%` },
    },
  ]
}
