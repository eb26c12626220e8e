const marks: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** UTF-16 without its mark: line ends, spaces and figures have a zero in every other byte. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, 4000)
  let even = 0
  let odd = 0
  for (let index = 0; index < head.length; index++) {
    if (head[index] !== 0) continue
    if (index % 2 === 0) even++
    else odd++
  }
  // 一 and 开 have a zero themselves.
  if (odd > 2 * even) return 'utf-16le'
  return even > 2 * odd ? 'utf-16be' : undefined
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/**
 * The text of bytes in UTF-8, UTF-16 or GB18030, its byte order mark left out; `declared` is what the document says of
 * itself. Null when it is no text.
 */
export function textOfBytes(bytes: Uint8Array, declared?: string): string | null {
  const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0]
  const guesses = marked ? [marked] : ['utf-8', unmarkedUtf16(bytes), declared, 'gb18030']
  for (const encoding of guesses) {
    const text = encoding === undefined ? null : decoded(bytes, encoding)
    if (text !== null && !text.includes('\0')) return text
  }
  // A text cut off within a character is still a text.
  const text = new TextDecoder(marked ?? 'utf-8').decode(bytes)
  const lost = text.split('\ufffd').length - 1
  return !text.includes('\0') && lost > 0 && lost <= text.length / 500 ? text : null
}
