import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { buffer } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import busboy from 'busboy'

/** Characters that browsers write as escapes into the names of a form's parts. */
export const unescaped = (name: string): string =>
  name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n')

/** A parser of the form that a request says it holds, of so many parts and with texts of so many bytes; null when it says so of none, or names no boundary. */
export function parserOf(
  contentType: string | null,
  { parts, textBytes }: { readonly parts: number; readonly textBytes: number },
): busboy.Busboy | null {
  if (!/^multipart\/form-data\b/i.test(contentType ?? '')) return null
  try {
    return busboy({
      headers: { 'content-type': contentType ?? '' },
      defParamCharset: 'utf8',
      // A path in a name is for its reader to refuse.
      preservePath: true,
      // Busboy calls a limit reached as soon as it is filled.
      limits: { parts: parts + 1, fieldSize: textBytes + 1 },
    })
  } catch {
    return null
  }
}

/** The texts and files of a form, by name; of several parts of one name the last. */
export type Form = Readonly<Record<string, string | File>>

/** What has arrived, with a turn for others between pieces. */
async function* inTurns(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    yield piece
    await setImmediate()
  }
}

const limits = { parts: 30, textBytes: 1024 * 1024 }

/**
 * Reads a form piece by piece as it arrives, so that others are served meanwhile; how much may arrive is for the route to limit. Null when the
 * request holds none that is whole, or one with more or longer parts than any of ours has.
 */
export async function readForm({ headers, body }: Request): Promise<Form | null> {
  const parser = parserOf(headers.get('content-type'), limits)
  if (parser === null || body === null) return null
  const parts = new Map<string, string | Promise<File>>()
  const refuse = (): void => void parser.destroy(new Error('no form of ours'))
  parser.on('partsLimit', refuse)
  parser.on('field', (name: string | undefined, value, { valueTruncated }) => {
    if (name === undefined || valueTruncated) refuse()
    else parts.set(unescaped(name), value)
  })
  parser.on('file', (name: string | undefined, content: Readable, { filename }: { filename?: string }) => {
    const file = buffer(content).then((bytes) => new File([bytes], unescaped(filename ?? '')))
    // What ends early is told by the form.
    file.catch(() => undefined)
    parts.set(unescaped(name ?? ''), file)
  })
  try {
    await pipeline(inTurns(body), parser)
    const read = await Promise.all([...parts].map(async ([name, part]) => [name, await part] as const))
    return Object.fromEntries(read)
  } catch {
    return null
  }
}
