import { createReadStream } from 'node:fs'

/** Control characters that plain text does not hold; tab, line ends, form feed, the old end-of-file mark and escape do occur. */
const isForeign = (byte: number): boolean =>
  byte === 0x7f || (byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1a, 0x1b].includes(byte))

/** Whether a file is plain text: valid UTF-8 or GB18030 without control characters. */
export async function isPlainText(path: string): Promise<boolean> {
  let decoders = ['utf-8', 'gb18030'].map((encoding) => new TextDecoder(encoding, { fatal: true }))
  const feed = (piece?: Buffer): void => {
    decoders = decoders.filter((decoder) => {
      try {
        decoder.decode(piece, { stream: piece !== undefined })
        return true
      } catch {
        return false
      }
    })
  }
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    if (piece.some(isForeign)) return false
    feed(piece)
    if (decoders.length === 0) return false
  }
  feed()
  return decoders.length > 0
}
