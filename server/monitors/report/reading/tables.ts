import { formSign, isDoubtfulLabel } from './forms.ts'
import type { Span, View } from './view.ts'

/** One cell of a table in a text, or a line that stands for one. */
export interface Cell extends Span {
  readonly text: string
}

/** A line of the text, in one cell or several. */
export interface Line extends Span {
  /** Whether bars or tabs divide it. */
  readonly isDivided: boolean
  readonly cells: readonly Cell[]
  readonly isTable: boolean
}

const figureCell = /^[-+]?\d[\d,]*(?:\.\d+)?(?:条|件|次|篇|个|人|人次|万元|元|%|期|份|项)?$/
const blankCell = /^(?:\/|\\|-+|—+|无)?$/
const borders = /^\s*\||\|\s*$/g

/** Whether a cell holds a figure. */
export const isFigure = (text: string): boolean => figureCell.test(text)
/** Whether a cell is left blank, or crossed out. */
export const isBlank = (text: string): boolean => blankCell.test(text)

/** The cells of a line: between bars or tabs, without the frame of the table. */
function cellsOf(text: string, from: number): Cell[] {
  const framed = text.replace(borders, (border) => ' '.repeat(border.length))
  const cells: Cell[] = []
  let start = 0
  for (let index = 0; index <= framed.length; index++) {
    if (index < framed.length && framed[index] !== '|' && framed[index] !== '\t') continue
    const raw = framed.slice(start, index)
    const content = raw.trim()
    const at = from + start + (content === '' ? 0 : raw.indexOf(content))
    cells.push({ text: content, start: at, end: at + content.length })
    start = index + 1
  }
  return cells
}

const isProse = (text: string): boolean => text.length > 60 && /[。;]/.test(text)
const unitsAndFigures =
  /^(.*?[\u4e00-\u9fff)”"])[\s:]+((?:[条件次篇个人元]|人次|万元)\s+)?((?:[-+]?\d[\d,.]*[\u4e00-\u9fff]{0,2}|\/)(?:\s+(?:[-+]?\d[\d,.]*[\u4e00-\u9fff]{0,2}|\/))*)$/
const isLabel = (text: string): boolean => formSign(text) !== undefined || isDoubtfulLabel(text)
/** So many figures between blanks are a row by themselves; fewer may be the number of a page. */
const figuresOfRow = 5

/** The parts of a cell that a pattern finds, each as a cell. */
const piecesOf = ({ text, start }: Cell, pattern: RegExp): Cell[] =>
  [...text.matchAll(pattern)].map(({ 0: piece, index }) => ({
    text: piece,
    start: start + index,
    end: start + index + piece.length,
  }))

/** A row that blanks divide as so many cells: 收到申请数 件 0, 三、本年度办理结果  （一）予以公开  6  1. */
function split(cell: Cell): Cell[] {
  if (isProse(cell.text)) return [cell]
  const apart = piecesOf(cell, /\S+(?:\s\S+)*/g)
  const labels = apart.filter(({ text }) => isLabel(text))
  const isRow = labels.length === apart.length || (labels.length > 0 && isFigure(apart.at(-1)?.text ?? ''))
  if (apart.length > 1 && isRow) return apart.flatMap(split)
  const words = piecesOf(cell, /\S+/g)
  if (words.length >= figuresOfRow && words.every(({ text }) => isFigure(text) || isBlank(text))) return words
  const [, label = '', unit = '', figures = ''] = unitsAndFigures.exec(cell.text) ?? []
  if (figures === '' || !isLabel(label)) return [cell]
  const behind = cell.text.length - unit.length - figures.length
  return [
    { text: label, start: cell.start, end: cell.start + label.length },
    ...piecesOf({ ...cell, text: unit + figures, start: cell.start + behind }, /\S+/g),
  ]
}

/** How many lines without a sign of a table may stand between two that show one; blank lines are not counted. */
const reach = 4

interface Row {
  readonly line: Line
  /** Its cells that are not blank. */
  readonly cells: readonly Cell[]
}

/** Whether a row can stand in a table alone: a label of a form, or a figure beside something. */
const isSure = ({ cells }: Row): boolean =>
  !cells.some(({ text }) => isProse(text)) &&
  (cells.some(({ text }) => formSign(text) !== undefined) ||
    (cells.length > 1 && cells.some(({ text }) => isFigure(text))))
const isFigures = ({ cells }: Row): boolean => cells.every(({ text }) => isFigure(text) || isBlank(text))
/** Whether a row may stand in a table, among others that do. */
const isDoubtful = ({ line, cells }: Row): boolean =>
  !cells.some(({ text }) => isProse(text)) &&
  (line.isDivided || cells.every(({ text }) => isDoubtfulLabel(text) || text.length <= 12))

/** The rows that are part of a table: figures belong to the label above them, doubtful rows to the table around them. */
function tableRows(rows: readonly Row[]): Set<Line> {
  const tabled = new Set<Line>()
  let previous = -Infinity
  for (const [index, row] of rows.entries()) {
    const isBelow = index - previous <= reach
    const isWithin = (): boolean =>
      isBelow &&
      isDoubtful(row) &&
      rows
        .slice(index + 1, index + 1 + reach)
        .some((next) => isSure(next) || isFigure(next.cells[0]?.text ?? ''))
    if (!isSure(row) && !(isFigures(row) ? isBelow : isWithin())) continue
    tabled.add(row.line)
    previous = index
  }
  return tabled
}

/** The lines of a text, each told to be part of a table or not, however the table was written down. */
export function linesOf({ text }: View): Line[] {
  let start = 0
  const lines = text.split('\n').map((line): Line => {
    const from = start
    start += line.length + 1
    return {
      start: from,
      end: from + line.length,
      isDivided: /[|\t]/.test(line),
      isTable: false,
      cells: cellsOf(line, from).flatMap(split),
    }
  })
  const rows = lines.flatMap((line): Row[] => {
    const cells = line.cells.filter(({ text: written }) => written !== '')
    return cells.length > 0 ? [{ line, cells }] : []
  })
  const tabled = tableRows(rows)
  return lines.map((line) => (tabled.has(line) ? { ...line, isTable: true } : line))
}
