import { Problem } from '../http/problem.ts'

/** One part of a form, while it arrives. Read `content` to its end before asking for the next part. */
export interface FormPart {
  readonly name: string
  /** Null for a field that is no file. */
  readonly fileName: string | null
  readonly content: AsyncIterable<Buffer>
}

const HEADER_LIMIT = 8 * 1024
const PART_LIMIT = 20
const separator = Buffer.from('\r\n\r\n')

/** The boundary that a multipart/form-data content type names; null for another type. */
export function boundaryOf(contentType: string | undefined): string | null {
  const match = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType ?? '',
  )
  return match?.[1] ?? match?.[2] ?? null
}

const unquoted = (text: string): string =>
  text.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n')

function readHeaders(head: string): Pick<FormPart, 'name' | 'fileName'> {
  const disposition = head.split('\r\n').find((line) => /^content-disposition:\s*form-data/i.test(line)) ?? ''
  const name = /;\s*name="([^"]*)"/i.exec(disposition)?.[1]
  if (name === undefined) throw new Problem('upload-broken')
  const fileName = /;\s*filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]
  return { name: unquoted(name), fileName: fileName === undefined ? null : unquoted(fileName) }
}

/** Reads a form piece by piece, so that no file is ever held as a whole. Throws `upload-broken` when it is cut off or malformed. */
export async function* readForm(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<FormPart, void> {
  const needle = Buffer.from(`\r\n--${boundary}`)
  const input = body[Symbol.asyncIterator]()
  let held: Buffer = Buffer.from('\r\n')

  async function more(): Promise<void> {
    // A connection that breaks off is an upload that did not arrive, not a fault of ours.
    const next = await input.next().catch(() => ({ done: true as const, value: undefined }))
    if (next.done === true) throw new Problem('upload-broken')
    held = Buffer.concat([held, next.value])
  }
  let reached = true
  async function* untilBoundary(): AsyncGenerator<Buffer, void> {
    reached = false
    for (;;) {
      const at = held.indexOf(needle)
      const end = Math.max(0, at >= 0 ? at : held.length - needle.length + 1)
      const piece = held.subarray(0, end)
      held = held.subarray(at >= 0 ? end + needle.length : end)
      reached = at >= 0
      if (piece.length > 0) yield piece
      if (at >= 0) return
      await more()
    }
  }
  async function toBoundary(): Promise<void> {
    const rest = untilBoundary()
    while ((await rest.next()).done !== true);
  }

  await toBoundary()
  for (let parts = 0; ; parts++) {
    while (held.length < 2) await more()
    if (held.subarray(0, 2).toString('latin1') === '--') return
    if (parts >= PART_LIMIT) throw new Problem('upload-broken')
    while (!held.includes(separator)) {
      if (held.length > HEADER_LIMIT) throw new Problem('upload-broken')
      await more()
    }
    const end = held.indexOf(separator)
    const headers = readHeaders(held.subarray(0, end).toString('utf8'))
    held = held.subarray(end + separator.length)
    yield { ...headers, content: untilBoundary() }
    if (!reached) await toBoundary()
  }
}
