import { Unreadable } from './unreadable.ts'

/** What to do at each piece of a document, in its order. Names come without their prefix. */
export interface XmlHandler {
  /** `attributes` is the raw text after the name, see `attribute`. Return false to stop reading. */
  open(name: string, attributes: string): boolean | void
  close(name: string): void
  /** Raw text, see `unescape`; may come in pieces. */
  text(text: string): void
}

const chunkBytes = 1 << 20
/** No name, attribute list or cell of a real workbook is longer; a cell holds at most 32,767 characters. */
const longestPiece = 4 << 20

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The text that raw XML text stands for. */
export function unescape(raw: string): string {
  if (!raw.includes('&')) return raw
  return raw.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, digits?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole
      const point = hex === undefined ? parseInt(digits as string, 10) : parseInt(hex, 16)
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole
    },
  )
}

/** The value of an attribute, with its prefix if it has one; undefined when it is not there. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let from = 0; ;) {
    const at = attributes.indexOf(`${name}=`, from)
    if (at === -1) return undefined
    from = at + name.length + 1
    const before = attributes.charCodeAt(at - 1)
    const quote = attributes.charAt(from)
    if ((at > 0 && before > 32) || (quote !== '"' && quote !== "'")) continue
    const end = attributes.indexOf(quote, from + 1)
    return end === -1 ? undefined : unescape(attributes.slice(from + 1, end))
  }
}

/** Where the tag that starts at `from` ends; a `>` inside quotes does not end it. -1 when it does not end. */
function tagEnd(xml: string, from: number): number {
  let quote = 0
  for (let at = from + 1; at < xml.length; at++) {
    const code = xml.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 62) return at
    else if (code === 34 || code === 39) quote = code
  }
  return -1
}

function firstBlank(text: string): number {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) <= 32) return at
  return -1
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The end of something that runs up to `mark`; -1 when it is not there yet. */
function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from)
  return at === -1 ? -1 : at + mark.length
}

/** Reads one piece at `at`, which is a `<`. Gives where the next one begins, -1 for "not all here yet", -2 for "stop". */
function readPiece(xml: string, at: number, handler: XmlHandler): number {
  const second = xml.charAt(at + 1)
  if (second === '') return -1
  if (second === '?') return after(xml, '?>', at)
  if (second === '!') {
    if (xml.length - at < 9) return -1
    if (xml.startsWith('<!--', at)) return after(xml, '-->', at)
    if (!xml.startsWith('<![CDATA[', at)) throw new Unreadable('broken-file')
    const end = after(xml, ']]>', at)
    if (end !== -1) handler.text(xml.slice(at + 9, end - 3).replaceAll('&', '&amp;'))
    return end
  }
  const end = tagEnd(xml, at)
  if (end === -1) return -1
  if (second === '/') {
    handler.close(localName(xml.slice(at + 2, end).trimEnd()))
    return end + 1
  }
  const empty = xml.charCodeAt(end - 1) === 47
  const inner = xml.slice(at + 1, empty ? end - 1 : end)
  const space = firstBlank(inner)
  const name = localName(space === -1 ? inner : inner.slice(0, space))
  if (handler.open(name, space === -1 ? '' : inner.slice(space)) === false) return -2
  if (empty) handler.close(name)
  return end + 1
}

/**
 * Walks through a document without building it, in memory that does not grow with it. No document type is
 * accepted, so no entities can be defined. Throws Unreadable when it does not end properly.
 */
export function scanXml(bytes: Buffer, handler: XmlHandler): void {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : null
  const decoder = new TextDecoder(wide ?? 'utf-8')
  let rest = ''
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    const last = start + chunkBytes >= bytes.length
    const xml = rest + decoder.decode(bytes.subarray(start, start + chunkBytes), { stream: !last })
    let at = 0
    while (at < xml.length) {
      if (xml.charCodeAt(at) !== 60) {
        const next = xml.indexOf('<', at)
        if (next === -1) break
        handler.text(xml.slice(at, next))
        at = next
      }
      const next = readPiece(xml, at, handler)
      if (next === -2) return
      if (next === -1) break
      at = next
    }
    rest = xml.slice(at)
    if (rest.length > longestPiece) throw new Unreadable('broken-file')
  }
  if (rest.trim() !== '') throw new Unreadable('broken-file')
}
