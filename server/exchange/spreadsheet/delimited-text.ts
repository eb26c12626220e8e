/** What may part the cells of a table of text, the likelier first. */
const separators = ['\t', ';', ','] as const

/**
 * The rows of a table of text as spreadsheets save and copy it, `most` at most. A cell is quoted only where its closing mark stands before a
 * separator, the end of a line or of the text; quotes in it are doubled. Any other quotation mark is a character of the cell.
 */
export function delimitedRows(text: string, separator: string, most: number): string[][] {
  const quoted = new RegExp(`"((?:[^"]|"")*)"(?=${separator}|\n|$)`, 'y')
  const plain = new RegExp(`[^${separator}\n]*`, 'y')
  const whole = text.replace(/\r\n?/g, '\n')
  const rows: string[][] = [[]]
  for (let at = 0; at <= whole.length && rows.length <= most; at++) {
    quoted.lastIndex = plain.lastIndex = at
    const inQuotes = quoted.exec(whole)
    const [written = '', cell = written] = inQuotes ?? plain.exec(whole) ?? []
    rows.at(-1)?.push(inQuotes ? cell.replaceAll('""', '"') : written)
    at += written.length
    if (whole.charAt(at) === '\n') rows.push([])
  }
  return rows.slice(0, most)
}

/** The separator by which most of the first rows have several cells: a title above the table does not decide it. */
export function separatorOf(text: string): string {
  const parted = separators.map((separator) => ({
    separator,
    rows: delimitedRows(text.slice(0, 20_000), separator, 50).filter(({ length }) => length > 1).length,
  }))
  return parted.reduce((best, each) => (each.rows > best.rows ? each : best)).separator
}
