import type { XmlHandler } from './xml.ts'

/** Excel writes characters that XML cannot hold as _x000D_. What is no text, U+0000 or half a surrogate pair, is left out or shown as �. */
export const restored = (text: string): string =>
  text.includes('_x')
    ? text
        .replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
        .replaceAll('\0', '')
        .replace(/\p{Cs}/gu, '\ufffd')
    : text

/** Gathers the text of `t` elements, leaving out phonetic runs. */
export function textCollector(): XmlHandler & { take(): string } {
  let text = ''
  let inText = false
  let inPhonetic = false
  return {
    open: (name) => {
      if (name === 't') inText = true
      if (name === 'rPh') inPhonetic = true
    },
    close: (name) => {
      if (name === 't') inText = false
      if (name === 'rPh') inPhonetic = false
    },
    text: (piece) => {
      if (inText && !inPhonetic) text += piece
    },
    take: () => {
      const taken = restored(text)
      text = ''
      return taken
    },
  }
}
