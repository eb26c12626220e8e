import { SaxesParser } from 'saxes'
import type { PartBytes } from './package-parts.ts'
import { Unreadable } from './unreadable.ts'

export type Attributes = Readonly<Record<string, string>>

/** What to do at each piece of a document, in its order. Elements come without their prefix, attributes with theirs. */
export interface XmlHandler {
  /** Return false to stop reading. */
  open(name: string, attributes: Attributes): boolean | void
  close(name: string): void
  /** May come in pieces. */
  text(text: string): void
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Parts of a package are UTF-8 or UTF-16. */
function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}

/**
 * Walks through a document without building it. No document type is accepted, so no entities can be defined.
 * Throws Unreadable when it is not well formed.
 */
export async function scanXml(bytes: PartBytes, handler: XmlHandler): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  const refuse = (): never => {
    throw new Unreadable('broken-file')
  }
  let stopped = false
  parser.on('error', refuse)
  parser.on('doctype', refuse)
  parser.on('opentag', ({ name, attributes }) => {
    if (!stopped && handler.open(localName(name), attributes) === false) stopped = true
  })
  parser.on('closetag', ({ name }) => {
    if (!stopped) handler.close(localName(name))
  })
  const text = (piece: string): void => {
    if (!stopped) handler.text(piece)
  }
  parser.on('text', text)
  parser.on('cdata', text)

  let decoder: TextDecoder | undefined
  for await (const piece of bytes) {
    decoder ??= new TextDecoder(encodingOf(piece))
    parser.write(decoder.decode(piece, { stream: true }))
    if (stopped) return
  }
  parser.write(decoder?.decode() ?? '').close()
}
