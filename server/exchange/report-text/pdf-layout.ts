/** A run of text on a page; lengths in points, y upwards. */
export interface Piece {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
}

/** A line of a page. */
export interface PageLine {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly size: number
  /** Whether wide gaps divide it into columns. */
  readonly isRow: boolean
}

/** A gap wider than this, in heights of its characters, divides columns. */
const columnGap = 1.2
/** Blanks narrower than this are the space that justifies a line. */
const wordGap = 0.28

const isWord = (character: string | undefined): boolean => /[A-Za-z0-9]/.test(character ?? '')

const isNumber = (text: string): boolean => /^\d[\d,.]*$/.test(text.trim())
/** With so many figures by themselves a line is the row of a table. */
const figuresOfRow = 3
/** In such a row the least gap beside a figure divides columns. */
const figureGap = 0.12

/** The pieces of one line from left to right, in cells where wide gaps stand between them. */
function lineOf(pieces: readonly Piece[]): PageLine | null {
  const cells: string[] = ['']
  let right = -Infinity
  let before = ''
  const isFigures = pieces.filter(({ text }) => isNumber(text)).length >= figuresOfRow
  for (const piece of [...pieces].sort((a, b) => a.x - b.x)) {
    const gap = piece.x - right
    const cell = cells.at(-1) ?? ''
    const isBesideFigure = isFigures && (isNumber(piece.text) || isNumber(before))
    before = piece.text
    if (cell.trim() !== '' && gap > piece.size * (isBesideFigure ? figureGap : columnGap))
      cells.push(piece.text)
    else {
      const isApart = gap > piece.size * wordGap && isWord(cell.at(-1)) && isWord(piece.text[0])
      cells[cells.length - 1] = cell + (isApart ? ' ' : '') + piece.text
    }
    right = Math.max(right, piece.x + piece.width)
  }
  const filled = cells.map((cell) => cell.replace(/\s+/g, ' ').trim()).filter((cell) => cell !== '')
  if (filled.length === 0) return null
  return {
    text: filled.length > 1 ? `| ${filled.join(' | ')} |` : (filled[0] ?? ''),
    left: Math.min(...pieces.filter(({ text }) => text.trim() !== '').map(({ x }) => x)),
    right,
    size: Math.max(...pieces.map(({ size }) => size)),
    isRow: filled.length > 1,
  }
}

/** The lines of a page from top to bottom. */
export function pageLines(pieces: readonly Piece[]): PageLine[] {
  const rows: { y: number; size: number; pieces: Piece[] }[] = []
  for (const piece of [...pieces].sort((a, b) => b.y - a.y)) {
    const row = rows.at(-1)
    if (row && Math.abs(row.y - piece.y) < Math.max(row.size, piece.size) * 0.5) {
      row.pieces.push(piece)
      row.size = Math.max(row.size, piece.size)
    } else rows.push({ y: piece.y, size: piece.size, pieces: [piece] })
  }
  return rows.flatMap(({ pieces: own }) => lineOf(own) ?? [])
}

const pageNumber = /^[-—–\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/共]\s*\d{1,4}\s*页?)?)[-—–\s]*$/
const heading = /^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．])/

/** The text of all pages: lines that reach the right margin go on in the next one, page numbers left out. */
export function textOfPages(pages: readonly (readonly PageLine[])[]): string {
  const lines = pages.flatMap((page) =>
    page.filter(({ text }, index) => !(pageNumber.test(text) && (index === 0 || index === page.length - 1))),
  )
  const sentences = lines.filter(({ isRow, text }) => !isRow && text.length > 15)
  const left = Math.min(...sentences.map((line) => line.left))
  const right = Math.max(...sentences.map((line) => line.right))
  let text = ''
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1]
    const goesOn =
      before !== undefined &&
      !before.isRow &&
      !line.isRow &&
      before.right > right - before.size * 2.2 &&
      line.left < left + line.size * 1.2 &&
      !heading.test(line.text)
    const space = goesOn && isWord(text.at(-1)) && isWord(line.text[0]) && !/\d$/.test(text) ? ' ' : ''
    text += before === undefined ? line.text : goesOn ? space + line.text : `\n${line.text}`
  }
  return text
}
