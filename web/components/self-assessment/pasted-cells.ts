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
