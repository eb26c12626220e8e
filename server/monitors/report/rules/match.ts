import type { Finding, Severity } from '../observation.ts'
import type { Span } from '../reading/view.ts'
import type { MessageKey } from '../words.ts'

/** A wording that is a fault wherever it stands. */
export interface Wording {
  readonly pattern: RegExp
  readonly message: MessageKey
  readonly severity: Severity
  /** Where the match is none after all, by the text around it. */
  readonly unless?: (match: RegExpMatchArray, text: string) => boolean
  /** The whole clause is shown, so that a reader sees what is meant; faults of one clause are told once. */
  readonly inClause?: boolean
  /** Only the first match is told. */
  readonly once?: boolean
}

const reach = 24

/** The clause around a span, stops left out, at most so many characters to either side. */
function clauseAround(text: string, { start, end }: Span): Span {
  const before = /[^,。;:!?\n()]*$/.exec(text.slice(Math.max(0, start - reach), start))?.[0] ?? ''
  const after = /^[^,。;:!?\n()]*/.exec(text.slice(end, end + reach))?.[0] ?? ''
  return { start: start - before.length, end: end + after.length }
}

/** How many faults of one wording are told; a reader knows by then. */
const most = 12

/** Every match of the wordings in a text; of two that overlap the first one named. */
export function matchesOf(text: string, view: Finding['view'], wordings: readonly Wording[]): Finding[] {
  const found: Finding[] = []
  for (const { pattern, message, severity, unless, inClause = false, once = false } of wordings) {
    let count = 0
    for (const match of text.matchAll(pattern)) {
      if (match[0] === '' || unless?.(match, text) === true) continue
      const own = { start: match.index, end: match.index + match[0].length }
      const span = inClause ? clauseAround(text, own) : own
      if (found.some((other) => other.span.start < span.end && span.start < other.span.end)) continue
      found.push({ severity, span, view, message, params: {} })
      if (++count >= (once ? 1 : most)) break
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start)
}
