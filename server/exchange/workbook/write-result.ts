import { exactly, hundredths } from '../../assessment/rational.ts'
import type { Component, Scheme } from '../../assessment/rule/scheme.ts'
import { triggerMeaning } from '../../assessment/rule/trigger.ts'
import type { Assessed, Scorecard } from '../../assessment/score/scorecard.ts'
import { methodWords } from './sheet-columns.ts'
import { addNotes, addSheet, bytesOf, newWorkbook, type SheetColumn } from '../spreadsheet/sheet-writer.ts'
import { dayValue, hundredthsValue, numberValue, textValue, type Value } from '../spreadsheet/cell-value.ts'

export interface ResultOptions {
  /** Only this group's units. */
  readonly group?: string
  /** What the reader should know of the input, one sentence each. */
  readonly warnings?: readonly string[]
}

const pendingWord = '待定'

function standingsSheet(
  scheme: Scheme,
  { standings }: Assessed,
): { columns: SheetColumn[]; rows: Value[][] } {
  const names = scheme.components.map(({ name }) => name)
  const points = (score: string | null | undefined): Value => (score ? numberValue(score) : pendingWord)
  return {
    columns: [
      { name: '分组', width: 18, format: 'text' },
      { name: '名次', width: 8, format: 'number' },
      { name: '单位', width: 30, format: 'text' },
      ...names.map((name): SheetColumn => ({ name, width: 14, format: 'points' })),
      { name: '综合成绩', width: 12, format: 'points' },
      { name: '等次', width: 12, format: 'text' },
      { name: '待定部分', width: 30, format: 'text' },
    ],
    rows: standings.map((standing) => [
      textValue(standing.group),
      standing.rank,
      textValue(standing.unit),
      ...names.map((name) => points(standing.components[name])),
      points(standing.composite),
      standing.grade === null ? null : textValue(standing.grade),
      standing.pending.length === 0 ? null : textValue(standing.pending.join('、')),
    ]),
  }
}

const lossColumns: readonly SheetColumn[] = [
  { name: '单位', width: 30, format: 'text' },
  { name: '分组', width: 18, format: 'text' },
  { name: '部分', width: 16, format: 'text' },
  { name: '编号', width: 20, format: 'text' },
  { name: '问题发生单位', width: 30, format: 'text' },
  { name: '扣分类别', width: 22, format: 'text' },
  { name: '事由', width: 48, format: 'text' },
  { name: '通知日期', width: 12, format: 'day' },
  { name: '整改期限', width: 12, format: 'day' },
  { name: '扣分日期', width: 12, format: 'day' },
  { name: '扣分', width: 8, format: 'points' },
  { name: '折合综合成绩', width: 14, format: 'points' },
]

function* lossRows(scorecards: readonly Scorecard[]): Generator<Value[]> {
  for (const { unit, group, components } of scorecards) {
    for (const { name, steps } of components) {
      if (steps.method !== 'deductions') continue
      for (const loss of steps.findings) {
        if (loss.lostOn === null) continue
        yield [
          textValue(unit),
          textValue(group),
          textValue(name),
          textValue(loss.number),
          textValue(loss.unit),
          textValue(loss.kindName),
          textValue(loss.what),
          loss.notifiedOn && dayValue(loss.notifiedOn),
          loss.deadline && dayValue(loss.deadline),
          dayValue(loss.lostOn),
          hundredthsValue(loss.points),
          numberValue(loss.worth),
        ]
      }
    }
  }
}

const points = (value: number): string => exactly(hundredths(value))

function componentNote(component: Component): string {
  const head = `${component.name}（${methodWords[component.method]}，权重 ${points(component.weight)}）：`
  switch (component.method) {
    case 'deductions':
      return `${head}${points(component.base)} 分减去所扣分数，不低于 ${points(component.floor)} 分。${component.kinds
        .map((kind) => `${kind.name}每项 ${points(kind.points)} 分`)
        .join('；')}。`
    case 'verified-marks':
      return `${head}${component.windows.map(({ name }) => name).join('、')}各按核查分之和 ÷ 适用指标满分之和 × 100 计算，再取平均；缺少任何一个周期或核查分即为待定。`
    case 'external':
      return `${head}得分 ÷ ${component.full} × 100；没有得分即为待定。`
  }
}

function gradesNote({ grades }: Scheme): string {
  const bands = grades.map(({ name, from }, index) => {
    const above = grades[index - 1]
    return `${name} ${points(from)} 分以上（含）${above ? `、不足 ${points(above.from)} 分` : ''}`
  })
  return `等次按四舍五入后的综合成绩确定：${bands.join('；')}。`
}

/** One unit's composite spelled out, e.g. 0.30 × 98.50 + … = 90.00. */
function equation({ unit, components, composite, grade }: Scorecard): string {
  const terms = components.map(({ share, score }) => `${share} × ${score}`).join(' + ')
  return `例：${unit} ${terms} = ${composite} → ${grade}（式中各数为显示值，计算用未经舍入的值）。`
}

const triggerNotes = Object.values(triggerMeaning)
  .map(({ word, toldInFull }) => `“${word}”类${toldInFull}`)
  .join('；')

function notes(scheme: Scheme, assessed: Assessed, warnings: readonly string[]): string[] {
  const example = assessed.scorecards.find(({ composite }) => composite !== null)
  return [
    '# 计算说明',
    `考核办法：${scheme.name}。成绩按截至 ${assessed.asOf} 的情况计算。`,
    ...scheme.components.map(componentNote),
    `综合成绩 = 各部分得分按权重之比加权求和，全程精确计算，最后一次四舍五入到 ${scheme.decimals} 位小数；任何部分待定，综合成绩即为待定，不参加排名。`,
    ...(example ? [equation(example)] : []),
    gradesNote(scheme),
    scheme.ties === 'competition'
      ? '组内按综合成绩排名；成绩相同名次并列，其后名次顺延（1、2、2、4），并列单位按考核对象的顺序列出。'
      : '组内按综合成绩排名；成绩相同名次并列，其后名次不空缺（1、2、2、3），并列单位按考核对象的顺序列出。',
    `问题记在发生单位名下；该单位不参评的，记在最近的参评上级名下。${triggerNotes}；撤销的不扣。`,
    ...(warnings.length > 0 ? ['# 提示', ...warnings] : []),
  ]
}

function onlyGroup(assessed: Assessed, group: string | undefined): Assessed {
  if (group === undefined) return assessed
  return {
    asOf: assessed.asOf,
    standings: assessed.standings.filter((standing) => standing.group === group),
    scorecards: assessed.scorecards.filter((scorecard) => scorecard.group === group),
  }
}

/** Writes the result as a workbook: 综合成绩, 扣分明细 and 说明 (how it was computed). */
export async function writeResult(
  assessed: Assessed,
  scheme: Scheme,
  options: ResultOptions = {},
): Promise<Buffer> {
  const shown = onlyGroup(assessed, options.group)
  const workbook = newWorkbook()
  const { columns, rows } = standingsSheet(scheme, shown)
  const standings = addSheet(workbook, '综合成绩', columns, rows)
  standings.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } }
  standings.pageSetup = {
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '1:1',
  }
  const losses = addSheet(workbook, '扣分明细', lossColumns, lossRows(shown.scorecards))
  losses.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: lossColumns.length } }
  losses.pageSetup = {
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '1:1',
  }
  addNotes(workbook, '说明', notes(scheme, shown, options.warnings ?? []))
  return bytesOf(workbook)
}
