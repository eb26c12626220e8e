import type { Assessed, Standing } from '../assessment/score/scorecard.ts'
import type { Scheme } from '../assessment/rule/scheme.ts'
import { aligned } from './aligned.ts'

const pending = '待定'

/** The ranking as text for people: one block per group, then the warnings. */
export function standingsTable(
  { asOf, standings, interim }: Assessed,
  scheme: Scheme,
  warnings: readonly string[],
): string {
  const names = scheme.components.map(({ name }) => name)
  const adjusted = scheme.adjustments !== null
  const vetoed = standings.some(({ vetoes }) => vetoes !== undefined)
  const header = [
    '名次',
    '单位',
    ...names,
    ...(adjusted ? ['总分加减'] : []),
    interim === null ? '综合成绩' : '阶段成绩',
    '等次',
    ...(vetoed ? ['一票否决'] : []),
  ]
  const lineOf = ({ rank, unit, components, adjustment, composite, grade, vetoes }: Standing): string[] => [
    rank === null ? '—' : String(rank),
    unit,
    ...names.map((name) => (name in components ? (components[name] ?? pending) : '—')),
    ...(adjusted ? [adjustment ?? pending] : []),
    composite ?? pending,
    grade ?? '',
    ...(vetoed ? [vetoes?.join('、') ?? ''] : []),
  ]
  const words = header.length - (vetoed ? 2 : 1)
  const basisOf = (group: string): string[] => {
    const told = interim?.[group]
    if (!told) return []
    return [told.basis.length === 0 ? '尚无可计算的部分' : `${told.basis.join(' + ')}，共占 ${told.share}%`]
  }
  const groups = [...new Set(standings.map(({ group }) => group))]
  const blocks = groups.map((group) => {
    const lines = standings.filter((standing) => standing.group === group).map(lineOf)
    return [
      `${group}（${lines.length} 个单位）`,
      ...basisOf(group),
      ...aligned([header, ...lines], (column) => column !== 1 && column < words),
    ].join('\n')
  })
  const notes = warnings.map((warning) => `提示：${warning}`)
  return [`截至 ${asOf}`, ...blocks, ...(notes.length > 0 ? [notes.join('\n')] : [])].join('\n\n') + '\n'
}
