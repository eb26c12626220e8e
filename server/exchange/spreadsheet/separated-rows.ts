/** Rows of text with a separator between cells, as spreadsheets write and copy it: a cell with separators or line breaks is quoted, quotes in it doubled. Stops after `most` rows. */
export function separatedRows(text: string, separator: string, most = Number.POSITIVE_INFINITY): string[][] {
  const lines = text.replace(/\r\n?/g, '\n')
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let at = 0; at < lines.length && rows.length <= most; at++) {
    const character = lines.charAt(at)
    if (quoted) {
      if (character !== '"') cell += character
      else if (lines.charAt(at + 1) === '"') cell += lines.charAt(++at)
      else quoted = false
    } else if (character === '"' && cell === '') quoted = true
    else if (character === separator || character === '\n') {
      rows.at(-1)?.push(cell)
      cell = ''
      if (character === '\n') rows.push([])
    } else cell += character
  }
  rows.at(-1)?.push(cell)
  return rows
}
