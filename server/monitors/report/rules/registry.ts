import type { SimilarIndex } from '../near-copy/similar-index.ts'
import type { Finding, ReportRule } from '../observation.ts'
import type { Report } from '../reading/report.ts'
import { contentsSource, yearSource, type Era, type Source } from '../sources.ts'
import { contradiction } from './contradiction.ts'
import { carriedOver, crossFooting } from './cross-footing.ts'
import { emptyPart } from './empty-part.ts'
import { nearCopy, type KeptReport } from './near-copy.ts'
import { numbering } from './numbering.ts'
import { pageDebris } from './page-debris.ts'
import { percentages } from './percentages.ts'
import { period } from './period.ts'
import { placeholder } from './placeholder.ts'
import { regulationName } from './regulation-name.ts'
import { repeatedWords } from './repeated-words.ts'
import { requiredParts } from './required-parts.ts'
import { signingDate } from './signing-date.ts'
import { sums } from './sums.ts'
import { supersededBasis } from './superseded-basis.ts'
import { tableText } from './table-text.ts'
import { textText } from './text-text.ts'
import { wordsCut } from './words-cut.ts'
import { wrongPlace } from './wrong-place.ts'

/** What a report is checked against besides itself. */
export interface Surroundings {
  /** The text as read that holds the report. */
  readonly source: string
  /** Every report that is kept, found by likeness. */
  readonly others: SimilarIndex<KeptReport> | null
  /** The report as it is kept, not to be compared with itself. */
  readonly self: KeptReport | undefined
  /** The unit's report on the year before. */
  readonly before: KeptReport | undefined
}

type Check = (report: Report, surroundings: Surroundings) => readonly Finding[]

/** How each rule checks a report. */
export const checks: Readonly<Record<ReportRule, Check>> = {
  'required-parts': requiredParts,
  period,
  'signing-date': signingDate,
  sums,
  percentages,
  'cross-footing': (report, { before }) => [...crossFooting(report), ...carriedOver(report, before)],
  'table-text': tableText,
  'text-text': textText,
  contradiction,
  placeholder,
  'words-cut': wordsCut,
  'repeated-words': repeatedWords,
  'wrong-place': wrongPlace,
  'regulation-name': regulationName,
  numbering,
  'page-debris': (report, { source }) => pageDebris(report, source),
  'superseded-basis': supersededBasis,
  'empty-part': emptyPart,
  'near-copy': (report, { others, self }) => (others === null ? [] : nearCopy(report, others, self)),
}

const always = (source: Source) => (): Source => source

/** The clause that each rule rests on, by the regulation in force for the report's year. */
export const ruleSource: Readonly<Record<ReportRule, (era: Era, finding: Finding) => Source>> = {
  'required-parts': (era) => contentsSource[era],
  period: (era) => yearSource[era],
  'signing-date': (era) => yearSource[era],
  sums: always('accuracy'),
  percentages: always('accuracy'),
  'cross-footing': (_, { source }) => source ?? 'statistics',
  'table-text': always('accuracy'),
  'text-text': always('accuracy'),
  contradiction: always('accuracy'),
  placeholder: always('accuracy'),
  'words-cut': always('accuracy'),
  'repeated-words': always('accuracy'),
  'wrong-place': always('accuracy'),
  'regulation-name': always('regulation-name'),
  numbering: always('layout'),
  'page-debris': always('website'),
  'superseded-basis': (_, { source }) => source ?? 'regulation-2019',
  'empty-part': (era) => contentsSource[era],
  'near-copy': always('accuracy'),
}
