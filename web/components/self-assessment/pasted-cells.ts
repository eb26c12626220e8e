/** Rows of cells as a spreadsheet copies them: tabs between cells, lines between rows, quotes around a cell that holds either. */
export function pastedCells(text: string): string[][] {
  const rows: string[][] = [[]]
  const cells = /(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (const [, quoted, plain, end] of lines.matchAll(cells)) {
    rows.at(-1)?.push((quoted?.replace(/""/g, '"') ?? plain ?? '').trim())
    if (end === '\n') rows.push([])
    if (end === '') break
  }
  return rows
}

/** The same of what was copied; running text, which comes with its looks but without a table, is one cell however many lines it has. */
export function copiedCells(clipboard: Pick<DataTransfer, 'getData'> | null): string[][] {
  const text = clipboard?.getData('text/plain') ?? ''
  const looks = clipboard?.getData('text/html') ?? ''
  return looks === '' || /<t(?:able|r|d)\b/i.test(looks) ? pastedCells(text) : [[text]]
}
