import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { fileTypeFromBuffer } from 'file-type'
import { scanXml } from '../exchange/spreadsheet/xml.ts'
import { Problem } from '../http/problem.ts'
import { inspectArchive } from './archive.ts'
import { isMarkedUtf16, isPlainText } from './text-content.ts'

/** Files that evidence may be. */
export const fileKinds = ['pdf', 'docx', 'xlsx', 'pptx', 'jpg', 'png', 'txt', 'zip'] as const
export type FileKind = (typeof fileKinds)[number]

const SAMPLE = 4100
const office = 'application/vnd.openxmlformats-officedocument'

interface KindOfFile {
  readonly mediaType: string
  /** May be shown in the page: nothing in it can run. */
  readonly isShown: boolean
  readonly holds: (path: string) => Promise<boolean>
}

async function startOf(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const sniffed = async (path: string): Promise<string | undefined> =>
  (await fileTypeFromBuffer(await startOf(path, SAMPLE)))?.ext

const begins = (ext: string) => async (path: string) => (await sniffed(path)) === ext

/** Readers look for the header of a PDF in its first kilobyte: some programs write a line before it. */
async function holdsPdf(path: string): Promise<boolean> {
  const ext = await sniffed(path)
  return ext === 'pdf' || (ext === undefined && (await startOf(path, 1024)).includes('%PDF-'))
}

const startsAsZip = async (path: string): Promise<boolean> =>
  (await startOf(path, 4)).toString('latin1') === 'PK\x03\x04'

/** The main part that a package names in its relations, in lower case; null where it names none. */
async function mainPartIn(relations: Buffer): Promise<string | null> {
  let target: string | null = null
  await scanXml(Readable.from([relations]), {
    open: (name, { Type = '', Target = '' }) => {
      if (name === 'Relationship' && Type.endsWith('/officeDocument'))
        target = Target.replace(/^\//, '').toLowerCase()
    },
    close: () => undefined,
    text: () => undefined,
  })
  return target
}

/** Whether a package holds a main part in its format's folder; one with macros is refused whatever its extension says. */
const officePackage = (usualPart: string) => async (path: string) => {
  if (!(await startsAsZip(path))) return false
  const { paths, relations } = await inspectArchive(path)
  const mainPart = (relations && (await mainPartIn(relations).catch(() => null))) ?? usualPart
  const parts = new Set(paths.map((part) => part.toLowerCase()))
  const isOfFormat = mainPart.startsWith(usualPart.slice(0, usualPart.indexOf('/') + 1))
  if (!isOfFormat || ![mainPart, '[content_types].xml'].every((part) => parts.has(part))) return false
  if (paths.some((part) => /vbaproject\.bin$/i.test(part))) throw new Problem('evidence-macro')
  return true
}

const kinds: Readonly<Record<FileKind, KindOfFile>> = {
  pdf: { mediaType: 'application/pdf', isShown: true, holds: holdsPdf },
  docx: {
    mediaType: `${office}.wordprocessingml.document`,
    isShown: false,
    holds: officePackage('word/document.xml'),
  },
  xlsx: {
    mediaType: `${office}.spreadsheetml.sheet`,
    isShown: false,
    holds: officePackage('xl/workbook.xml'),
  },
  pptx: {
    mediaType: `${office}.presentationml.presentation`,
    isShown: false,
    holds: officePackage('ppt/presentation.xml'),
  },
  jpg: { mediaType: 'image/jpeg', isShown: true, holds: begins('jpg') },
  png: { mediaType: 'image/png', isShown: true, holds: begins('png') },
  txt: {
    mediaType: 'text/plain',
    isShown: false,
    // The mark of UTF-16 is also how sound begins.
    holds: async (path) =>
      (isMarkedUtf16(await startOf(path, 2)) || (await sniffed(path)) === undefined) &&
      (await isPlainText(path)),
  },
  zip: {
    mediaType: 'application/zip',
    isShown: false,
    holds: async (path) => {
      if (!(await startsAsZip(path))) return false
      await inspectArchive(path)
      return true
    },
  },
}

const sameAs: Readonly<Record<string, FileKind>> = { jpeg: 'jpg' }

/** The kind that an extension names. Throws `evidence-type` for any other. */
export function kindNamed(extension: string): FileKind {
  const kind = fileKinds.find((known) => known === (sameAs[extension] ?? extension))
  if (kind === undefined) throw new Problem('evidence-type', { params: { expected: fileKinds.join(' / ') } })
  return kind
}

export const mediaTypeOf = (kind: FileKind): string => kinds[kind].mediaType

/** Throws `evidence-content` when a file is not what its extension says, or what makes its content unsafe. */
export async function checkContent(path: string, kind: FileKind): Promise<void> {
  if (!(await kinds[kind].holds(path))) throw new Problem('evidence-content', { params: { extension: kind } })
}

/** Whether a stored media type may be shown in the page. */
export const isShownInline = (mediaType: string): boolean =>
  fileKinds.some((kind) => kinds[kind].mediaType === mediaType && kinds[kind].isShown)
