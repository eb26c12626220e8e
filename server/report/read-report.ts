import { createHash } from 'node:crypto'
import { nameLikeness } from '#assessment/similar-names'
import type { BroughtFile } from '../evidence/brought-file.ts'
import { kindNamed, mediaTypeOf, type FileKind } from '../evidence/file-kinds.ts'
import { readFileName } from '../evidence/file-name.ts'
import { refusalText } from '../exchange/report-text/refusal.ts'
import type { PastedOrFile } from '../http/pasted-or-file.ts'
import { Problem } from '../http/problem.ts'
import { bytesOf } from '../http/upload.ts'
import { unstorableIn } from '../http/storable.ts'
import type { InThread } from '../jobs/jobs.ts'
import { readReportBytes } from '../jobs/read-report.ts'
import { reportsIn } from '../monitors/report/check-report.ts'

/** A report as it was sent, pasted or as a file. */
export interface ReportFile extends BroughtFile {
  readonly extension: string
}

/** The report in a request. Throws what names of evidence are refused for. */
export async function reportFile(source: PastedOrFile, pastedName: string): Promise<ReportFile> {
  const bytes = 'text' in source ? new TextEncoder().encode(source.text) : await bytesOf(source.file)
  const { name, extension } = readFileName('text' in source ? pastedName : source.file.name)
  return { name, extension, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Its text as read, empty where pages are pictures. Throws `report-unreadable`, which says why. */
export async function textOf({ bytes, name }: ReportFile, inThread: InThread): Promise<string> {
  const reading = await readReportBytes(bytes, name, { inThread })
  if (reading.ok && unstorableIn(reading.text) === null) return reading.text
  const refusal = reading.ok ? ({ ok: false, code: 'broken-file', params: {} } as const) : reading
  throw new Problem('report-unreadable', { words: (language) => ({ why: refusalText(refusal, language) }) })
}

/** Whose and of which year a report is begins it; the rest need not be read for that. */
const beginning = 20_000

/** Whose report a text says it is, and on which year; null where it does not. */
export function identityIn(text: string): { readonly unit: string | null; readonly year: number | null } {
  const [first] = reportsIn(text.slice(0, beginning))
  return { unit: first?.unit ?? null, year: first?.year ?? null }
}

/** From here on two names are the same but for a prefix or a suffix that many share: 澜江市水务局 and 市水务局. */
const surelyAlike = 0.9

/** The unit that is surely meant by a written name; null where none is, for a person to say. */
export function meantUnit<Unit extends { readonly name: string }>(
  written: string | null,
  units: readonly Unit[],
): Unit | null {
  if (written === null) return null
  const [best] = units
    .map((unit) => ({ unit, likeness: nameLikeness(written, unit.name) }))
    .sort((a, b) => b.likeness - a.likeness)
  return best && best.likeness >= surelyAlike ? best.unit : null
}

/** As which kind of evidence a report is kept: pages and pasted text as plain text. */
export const keptAs = ({ extension }: ReportFile): FileKind =>
  /^(?:html?|shtml|xhtml)$/.test(extension) ? 'txt' : kindNamed(extension)

export const mediaTypeFor = (file: ReportFile): string => mediaTypeOf(keptAs(file))
