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

/** A label and its figure in one cell, 收到申请数 0件, as two; the figures of a row between blanks as so many. */
function split(cell: Cell): Cell[] {
  const match =
    /^(.*?[\u4e00-\u9fff)”"])[\s:]+((?:[-+]?\d[\d,.]*[\u4e00-\u9fff]{0,2}|\/)(?:\s+(?:[-+]?\d[\d,.]*[\u4e00-\u9fff]{0,2}|\/))*)$/.exec(
      cell.text,
    )
  const [, label = '', figures = ''] = match ?? []
  if (!match || (formSign(label) === undefined && !isDoubtfulLabel(label))) return [cell]
  const after = cell.start + cell.text.length - figures.length
  return [
    { text: label, start: cell.start, end: cell.start + label.length },
    ...[...figures.matchAll(/\S+/g)].map(({ 0: text, index }) => ({
      text,
      start: after + index,
      end: after + index + text.length,
    })),
  ]
}

const isProse = (text: string): boolean => text.length > 60 && /[。;]/.test(text)
/** How many lines without a sign of a table may stand between two that show one. */
const reach = 4

/** The lines of a text, each told to be part of a table or not, however the table was written down. */
export function linesOf({ text }: View): Line[] {
  const lines: (Span & { isDivided: boolean; cells: Cell[] })[] = []
  let start = 0
  for (let index = 0; index <= text.length; index++) {
    if (index < text.length && text[index] !== '\n') continue
    const line = text.slice(start, index)
    lines.push({
      start,
      end: index,
      isDivided: /[|\t]/.test(line),
      cells: cellsOf(line, start).flatMap(split),
    })
    start = index + 1
  }
  const filled = lines.map(({ cells }) => cells.filter(({ text }) => text !== ''))
  const isSure = filled.map(
    (cells) =>
      !cells.some(({ text }) => isProse(text)) &&
      ((cells.length > 1 && cells.some(({ text }) => isFigure(text) || formSign(text) !== undefined)) ||
        (cells.length === 1 && cells.some(({ text }) => formSign(text) !== undefined))),
  )
  const nextSure: number[] = []
  for (let index = filled.length - 1, next = Infinity; index >= 0; index--) {
    nextSure[index] = next
    if (isSure[index] === true) next = index
  }
  const isTable = [...isSure]
  let previous = -Infinity
  // Figures and blanks belong to the label above them, doubtful labels to the table around them.
  for (const [index, cells] of filled.entries()) {
    const isBelow = index - previous <= reach
    const isWithin = isBelow && (nextSure[index] ?? Infinity) - index <= reach
    if (isTable[index] !== true && cells.length > 0 && !cells.some(({ text }) => isProse(text))) {
      if (cells.every(({ text }) => isFigure(text) || isBlank(text))) isTable[index] = isBelow
      else if (
        lines[index]?.isDivided === true ||
        cells.every(({ text }) => isDoubtfulLabel(text) || text.length <= 12)
      )
        isTable[index] = isWithin
    }
    if (isTable[index] === true) previous = index
  }
  return lines.map((line, index) => ({ ...line, isTable: isTable[index] ?? false }))
}
