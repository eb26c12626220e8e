import { Problem } from '../http/problem.ts'
import { checkContent, kindNamed, mediaTypeOf } from './file-kinds.ts'
import { readFileName } from './file-name.ts'
import { evidenceLimits, megabytes } from './limits.ts'
import { boundaryOf, readForm } from './multipart.ts'
import { discard, receive, type Received } from './storage.ts'

/** A checked file with the fields sent beside it; it lies in the incoming folder until it is kept or discarded. */
export interface Upload {
  readonly received: Received
  readonly name: string
  readonly mediaType: string
  readonly fields: Readonly<Record<string, string>>
}

const FIELD_LIMIT = 4096

async function fieldValue(content: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of content) {
    bytes += piece.length
    if (bytes > FIELD_LIMIT) throw new Problem('upload-broken')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

interface Arrived {
  received: Received | null
  name: ReturnType<typeof readFileName> | null
  readonly fields: Map<string, string>
}

async function takeParts(
  dataDir: string,
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  arrived: Arrived,
): Promise<void> {
  for await (const { name, fileName, content } of readForm(body, boundary)) {
    if (fileName === null) {
      arrived.fields.set(name, await fieldValue(content))
    } else if (name === 'file' && arrived.received === null) {
      arrived.name = readFileName(fileName)
      kindNamed(arrived.name.extension)
      arrived.received = await receive(dataDir, content)
    } else throw new Problem('evidence-missing')
  }
}

/**
 * Takes one file and its fields from a form as it arrives, and checks name, type, size and content. Whatever is wrong is thrown as a problem;
 * nothing is left on disk then.
 */
export async function takeUpload(dataDir: string, request: Request): Promise<Upload> {
  const boundary = boundaryOf(request.headers.get('content-type') ?? undefined)
  if (boundary === null || request.body === null) throw new Problem('evidence-missing')
  const { fileBytes, aroundFile } = evidenceLimits
  if (Number(request.headers.get('content-length') ?? 0) > fileBytes + aroundFile)
    throw new Problem('too-large', { params: { limit: megabytes(fileBytes) } })
  const arrived: Arrived = { received: null, name: null, fields: new Map() }
  try {
    await takeParts(dataDir, request.body as unknown as AsyncIterable<Uint8Array>, boundary, arrived)
    const { received, name, fields } = arrived
    if (!received || !name) throw new Problem('evidence-missing')
    const kind = kindNamed(name.extension)
    await checkContent(received.path, kind)
    return { received, name: name.name, mediaType: mediaTypeOf(kind), fields: Object.fromEntries(fields) }
  } catch (error) {
    if (arrived.received) await discard(arrived.received.path)
    throw error
  }
}
