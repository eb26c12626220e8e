import type { Block } from './document.ts'
import { indent, line, lineWidth, oneCharacter, page, widthOf } from './layout.ts'

/** Height of the type area 版心, in twips. */
export const pageHeight = page.height - page.top - page.bottom

/** 12 pt in a table against 16 pt in the text. */
const inTable = 0.75
const cellRow = { line: 340, margins: 60, sides: 120, least: 400 } as const
const titleCharacter = 440

const linesIn = (width: number, room: number): number => Math.max(1, Math.ceil(width / room))

/** Height of a table's row in twips: as high as its highest cell. */
const rowHeight = (texts: readonly string[], shares: readonly number[]): number =>
  Math.max(
    cellRow.least,
    ...texts.map((text, index) => {
      const room = (lineWidth * (shares[index] ?? 0)) / 100 - cellRow.sides
      const width = widthOf(text) * inTable
      // The last character of a line that would be cut goes to the next one.
      const lines = width <= room ? 1 : linesIn(width, room - oneCharacter * inTable)
      return lines * cellRow.line + cellRow.margins
    }),
  )

/** About how high a block of a letter stands on paper, in twips; rather too much than too little. */
export function blockHeight(block: Block): number {
  switch (block.type) {
    case 'title':
      return (
        line *
        (1 +
          block.lines.reduce(
            (sum, text) => sum + linesIn((widthOf(text) * titleCharacter) / oneCharacter, lineWidth),
            0,
          ))
      )
    case 'heading':
    case 'paragraph': {
      const text = block.type === 'heading' ? block.text + block.run : block.text
      return line * linesIn(widthOf(text) + indent, lineWidth)
    }
    case 'addressee':
      return line * linesIn(widthOf(block.text), lineWidth)
    case 'signature':
      return line * 4
    case 'table': {
      const shares = block.columns.map(({ share }) => share)
      const rows = [block.columns.map(({ name }) => name), ...block.rows]
      return 240 + rows.reduce((sum, texts) => sum + rowHeight(texts, shares), 0)
    }
    case 'note':
      return 400 * linesIn(widthOf(block.text) * inTable, lineWidth)
    case 'attachment-note':
      return line * (1 + linesIn(widthOf(block.text) + indent, lineWidth))
    case 'attachment':
    case 'caption':
    case 'imprint':
      return line * 4
  }
}
