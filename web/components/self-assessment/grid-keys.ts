/** Cells of a form that arrow keys move between: `data-cell` names the column, rows follow each other as they stand in the page. */
const cellsIn = (grid: HTMLElement, column: string): HTMLElement[] => [
  ...grid.querySelectorAll<HTMLElement>(`[data-cell="${column}"]:not(:disabled)`),
]

const caretAt = (cell: HTMLElement): { start: boolean; end: boolean; all: boolean } => {
  if (!(cell instanceof HTMLInputElement || cell instanceof HTMLTextAreaElement))
    return { start: true, end: true, all: true }
  const { selectionStart: from, selectionEnd: to, value } = cell
  const all = from === 0 && to === value.length
  return { start: all || (from === 0 && to === 0), end: all || (from === value.length && to === from), all }
}

function go(cell: HTMLElement | undefined, event: KeyboardEvent): void {
  if (!cell) return
  event.preventDefault()
  cell.focus()
  if (cell instanceof HTMLInputElement || cell instanceof HTMLTextAreaElement) cell.select()
}

/**
 * Moves through a grid of inputs as through a spreadsheet: Enter and the arrow keys change the row, arrows at the end of a text the column.
 * Alt+Enter stays in the cell for a new line.
 */
export function moveInGrid(grid: HTMLElement, event: KeyboardEvent, columns: readonly string[]): void {
  const cell = event.target
  if (!(cell instanceof HTMLElement) || event.isComposing || event.ctrlKey || event.metaKey) return
  const column = cell.dataset.cell
  if (column === undefined) return
  const caret = caretAt(cell)
  const rows = cellsIn(grid, column)
  const at = rows.indexOf(cell)
  if (event.key === 'Enter' && event.altKey && cell instanceof HTMLTextAreaElement) {
    event.preventDefault()
    cell.setRangeText('\n', cell.selectionStart, cell.selectionEnd, 'end')
    cell.dispatchEvent(new Event('input', { bubbles: true }))
  } else if (event.key === 'Enter') {
    event.preventDefault()
    go(rows[at + (event.shiftKey ? -1 : 1)], event)
  } else if (event.key === 'ArrowDown' && caret.end) go(rows[at + 1], event)
  else if (event.key === 'ArrowDown' && cell instanceof HTMLInputElement) go(rows[at + 1], event)
  else if (event.key === 'ArrowUp' && (caret.start || cell instanceof HTMLInputElement))
    go(rows[at - 1], event)
  else if (event.key === 'ArrowRight' && caret.end && !event.shiftKey)
    go(cellsIn(grid, columns[columns.indexOf(column) + 1] ?? '')[at], event)
  else if (event.key === 'ArrowLeft' && caret.start && !event.shiftKey)
    go(cellsIn(grid, columns[columns.indexOf(column) - 1] ?? '')[at], event)
}
