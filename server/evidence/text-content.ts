import { createReadStream } from 'node:fs'

/** Control characters that plain text does not hold; tab, line ends, form feed, the old end-of-file mark and escape do occur. */
const isForeign = (code: number): boolean =>
  code === 0x7f || (code < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1a, 0x1b].includes(code))

const holdsForeign = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) if (isForeign(text.charCodeAt(at))) return true
  return false
}

const utf16 = { fffe: 'utf-16le', feff: 'utf-16be' } as const
const utf16Of = (start: Buffer): string | undefined =>
  (utf16 as Readonly<Record<string, string>>)[start.toString('hex', 0, 2)]

/** Whether a text says by its first bytes that it is in UTF-16. */
export const isMarkedUtf16 = (start: Buffer): boolean => utf16Of(start) !== undefined

/** Encodings that a text may be in by its first bytes. */
function encodingsOf(start: Buffer): readonly string[] {
  const marked = utf16Of(start)
  return marked === undefined ? ['utf-8', 'gb18030'] : [marked]
}

/** Whether a file is plain text: valid UTF-8, GB18030 or marked UTF-16 without control characters. */
export async function isPlainText(path: string): Promise<boolean> {
  let decoders: TextDecoder[] | null = null
  const feed = (piece?: Buffer): void => {
    decoders = (decoders ?? []).filter((decoder) => {
      try {
        return !holdsForeign(decoder.decode(piece, { stream: piece !== undefined }))
      } catch {
        return false
      }
    })
  }
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    decoders ??= encodingsOf(piece).map((encoding) => new TextDecoder(encoding, { fatal: true }))
    feed(piece)
    if (decoders.length === 0) return false
  }
  feed()
  return decoders !== null && (decoders as TextDecoder[]).length > 0
}
