import type { Finding } from '../observation.ts'
import { statistic, type FormFigures } from '../reading/figures.ts'
import type { Report } from '../reading/report.ts'
import type { Statement, Subject } from '../reading/statements.ts'

const channelNames = [
  '政府公报公开政府信息数',
  '政府网站公开政府信息数',
  '政务微博公开政府信息数',
  '政务微信公开政府信息数',
  '其他方式公开政府信息数',
]

/** A figure of the tables, and how it is made up. */
interface Tabled {
  readonly values: readonly number[]
  readonly told: string
}

const single = (value: number | null | undefined): Tabled | null =>
  value === null || value === undefined ? null : { values: [value], told: String(value) }

function ofStatistics(figures: FormFigures, name: string): number | null {
  const value = statistic(figures, name)?.value
  return value === null || value === undefined ? null : Number(value)
}

const requestTotal = (figures: FormFigures, row: string): number | null =>
  figures.requests.find((candidate) => candidate.row === row)?.figures.at(-1)?.value ?? null

const disputes = (figures: FormFigures, groups: readonly string[]): number | null => {
  const totals = figures.disputes
    .filter(({ group }) => groups.includes(group))
    .map(({ figures: own }) => own.at(-1)?.value ?? null)
  return totals.length === 0 || totals.includes(null)
    ? null
    : totals.reduce<number>((sum, value) => sum + (value ?? 0), 0)
}

/** What the tables say of each subject; null where they say nothing. */
const tabled: Readonly<Record<Subject, (figures: FormFigures) => Tabled | null>> = {
  disclosed: (figures) => single(ofStatistics(figures, '主动公开政府信息数')),
  'disclosed-by-channels': (figures) => {
    const values = channelNames.map((name) => ofStatistics(figures, name))
    const total = values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
    return values.includes(null) ? null : { values: [total], told: `${values.join('+')}=${total}` }
  },
  gazette: (figures) => single(ofStatistics(figures, '政府公报公开政府信息数')),
  website: (figures) => single(ofStatistics(figures, '政府网站公开政府信息数')),
  weibo: (figures) => single(ofStatistics(figures, '政务微博公开政府信息数')),
  wechat: (figures) => single(ofStatistics(figures, '政务微信公开政府信息数')),
  received: (figures) => {
    const received = requestTotal(figures, 'received')
    const carried = requestTotal(figures, 'carried-in')
    if (received === null) return single(ofStatistics(figures, '收到申请数'))
    return { values: [received, received + (carried ?? 0)], told: String(received) }
  },
  answered: (figures) => {
    const closed = requestTotal(figures, 'closed')
    const values = [ofStatistics(figures, '申请答复数'), ofStatistics(figures, '申请办结数')].filter(
      (value) => value !== null,
    )
    return closed === null
      ? values.length > 0
        ? { values, told: values.join(' / ') }
        : null
      : single(closed)
  },
  'carried-out': (figures) => single(requestTotal(figures, 'carried-out')),
  reviews: (figures) => single(disputes(figures, ['行政复议']) ?? ofStatistics(figures, '行政复议数量')),
  lawsuits: (figures) =>
    single(disputes(figures, ['未经复议直接起诉', '复议后起诉']) ?? ofStatistics(figures, '行政诉讼数量')),
  fees: () => null,
}

/** What 未发生 in prose denies is a contradiction of its own. */
const isFigure = ({ isDenial }: Statement): boolean => !isDenial

/** Figures in prose against those of the tables. */
export function tableText({ statements, figures }: Report): Finding[] {
  return statements.filter(isFigure).flatMap(({ subject, value, start, end }): Finding[] => {
    const table = tabled[subject](figures)
    if (table === null || (value === 0 && table.values.includes(0))) return []
    const agrees = table.values.includes(value)
    return [
      {
        severity: agrees ? 'pass' : 'fail',
        span: { start, end },
        view: 'prose',
        message: agrees ? 'table-agrees' : 'table-differs',
        params: { text: String(value), table: table.told },
      },
    ]
  })
}

/** What the tables say of a subject, for contradictions in words. */
export const tabledValue = (figures: FormFigures, subject: Subject): number | null =>
  tabled[subject](figures)?.values[0] ?? null
