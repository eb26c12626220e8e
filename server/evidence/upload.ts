import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type busboy from 'busboy'
import { parserOf, unescaped } from '../http/form.ts'
import { Problem } from '../http/problem.ts'
import { checkContent, kindNamed, mediaTypeOf } from './file-kinds.ts'
import { readFileName } from './file-name.ts'
import { evidenceLimits, megabytes } from './limits.ts'
import { discard, receive, type Received } from './storage.ts'

/** A checked file with the fields sent beside it; it lies in the incoming folder until it is kept or discarded. */
export interface Upload {
  readonly received: Received
  readonly name: string
  readonly mediaType: string
  readonly fields: Readonly<Record<string, string>>
}

interface Arrived {
  received: Received | null
  name: ReturnType<typeof readFileName> | null
  readonly fields: Map<string, string>
}

const tooLarge = (): Problem =>
  new Problem('too-large', { params: { limit: megabytes(evidenceLimits.fileBytes) } })

/** The most that a whole form may be. */
const formBytes = evidenceLimits.fileBytes + evidenceLimits.aroundFile

/**
 * What arrives, piece by piece. Whoever stops reading leaves the rest where it is, so that the answer still reaches the sender.
 * Throws `too-large`.
 */
async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = body.getReader()
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    bytes += value.byteLength
    if (bytes > formBytes) throw tooLarge()
    yield value
  }
}

/** Reads a form as it arrives, so that no file is ever held as a whole. Throws what is wrong with it, `upload-broken` when it is cut off or malformed. */
async function takeParts(
  dataDir: string,
  body: ReadableStream<Uint8Array>,
  parser: busboy.Busboy,
  arrived: Arrived,
): Promise<void> {
  let receiving: Promise<void> | null = null
  const reasons: unknown[] = []
  const refuse = (reason: unknown): void => {
    reasons.push(reason)
    parser.destroy()
  }
  const take = async (given: string, content: Readable): Promise<void> => {
    arrived.name = readFileName(unescaped(given))
    kindNamed(arrived.name.extension)
    arrived.received = await receive(dataDir, content)
  }
  parser.on('partsLimit', () => refuse(new Problem('upload-broken')))
  parser.on('field', (name: string | undefined, value, { valueTruncated }) => {
    if (name === undefined || valueTruncated) refuse(new Problem('upload-broken'))
    else arrived.fields.set(unescaped(name), value)
  })
  parser.on('file', (name: string | undefined, content, { filename }: { filename: string | undefined }) => {
    // It ends with the form's error, which is told already.
    content.on('error', () => undefined)
    if (name === 'file' && filename !== undefined && receiving === null)
      receiving = take(filename, content).catch(refuse)
    else refuse(new Problem('evidence-missing'))
  })
  await pipeline(piecesOf(body), parser).catch((error: unknown) =>
    reasons.push(error instanceof Problem ? error : new Problem('upload-broken')),
  )
  // What is wrong with the file may show only after the form has ended.
  await receiving
  if (reasons.length > 0) throw reasons[0]
}

/**
 * Reads an upload as it arrives and checks its name, type, size and content. Whatever is wrong is thrown as a problem;
 * nothing is left on disk then.
 */
export async function takeUpload(dataDir: string, request: Request): Promise<Upload> {
  const { fields: parts, fieldBytes: textBytes } = evidenceLimits
  const parser = parserOf(request.headers.get('content-type'), { parts: parts + 1, textBytes })
  if (parser === null || request.body === null) throw new Problem('evidence-missing')
  if (Number(request.headers.get('content-length') ?? 0) > formBytes) throw tooLarge()
  const arrived: Arrived = { received: null, name: null, fields: new Map() }
  try {
    await takeParts(dataDir, request.body, parser, arrived)
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
