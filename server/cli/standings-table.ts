import type { Assessed, Standing } from '../assessment/score/scorecard.ts'
import type { Scheme } from '../assessment/rule/scheme.ts'

const pending = '待定'
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

/** Lines of cells, aligned; the second and last columns to the left, the numbers to the right. */
function aligned(lines: readonly (readonly string[])[]): string[] {
  const columns = lines[0]?.length ?? 0
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...lines.map((line) => displayWidth(line[at] ?? ''))),
  )
  return lines.map((line) =>
    line
      .map((text, at) => padded(text, widths[at] ?? 0, at !== 1 && at !== columns - 1))
      .join(gap)
      .trimEnd(),
  )
}

/** The ranking as text for people: one block per group, then the warnings. */
export function standingsTable(
  { asOf, standings }: Assessed,
  scheme: Scheme,
  warnings: readonly string[],
): string {
  const names = scheme.components.map(({ name }) => name)
  const header = ['名次', '单位', ...names, '综合成绩', '等次']
  const lineOf = ({ rank, unit, components, composite, grade }: Standing): string[] => [
    rank === null ? '—' : String(rank),
    unit,
    ...names.map((name) => components[name] ?? pending),
    composite ?? pending,
    grade ?? '',
  ]
  const groups = [...new Set(standings.map(({ group }) => group))]
  const blocks = groups.map((group) => {
    const lines = standings.filter((standing) => standing.group === group).map(lineOf)
    return [`${group}（${lines.length} 个单位）`, ...aligned([header, ...lines])].join('\n')
  })
  const notes = warnings.map((warning) => `提示：${warning}`)
  return [`截至 ${asOf}`, ...blocks, ...(notes.length > 0 ? [notes.join('\n')] : [])].join('\n\n') + '\n'
}
