import { plainPoints } from '../../assessment/typed.ts'
import { isGain, isLoss, type Scheme } from '../../assessment/rule/scheme.ts'
import { effectMeaning, notApplicable } from '../../assessment/rule/scheme-words.ts'
import type {
  Assessed,
  LedgerEntry,
  LedgerSums,
  Scorecard,
  Standing,
} from '../../assessment/score/scorecard.ts'
import { addNotes, addSheet, bytesOf, newWorkbook, type SheetColumn } from '../spreadsheet/sheet-writer.ts'
import { dayValue, hundredthsValue, numberValue, textValue, type Value } from '../spreadsheet/cell-value.ts'
import { resultNotes } from './result-notes.ts'

export interface ResultOptions {
  /** Only this group's units. */
  readonly group?: string
  /** What the reader should know of the input, one sentence each. */
  readonly warnings?: readonly string[]
}

const pendingWord = '待定'
const totalLedger = '总分加减'

function standingsSheet(
  scheme: Scheme,
  { standings }: Assessed,
): { columns: SheetColumn[]; rows: Value[][] } {
  const names = scheme.components.map(({ name }) => name)
  const points = (score: string | null | undefined): Value => (score ? numberValue(score) : pendingWord)
  // A part that a row does not have does not apply, or is no part of the interim's basis.
  const part = ({ components }: Standing, name: string): Value =>
    name in components ? points(components[name]) : notApplicable
  const hasVetoes = standings.some(({ vetoes }) => vetoes !== undefined)
  return {
    columns: [
      { name: '分组', width: 18, format: 'text' },
      { name: '名次', width: 8, format: 'number' },
      { name: '单位', width: 30, format: 'text' },
      ...names.map((name): SheetColumn => ({ name, width: 14, format: 'points' })),
      ...(scheme.adjustments ? [{ name: totalLedger, width: 12, format: 'points' } as const] : []),
      { name: '综合成绩', width: 12, format: 'points' },
      { name: '等次', width: 12, format: 'text' },
      ...(hasVetoes ? [{ name: '一票否决', width: 24, format: 'text' } as const] : []),
      { name: '待定部分', width: 30, format: 'text' },
    ],
    rows: standings.map((standing) => [
      textValue(standing.group),
      standing.rank,
      textValue(standing.unit),
      ...names.map((name) => part(standing, name)),
      ...(scheme.adjustments ? [points(standing.adjustment?.replace(/^\+/, ''))] : []),
      points(standing.composite),
      standing.grade === null ? null : textValue(standing.grade),
      ...(hasVetoes ? [textValue(standing.vetoes?.join('、') ?? '') || null] : []),
      standing.pending.length === 0 ? null : textValue(standing.pending.join('、')),
    ]),
  }
}

const entryColumns: readonly SheetColumn[] = [
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
  { name: '加分', width: 8, format: 'points' },
  { name: '性质', width: 8, format: 'text' },
  { name: '档次', width: 12, format: 'text' },
  { name: '周期', width: 12, format: 'text' },
  { name: '说明', width: 40, format: 'text' },
  { name: '依据', width: 18, format: 'text' },
]

/** What a cap took off an entry, in words; null where it counts whole. */
export function capNote(
  { kind, effect, area, cutBy, points }: LedgerEntry,
  { kinds, areas }: Pick<LedgerSums, 'kinds' | 'areas'>,
): string | null {
  if (cutBy === null) return null
  const { verb } = effectMeaning[effect]
  const [place, cap] =
    cutBy === 'area'
      ? ['归口', areas.find(({ key }) => key === area)?.cap]
      : ['类别', kinds.find(({ key }) => key === kind)?.cap]
  const rest = points === 0 ? `此项未再${verb}` : `此项只${verb} ${plainPoints(points)} 分`
  return `本${place}已${verb}完 ${plainPoints(cap ?? 0)} 分，${rest}`
}

function* entryRows(scorecards: readonly Scorecard[]): Generator<Value[]> {
  for (const { unit, group, components, adjustment } of scorecards) {
    const ledgers = components.flatMap(({ name, steps }) =>
      steps.method === 'deductions'
        ? [{ name, sums: steps, windows: new Map(steps.windows.map(({ key, name: of }) => [key, of])) }]
        : [],
    )
    const total = adjustment
      ? [{ name: totalLedger, sums: adjustment, windows: new Map<string | null, string | null>() }]
      : []
    for (const { name, sums, windows } of [...ledgers, ...total]) {
      for (const entry of sums.findings) {
        if (entry.countsOn === null) continue
        const text = (value: string | null | undefined): Value => (value ? textValue(value) : null)
        const moved = hundredthsValue(entry.points)
        yield [
          textValue(unit),
          textValue(group),
          textValue(name),
          textValue(entry.number),
          textValue(entry.unit),
          textValue(entry.kindName),
          textValue(entry.what),
          entry.notifiedOn && dayValue(entry.notifiedOn),
          entry.deadline && dayValue(entry.deadline),
          dayValue(entry.countsOn),
          isLoss(entry) ? moved : null,
          numberValue(entry.worth),
          isGain(entry) ? moved : null,
          effectMeaning[entry.effect].word,
          text(entry.severity),
          text(entry.window === null ? null : windows.get(entry.window)),
          text(capNote(entry, sums)),
          text(entry.clause),
        ]
      }
    }
  }
}

function onlyGroup(assessed: Assessed, group: string | undefined): Assessed {
  if (group === undefined) return assessed
  const { interim } = assessed
  return {
    ...assessed,
    standings: assessed.standings.filter((standing) => standing.group === group),
    scorecards: assessed.scorecards.filter((scorecard) => scorecard.group === group),
    interim: interim && Object.fromEntries(Object.entries(interim).filter(([name]) => name === group)),
  }
}

const onPaper = {
  orientation: 'landscape',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  printTitlesRow: '1:1',
} as const

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
  standings.pageSetup = onPaper
  const entries = addSheet(workbook, '扣分明细', entryColumns, entryRows(shown.scorecards))
  entries.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: entryColumns.length } }
  entries.pageSetup = onPaper
  addNotes(workbook, '说明', resultNotes(scheme, shown, options.warnings ?? []))
  return bytesOf(workbook)
}
