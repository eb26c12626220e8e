import { createHash } from 'node:crypto'
import type { BroughtFile } from '../evidence/brought-file.ts'
import { mediaTypeOf, type FileKind } from '../evidence/file-kinds.ts'
import { readFileName } from '../evidence/file-name.ts'
import { describe as placed } from '../exchange/spreadsheet/messages.ts'
import type { Sheet } from '../exchange/spreadsheet/sheet.ts'
import type { Language } from '#assessment/language'
import { Problem } from '../http/problem.ts'
import type { InThread } from '../jobs/jobs.ts'
import { readAnyFile } from '../jobs/read-workbook.ts'
import { bytesOf, formWithFile } from '../http/upload.ts'

/** An evaluator's file as it was sent, with the fields beside it. */
export interface EvaluatorFile extends BroughtFile {
  /** A table of text, not a workbook. */
  readonly isText: boolean
  readonly fields: Readonly<Record<string, unknown>>
}

/** Tables of text as spreadsheets save them. */
const textExtensions = new Set(['csv', 'tsv', 'txt'])

/** The file in a form. Throws `file-missing` and, by its name, `evaluator-file-type` and what names of evidence are refused for. */
export async function evaluatorFile(request: Parameters<typeof formWithFile>[0]): Promise<EvaluatorFile> {
  const { file, fields } = await formWithFile(request)
  const { name, extension } = readFileName(file.name)
  if (extension !== 'xlsx' && !textExtensions.has(extension)) throw new Problem('evaluator-file-type')
  const bytes = await bytesOf(file)
  return {
    name,
    isText: textExtensions.has(extension),
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    fields,
  }
}

/** Its sheets as they stand. Throws `file-unreadable`, which says why. */
export async function sheetsOf(
  file: EvaluatorFile,
  language: Language,
  inThread: InThread,
): Promise<readonly Sheet[]> {
  const reading = await readAnyFile(file.bytes, file.name, { inThread })
  if (reading.ok) return reading.sheets
  const [first] = reading.problems
  const why = first ? placed(first, language) : ''
  throw new Problem('file-unreadable', { params: { why } })
}

/** As which kind of evidence it is kept. */
export const keptAs = ({ isText }: EvaluatorFile): FileKind => (isText ? 'txt' : 'xlsx')

export const mediaTypeFor = ({ isText }: EvaluatorFile): string => (isText ? 'text/csv' : mediaTypeOf('xlsx'))
