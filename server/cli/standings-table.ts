import type { Assessed, Standing } from '../assessment/score/scorecard.ts'
import type { Scheme } from '../assessment/rule/scheme.ts'
import { aligned } from './aligned.ts'

const pending = '待定'

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
    return [
      `${group}（${lines.length} 个单位）`,
      ...aligned([header, ...lines], (column) => column !== 1 && column !== header.length - 1),
    ].join('\n')
  })
  const notes = warnings.map((warning) => `提示：${warning}`)
  return [`截至 ${asOf}`, ...blocks, ...(notes.length > 0 ? [notes.join('\n')] : [])].join('\n\n') + '\n'
}
