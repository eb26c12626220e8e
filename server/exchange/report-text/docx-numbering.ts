import type { PackageParts } from '../spreadsheet/package-parts.ts'
import { scanXml } from '../spreadsheet/xml.ts'

/** One level of a list that the word processor numbers by itself. */
interface Level {
  readonly start: number
  readonly format: string
  /** `%1、` with the number of each level. */
  readonly text: string
}

const digits = '〇一二三四五六七八九'

/** 1 to 99 as 一 to 九十九. */
function chinese(value: number): string {
  if (value >= 100) return String(value)
  const [tens, ones] = [Math.floor(value / 10), value % 10]
  return (
    (tens > 1 ? digits.charAt(tens) : '') +
    (tens > 0 ? '十' : '') +
    (ones > 0 || tens === 0 ? digits.charAt(ones) : '')
  )
}

const isChinese = /^(?:chinese|ideograph|japanese|taiwanese)/
const written = (value: number, format: string): string => {
  if (isChinese.test(format)) return chinese(value)
  if (format.endsWith('Letter')) {
    const letter = String.fromCharCode(0x60 + ((value - 1) % 26) + 1)
    return format.startsWith('upper') ? letter.toUpperCase() : letter
  }
  return String(value)
}

/** The numbers that a word processor shows before paragraphs and that stand in no text of theirs. */
export class Numbering {
  readonly #levels: ReadonlyMap<string, readonly Level[]>
  readonly #counts = new Map<string, number[]>()

  constructor(levels: ReadonlyMap<string, readonly Level[]>) {
    this.#levels = levels
  }

  /** What stands before the next paragraph of a list; empty for bullets and unknown lists. */
  next(list: string, level: number): string {
    const levels = this.#levels.get(list)
    const own = levels?.[level]
    if (!levels || !own || own.format === 'bullet' || own.format === 'none') return ''
    const counts = this.#counts.get(list) ?? []
    this.#counts.set(list, counts)
    counts[level] = (counts[level] ?? own.start - 1) + 1
    counts.length = level + 1
    return own.text.replace(/%(\d)/g, (_, digit: string) => {
      const other = Number(digit) - 1
      const format = levels[other]?.format ?? 'decimal'
      return written(counts[other] ?? levels[other]?.start ?? 1, format)
    })
  }
}

/** The lists that a document numbers; none when it has no such part. */
export async function readNumbering(parts: PackageParts): Promise<Numbering> {
  const bytes = parts.read('word/numbering.xml')
  const abstract = new Map<string, Level[]>()
  const lists = new Map<string, readonly Level[]>()
  if (!bytes) return new Numbering(lists)
  let current: Level[] | null = null
  let level: { index: number; start: number; format: string; text: string } | null = null
  let list: string | null = null
  await scanXml(bytes, {
    open: (name, attributes) => {
      const value = attributes['w:val'] ?? ''
      if (name === 'abstractNum') abstract.set(attributes['w:abstractNumId'] ?? '', (current = []))
      else if (name === 'lvl' && current)
        level = { index: Number(attributes['w:ilvl'] ?? 0), start: 1, format: 'decimal', text: '' }
      else if (name === 'start' && level) level.start = Number(value) || 1
      else if (name === 'numFmt' && level) level.format = value
      else if (name === 'lvlText' && level) level.text = value
      else if (name === 'num') list = attributes['w:numId'] ?? null
      else if (name === 'abstractNumId' && list !== null) lists.set(list, abstract.get(value) ?? [])
    },
    close: (name) => {
      if (name === 'lvl' && level && current && level.index < 9) {
        current[level.index] = level
        level = null
      } else if (name === 'abstractNum') current = null
      else if (name === 'num') list = null
    },
    text: () => undefined,
  })
  return new Numbering(lists)
}
