import type { MessageKey } from './words.ts'
import type { Source } from './sources.ts'
import type { Span } from './reading/view.ts'

/** What a report is checked for, in the order of a checklist (contract: npm run inspect). */
export const reportRules = [
  'required-parts',
  'period',
  'signing-date',
  'sums',
  'percentages',
  'cross-footing',
  'table-text',
  'text-text',
  'contradiction',
  'placeholder',
  'words-cut',
  'repeated-words',
  'wrong-place',
  'regulation-name',
  'numbering',
  'page-debris',
  'superseded-basis',
  'empty-part',
  'near-copy',
] as const
export type ReportRule = (typeof reportRules)[number]

export const severities = ['fail', 'warn', 'pass', 'not-assessable'] as const
export type Severity = (typeof severities)[number]

/** What a rule says of a stretch of a report, before it is tied to the text as read. */
export interface Finding {
  readonly severity: Severity
  /** In the prose, or in the folded text for what stands in a table. */
  readonly span: Span
  readonly view: 'prose' | 'folded'
  readonly message: MessageKey
  readonly params: Readonly<Record<string, string>>
  /** Its clause, where a rule rests on several. */
  readonly source?: Source
}

/** A finding on a report, in the text as read. */
export interface Observation {
  readonly rule: ReportRule
  readonly severity: Severity
  /** `text.slice(offset, offset + excerpt.length)` of the text as read. */
  readonly excerpt: string
  /** In UTF-16 units of the text as read. */
  readonly offset: number
  readonly message: MessageKey
  readonly params: Readonly<Record<string, string>>
  /** The clause of the regulation or of the form. */
  readonly source: Source
}
