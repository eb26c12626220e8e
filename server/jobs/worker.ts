import { setPriority } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import type { Whereabouts } from '../../db/dialect.ts'
import type { Source } from '../../db/source.ts'
import type { Scheme } from '../assessment/rule/scheme.ts'
import type { ResultsAsked } from '../assessed.ts'
import type { OfficialDocument, Variant } from '../exchange/circular/document.ts'
import type { FormToRead, SelfForm } from '../exchange/self-form/self-form.ts'
import type { PaperForm } from '../exchange/self-form/to-docx.ts'
import type { BookOptions } from '../exchange/workbook/parse-book.ts'
import type { ImportPreview, Present } from '../exchange/workbook/planned-import.ts'
import type { Observation } from '../monitors/report/observation.ts'
import type { ProofAsked } from '../publication-proof.ts'
import type { Verifying } from '../publication-verified.ts'
import type { ReportToCheck } from './check-report.ts'

// What runs in a thread of its own; what a job does not need is not loaded for it.

/** Pages go before files where both want the processor. Elsewhere than on Linux a priority is that of the whole process. */
const NICE = 5
if (!isMainThread && process.platform === 'linux') setPriority(NICE)

/** The bytes of a file: as buffers they come through as bare arrays. */
interface File {
  readonly bytes: Uint8Array
}

const bufferOf = ({ bytes }: File): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** A database that a job reads, as it is at one moment. */
interface InDatabase {
  readonly whereabouts: Whereabouts
}

async function reading<Answer>(
  { whereabouts }: InDatabase,
  read: (source: Source) => Promise<Answer>,
): Promise<Answer> {
  const { openElsewhere } = await import('../../db/database.ts')
  const { atOneMoment } = await import('../../db/source.ts')
  const db = await openElsewhere(whereabouts)
  try {
    return await atOneMoment(db, read)
  } finally {
    await db.destroy()
  }
}

/** A document and what its file says of itself. */
export interface DocumentToWrite {
  readonly document: OfficialDocument
  readonly variant: Variant
  readonly title: string
  readonly creator: string
}

