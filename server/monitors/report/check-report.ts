import { comparable, signatureOf, type Signature } from './near-copy/signature.ts'
import { SimilarIndex } from './near-copy/similar-index.ts'
import { reportRules, type Observation } from './observation.ts'
import { documentsIn } from './reading/documents.ts'
import { fold } from './reading/fold.ts'
import { readReport, type Report } from './reading/report.ts'
import { linesOf } from './reading/tables.ts'
import { inSource, partOf } from './reading/view.ts'
import type { KeptReport } from './rules/near-copy.ts'
import { checks, ruleSource } from './rules/registry.ts'

/** What is known of a report besides its text; it goes before what the text says. */
export interface Known {
  readonly unit?: string | undefined
  readonly year?: number | undefined
}

/** One document of a file, and what the rules say of it. */
export interface CheckedReport {
  /** Counted from 1 within its file. */
  readonly part: number
  readonly unit: string | null
  readonly year: number | null
  /** In the order of the text. */
  readonly observations: readonly Observation[]
}

/** The documents that a text holds, each read by itself. */
export function reportsIn(text: string, known: Known = {}): Report[] {
  const folded = fold(text)
  const spans = documentsIn(folded, linesOf(folded))
  return spans.map((span) => readReport(partOf(folded, span), known, spans.length > 1))
}

/** Reports that others are compared with: kept by likeness and by unit and year. */
export class Shelf {
  readonly #similar = new SimilarIndex<KeptReport>()
  readonly #byYear = new Map<string, KeptReport>()

  /** Keeps a report under a name that readers know it by; returns it as it is kept. */
  keep(report: Report, name: string): KeptReport {
    const carriedOut =
      report.figures.requests.find(({ row }) => row === 'carried-out')?.figures.at(-1)?.value ?? null
    const { unit, year, prose } = report
    const kept = { name, unit, year, prose: prose.text, carriedOut }
    this.put(kept, signatureOf(comparable(prose.text)))
    return kept
  }

  /** Puts a report back whose signature was taken before. */
  put(kept: KeptReport, signature: Signature | null): void {
    if (signature) this.#similar.add(kept, signature)
    if (kept.unit !== null && kept.year !== null)
      this.#byYear.set(JSON.stringify([kept.unit, kept.year]), kept)
  }

  get similar(): SimilarIndex<KeptReport> {
    return this.#similar
  }

  /** The unit's report on a year. */
  of(unit: string, year: number): KeptReport | undefined {
    return this.#byYear.get(JSON.stringify([unit, year]))
  }
}

/** What every rule says of a report, in the order of the text. */
export function observationsOn(
  report: Report,
  source: string,
  shelf: Shelf | null = null,
  self?: KeptReport,
): Observation[] {
  const { unit, year, era } = report
  const before = shelf !== null && unit !== null && year !== null ? shelf.of(unit, year - 1) : undefined
  const surroundings = { source, others: shelf?.similar ?? null, self, before }
  return reportRules
    .flatMap((rule) =>
      checks[rule](report, surroundings).map((finding): Observation => {
        const { start, end } = inSource(report[finding.view], finding.span)
        const { severity, message, params } = finding
        return {
          rule,
          severity,
          excerpt: source.slice(start, end),
          offset: start,
          message,
          params,
          source: ruleSource[rule](era, finding),
        }
      }),
    )
    .sort((a, b) => a.offset - b.offset)
}

/** A file whose pages are pictures, or that holds nothing: told so, and not assessed. */
export const nothingToRead: Observation = {
  rule: 'required-parts',
  severity: 'not-assessable',
  excerpt: '',
  offset: 0,
  message: 'no-text',
  params: {},
  source: 'accuracy',
}

/** Every document of a text with its observations. */
export const checkText = (text: string, known: Known = {}): CheckedReport[] =>
  reportsIn(text, known).map((report, index) => ({
    part: index + 1,
    unit: report.unit,
    year: report.year,
    observations: observationsOn(report, text),
  }))
