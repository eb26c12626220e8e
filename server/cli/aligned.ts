const gap = '  '
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u

/** Columns that a text takes in a terminal: Chinese characters take two. */
function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += wide.test(character) ? 2 : 1
  return width
}

function padded(text: string, width: number, toTheRight: boolean): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return toTheRight ? blanks + text : text + blanks
}

/** Lines of cells in columns; `toTheRight` says which columns hold numbers. */
export function aligned(
  lines: readonly (readonly string[])[],
  toTheRight: (column: number) => boolean,
): string[] {
  const columns = lines[0]?.length ?? 0
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...lines.map((line) => displayWidth(line[at] ?? ''))),
  )
  return lines.map((line) =>
    line
      .map((text, at) => padded(text, widths[at] ?? 0, toTheRight(at)))
      .join(gap)
      .trimEnd(),
  )
}
