import { open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { Problem } from '../http/problem.ts'
import { inspectArchive } from './archive.ts'
import { isPlainText } from './text-content.ts'

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

async function sniffed(path: string): Promise<string | undefined> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0)
    return (await fileTypeFromBuffer(buffer.subarray(0, bytesRead)))?.ext
  } finally {
    await file.close()
  }
}

const begins = (ext: string) => async (path: string) => (await sniffed(path)) === ext

async function startsAsZip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.toString('latin1') === 'PK\x03\x04'
  } finally {
    await file.close()
  }
}

/** Whether a package holds the main part of its format; one with macros is refused whatever its extension says. */
const officePackage = (mainPart: string) => async (path: string) => {
  if (!(await startsAsZip(path))) return false
  const { paths } = await inspectArchive(path)
  const parts = new Set(paths.map((part) => part.toLowerCase()))
  if (![mainPart, '[content_types].xml'].every((part) => parts.has(part))) return false
  if (paths.some((part) => /vbaproject\.bin$/i.test(part))) throw new Problem('evidence-macro')
  return true
}

const kinds: Readonly<Record<FileKind, KindOfFile>> = {
  pdf: { mediaType: 'application/pdf', isShown: true, holds: begins('pdf') },
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
    holds: async (path) => (await sniffed(path)) === undefined && (await isPlainText(path)),
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