const jobs = {
  /** A workbook 考核工作簿. */
  'read-book': async (order: File & BookOptions) => {
    const { parseBook } = await import('../exchange/workbook/parse-book.ts')
    return parseBook(bufferOf(order), order)
  },
  /** What importing a workbook would do in an assessment, in short. */
  'read-import': async (order: File & InDatabase & Omit<Present, 'facts'>): Promise<ImportPreview> => {
    const { parseBook } = await import('../exchange/workbook/parse-book.ts')
    const { plannedImport, summaryOf } = await import('../exchange/workbook/planned-import.ts')
    const { loadFacts } = await import('../../db/facts.ts')
    const book = await parseBook(bufferOf(order), { base: order.scheme, baseIsPreset: false, asOf: null })
    if (!book.ok) return book
    const facts = await reading(order, (source) => loadFacts(source, order.assessment.id))
    return { ok: true, summary: summaryOf(plannedImport(book, { ...order, facts })) }
  },
  'read-sheets': async (order: File & { readonly sheets: readonly string[]; readonly mostRows?: number }) => {
    const { readNamedSheets } = await import('../exchange/workbook/named-sheets.ts')
    return readNamedSheets(bufferOf(order), order.sheets, { mostRows: order.mostRows })
  },
  /** A file of any layout, told by its name to be a workbook or a table of text. */
  'read-any-sheets': async (order: File & { readonly fileName: string }) => {
    const { readAnySheets } = await import('../exchange/spreadsheet/any-sheets.ts')
    return readAnySheets(bufferOf(order), order.fileName)
  },
  'read-form': async (order: File & { readonly form: FormToRead }) => {
    const { readSelfForm } = await import('../exchange/self-form/self-form.ts')
    return readSelfForm(bufferOf(order), order.form)
  },
  'read-scheme': async (order: File & { readonly base: Scheme }) => {
    const { readScheme } = await import('../exchange/workbook/scheme-sheets.ts')
    return readScheme(bufferOf(order), order.base)
  },
  'report-text': async (order: File & { readonly fileName: string }) => {
    const { reportText } = await import('../exchange/report-text/report-text.ts')
    return reportText(bufferOf(order), order.fileName)
  },
  /** What the monitor says of an annual report, beside those that are stored. */
  'check-report': async (order: InDatabase & ReportToCheck): Promise<readonly Observation[]> => {
    const { checkAmongStored } = await import('./check-report.ts')
    return reading(order, (source) => checkAmongStored(source, order))
  },
  'write-template': async (order: { readonly scheme?: Scheme }) => {
    const { writeTemplate } = await import('../exchange/workbook/write-template.ts')
    return writeTemplate(order.scheme)
  },
  'write-scheme': async (order: { readonly scheme: Scheme }) => {
    const { writeScheme } = await import('../exchange/workbook/scheme-sheets.ts')
    return writeScheme(order.scheme)
  },
  /** A table as a request spells it, which may be long. */
  'write-table': async ({ note, ...file }: File & { readonly note: string }) => {
    const { writeSentTable } = await import('../exchange/spreadsheet/sent-table.ts')
    const { spellsUnstorable } = await import('../http/storable.ts')
    const json = bufferOf(file).toString('utf8')
    return spellsUnstorable(json) ? { issues: [{ path: [], code: 'no_text' }] } : writeSentTable(json, note)
  },
  'write-form': async (order: SelfForm) => {
    const { writeSelfForm } = await import('../exchange/self-form/self-form.ts')
    return writeSelfForm(order)
  },
  'write-paper-form': async (order: PaperForm) => {
    const { writeSelfFormDocx } = await import('../exchange/self-form/to-docx.ts')
    return writeSelfFormDocx(order)
  },
  /** A circular or a letter. */
  'write-document': async ({ document, variant, ...about }: DocumentToWrite) => {
    const { writeDocx } = await import('../exchange/circular/to-docx.ts')
    return writeDocx(document, variant, about)
  },
  'write-documents': async ({ documents }: { readonly documents: readonly DocumentToWrite[] }) => {
    const { writeDocx } = await import('../exchange/circular/to-docx.ts')
    const files: Uint8Array[] = []
    for (const { document, variant, ...about } of documents)
      files.push(await writeDocx(document, variant, about))
    return files
  },
  /** Everything of an assessment as a workbook that imports back. */
  'export-book': async (order: InDatabase & { readonly assessmentId: string; readonly unitId: string }) => {
    const { loadAssessment } = await import('../assessed.ts')
    const { factsToExport } = await import('../exchange/workbook/export-facts.ts')
    const { writeBook } = await import('../exchange/workbook/write-workbook.ts')
    const { scheme, facts } = await reading(order, (source) => loadAssessment(source, order.assessmentId))
    return writeBook({ scheme, facts: factsToExport(facts, order.unitId) })
  },
  /** The results on a day, or those of a publication, with how each point came about. */
  'export-results': async (
    order: InDatabase & {
      readonly of: ResultsAsked
      readonly group?: string | undefined
    },
  ) => {
    const { loadResults } = await import('../assessed.ts')
    const { writeResult } = await import('../exchange/workbook/write-result.ts')
    const { assessed, scheme } = await reading(order, (source) => loadResults(source, order.of))
    return writeResult(assessed, scheme, order.group === undefined ? {} : { group: order.group })
  },
  /** The published ranking. */
  'export-publication': async (order: InDatabase & { readonly publicationId: string }) => {
    const { loadPublished } = await import('../assessed.ts')
    const { writePublicationTable } = await import('../exchange/circular/publication-table.ts')
    return writePublicationTable(await reading(order, (source) => loadPublished(source, order.publicationId)))
  },
  /** What a publication, its facts and the engine say of each other; nothing where it is as it was when it had that print. */
  'verify-publication': async (order: InDatabase & Verifying) => {
    const { verifyUnlessKnown } = await import('../publication-verified.ts')
    return reading(order, (source) => verifyUnlessKnown(source, order))
  },
  /** What a publication committed to, as far as somebody may see it. */
  'publication-proof': async (order: InDatabase & ProofAsked) => {
    const { proofOf } = await import('../publication-proof.ts')
    return reading(order, (source) => proofOf(source, order))
  },
}

/** What can be asked for: by name what it takes and what it gives. */
export type Jobs = typeof jobs
export type JobName = keyof Jobs

interface Asked<Name extends JobName> {
  readonly name: Name
  readonly order: Parameters<Jobs[Name]>[0]
}

/** Does what was asked for. */
export default function <Name extends JobName>({ name, order }: Asked<Name>): Promise<unknown> {
  const job = jobs[name] as (given: Asked<Name>['order']) => Promise<unknown>
  return job(order)
}
