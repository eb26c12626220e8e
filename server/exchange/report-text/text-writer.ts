import { reportLimits } from './limits.ts'
import { ReportUnreadable } from './refusal.ts'

/** Lines that are being written: those of the text, or of a cell within it. */
interface Frame {
  readonly lines: string[]
  line: string
  /** Cells of the row that is being written, where this is a table. */
  readonly cells: string[][] | null
}

/** A cell with more sentences than this holds a text and is no figure of a table. */
const longCell = 200

/** Builds the text of a document: one line a paragraph, one line a table row, its cells between bars. */
export class TextWriter {
  readonly #frames: Frame[] = [{ lines: [], line: '', cells: null }]
  #length = 0
  /** Tables beyond the depth that is kept. */
  #flat = 0

  #top(): Frame {
    return this.#frames.at(-1) as Frame
  }

  /** Adds words to the line. Throws ReportUnreadable when the text gets too long. */
  text(words: string): void {
    this.#length += words.length
    if (this.#length > reportLimits.characters) {
      throw new ReportUnreadable('text-too-long', { characters: reportLimits.characters })
    }
    // Words between cells belong to none.
    const frame = this.#top()
    if (frame.cells === null) frame.line += words
  }

  /** Ends the line. */
  endLine(): void {
    const frame = this.#top()
    if (frame.cells !== null) return
    const line = frame.line
      .replace(/[ \t\r\n\u00a0]+/g, (blanks) => (blanks.includes('\t') ? '\t' : ' '))
      .trim()
    if (line !== '') frame.lines.push(line)
    frame.line = ''
  }

  openTable(): void {
    this.endLine()
    if (this.#frames.length > reportLimits.tableDepth * 2) this.#flat++
    else this.#frames.push({ lines: [], line: '', cells: [] })
  }

  closeTable(): void {
    if (this.#flat > 0) {
      this.#flat--
      this.endLine()
      return
    }
    if (this.#top().cells === null) this.closeCell()
    const frame = this.#frames.length > 1 ? this.#top() : null
    if (frame?.cells == null) return
    this.closeRow()
    this.#frames.pop()
    this.#top().lines.push(...frame.lines)
  }

  openCell(): void {
    if (this.#flat > 0) return this.endLine()
    if (this.#top().cells !== null) this.#frames.push({ lines: [], line: '', cells: null })
  }

  closeCell(): void {
    if (this.#flat > 0) return this.endLine()
    if (this.#frames.length < 3 || this.#top().cells !== null) return
    this.endLine()
    const cell = this.#frames.pop() as Frame
    this.#top().cells?.push(cell.lines)
  }

  closeRow(): void {
    if (this.#flat > 0) return
    if (this.#frames.length > 2 && this.#top().cells === null) this.closeCell()
    const { cells, lines } = this.#top()
    if (cells === null || cells.length === 0) return
    const isText =
      cells.length === 1 ||
      cells.some((cell) => cell.some((line) => line.startsWith('|'))) ||
      cells.some((cell) => cell.join('').length > longCell)
    if (isText) for (const cell of cells) lines.push(...cell)
    else if (cells.some((cell) => cell.length > 0)) {
      lines.push(`| ${cells.map((cell) => cell.join('').replaceAll('|', ' ')).join(' | ')} |`)
    }
    cells.length = 0
  }

  /** The whole text. */
  end(): string {
    while (this.#frames.length > 1) {
      if (this.#top().cells === null) this.closeCell()
      else this.closeTable()
    }
    this.endLine()
    return this.#top().lines.join('\n')
  }
}
