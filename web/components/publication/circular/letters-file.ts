import { problemOf, request } from '../../../api/client.ts'

/** The folder that every letter in the zip lies in; its name stands once before each letter and once more in the list at the end. */
const folder = new TextEncoder().encode('反馈函/')

/** How often the folder's name has gone by, also across the chunks of a download. */
export function letterCounter(): (chunk: Uint8Array) => number {
  let matched = 0
  let count = 0
  return (chunk) => {
    for (const byte of chunk) {
      matched = byte === folder[matched] ? matched + 1 : byte === folder[0] ? 1 : 0
      if (matched === folder.length) {
        count++
        matched = 0
      }
    }
    return count
  }
}

interface Progress {
  readonly done: number
  readonly of: number
}

/** Fetches the zip of all letters and tells how many have come. Throws ApiProblem; an aborted one throws its AbortError. */
export async function fetchLetters(
  address: string,
  options: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void },
): Promise<Blob> {
  const response = await request(address, { signal: options.signal })
  if (!response.ok || !response.body) throw await problemOf(response)
  const of = Number(response.headers.get('x-letters') ?? 0)
  const seen = letterCounter()
  const reader = response.body.getReader()
  const chunks: BlobPart[] = []
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    options.onProgress({ done: Math.min(of, seen(value)), of })
  }
  return new Blob(chunks, { type: 'application/zip' })
}
