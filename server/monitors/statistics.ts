import { compare, decimal, sum, type Decimal, type Rational } from '../assessment/rational.ts'
import { nameKey, type MonitorRule, type OfUnit, type Suspicion } from './suspicion.ts'

/** One figure of the statistics table 统计表 of 2008–2018. */
export interface FigureRecord extends OfUnit {
  readonly year: number
  /** The name in the form, without its numbering. */
  readonly indicator: string
  /** Null while it is blank. */
  readonly value: Decimal | null
}

const channels = [
  '政府公报公开政府信息数',
  '政府网站公开政府信息数',
  '政务微博公开政府信息数',
  '政务微信公开政府信息数',
  '其他方式公开政府信息数',
]
const reviewed = '行政复议数量'
const sued = '行政诉讼数量'
/** Named alike below both of these; they belong to the nearer one above them. */
const sharedOutcomes = ['被依法纠错数', '其他情形数']

type Relation = 'sum' | 'at-most' | 'at-least-largest' | 'at-most-sum'

interface Check {
  readonly rule: MonitorRule
  readonly left: string
  readonly relation: Relation
  readonly right: readonly string[]
}

/** 勾稽关系 of the form, each bound a check of its own. */
const checks: readonly Check[] = [
  { rule: 'cross-channels', left: '主动公开政府信息数', relation: 'at-least-largest', right: channels },
  { rule: 'cross-channels', left: '主动公开政府信息数', relation: 'at-most-sum', right: channels },
  {
    rule: 'cross-documents',
    left: '主动公开规范性文件数',
    relation: 'at-most',
    right: ['制发规范性文件总数'],
  },
  {
    rule: 'cross-documents',
    left: '主动公开规范性文件数',
    relation: 'at-most',
    right: ['主动公开政府信息数'],
  },
  {
    rule: 'cross-replies-channels',
    left: '通过不同渠道和方式回应解读的情况',
    relation: 'sum',
    right: [
      '参加或举办新闻发布会总次数',
      '政府网站在线访谈次数',
      '政策解读稿件发布数',
      '微博微信回应事件数',
      '其他方式回应事件数',
    ],
  },
  {
    rule: 'cross-press',
    left: '主要负责同志参加新闻发布会次数',
    relation: 'at-most',
    right: ['参加或举办新闻发布会总次数'],
  },
  {
    rule: 'cross-press',
    left: '主要负责同志参加政府网站在线访谈次数',
    relation: 'at-most',
    right: ['政府网站在线访谈次数'],
  },
  {
    rule: 'cross-requests',
    left: '收到申请数',
    relation: 'sum',
    right: ['当面申请数', '传真申请数', '网络申请数', '信函申请数'],
  },
  { rule: 'cross-closed', left: '申请办结数', relation: 'sum', right: ['按时办结数', '延期办结数'] },
  {
    rule: 'cross-answers',
    left: '申请答复数',
    relation: 'sum',
    right: [
      '属于已主动公开范围数',
      '同意公开答复数',
      '同意部分公开答复数',
      '不同意公开答复数',
      '不属于本行政机关公开数',
      '申请信息不存在数',
      '告知作出更改补充数',
      '告知通过其他途径办理数',
    ],
  },
  {
    rule: 'cross-answers',
    left: '不同意公开答复数',
    relation: 'sum',
    right: [
      '涉及国家秘密',
      '涉及商业秘密',
      '涉及个人隐私',
      '危及国家安全、公共安全、经济安全和社会稳定',
      '不是《条例》所指政府信息',
      '法律法规规定的其他情形',
    ],
  },
  {
    rule: 'cross-reviews',
    left: reviewed,
    relation: 'sum',
    right: ['维持具体行政行为数', ...sharedOutcomes.map((name) => `${reviewed}/${name}`)],
  },
  {
    rule: 'cross-lawsuits',
    left: sued,
    relation: 'sum',
    right: ['维持具体行政行为或者驳回原告诉讼请求数', ...sharedOutcomes.map((name) => `${sued}/${name}`)],
  },
  {
    rule: 'cross-staff',
    left: '从事政府信息公开工作人员数',
    relation: 'sum',
    right: ['专职人员数', '兼职人员数'],
  },
]

/** Every figure that an equality speaks of, with the two that stand below both reviews and lawsuits. */
export const statisticsNames: ReadonlySet<string> = new Set(
  checks.flatMap(({ left, right }) => [left, ...right.map((name) => name.replace(/^.*\//, ''))]),
)

/** A figure's name as it is looked up: without brackets and what they hold, 其中 and blanks. */
export const indicatorKey = (name: string): string =>
  nameKey(name)
    .replace(/\([^()]*\)/g, '')
    .replace(/^其中[:,]?/, '')

const largest = (values: readonly Rational[]): Rational =>
  values.reduce((most, value) => (compare(value, most) > 0 ? value : most))

const isBroken: Readonly<Record<Relation, (left: Rational, right: readonly Rational[]) => boolean>> = {
  sum: (left, right) => compare(left, sum(right)) !== 0,
  'at-most': (left, right) => compare(left, sum(right)) > 0,
  'at-least-largest': (left, right) => compare(left, largest(right)) < 0,
  'at-most-sum': (left, right) => compare(left, sum(right)) > 0,
}

/** Between both sides, where the relation holds and where it does not. */
const signs: Readonly<Record<Relation, readonly [holds: string, broken: string]>> = {
  sum: ['=', '≠'],
  'at-most': ['≤', '>'],
  'at-least-largest': ['≥', '<'],
  'at-most-sum': ['≤', '>'],
}

/** Both sides as a person writes them. */
function sidesOf(
  relation: Relation,
  holds: boolean,
  left: string,
  value: Decimal,
  right: readonly Decimal[],
) {
  const terms = relation === 'at-least-largest' ? `max(${right.join(', ')})` : right.join(' + ')
  return `${left} ${value} ${signs[relation][holds ? 0 : 1]} ${terms}`
}

/** The figures of each unit and year, in the order of the register, by the names that checks know them by. */
function tablesIn<Kept extends FigureRecord>(records: readonly Kept[]): Map<string, Map<string, Kept>> {
  const tables = new Map<string, Map<string, Kept>>()
  const above = new Map<string, string>()
  for (const record of records) {
    const key = JSON.stringify([nameKey(record.unit), record.year])
    const table = tables.get(key) ?? new Map<string, Kept>()
    tables.set(key, table)
    const name = indicatorKey(record.indicator)
    if (name === reviewed || name === sued) above.set(key, name)
    const group = above.get(key)
    if (!sharedOutcomes.includes(name)) table.set(name, record)
    else if (group !== undefined) table.set(`${group}/${name}`, record)
  }
  return tables
}

/** Figures that stand twice for a unit and year: a table with two values for one figure cannot be judged. */
export function repeatedFigures<Kept extends FigureRecord>(records: readonly Kept[]): Kept[] {
  const seen = new Set<string>()
  const above = new Map<string, string>()
  return records.filter(({ unit, year, indicator }) => {
    const table = JSON.stringify([nameKey(unit), year])
    const name = indicatorKey(indicator)
    if (name === reviewed || name === sued) above.set(table, name)
    const key = `${table} ${sharedOutcomes.includes(name) ? (above.get(table) ?? '') : ''} ${name}`
    if (seen.has(key)) return true
    seen.add(key)
    return false
  })
}

/** One 勾稽关系 of a table all of whose terms are given. */
export interface JudgedEquality<Kept> {
  readonly rule: MonitorRule
  /** The figure at its left, and those at its right. */
  readonly record: Kept
  readonly terms: readonly Kept[]
  readonly holds: boolean
  /** Both sides as a person writes them. */
  readonly sides: string
}

/** Every equality whose terms are all given, in the order of the form. */
export function judgedEqualities<Kept extends FigureRecord>(
  records: readonly Kept[],
): JudgedEquality<Kept>[] {
  return [...tablesIn(records).values()].flatMap((table) =>
    checks.flatMap(({ rule, left, relation, right }): JudgedEquality<Kept>[] => {
      const record = table.get(left)
      const terms = right.flatMap((name) => table.get(name) ?? [])
      const values = terms.flatMap(({ value }) => value ?? [])
      if (!record || record.value === null || values.length < right.length) return []
      const holds = !isBroken[relation](decimal(record.value), values.map(decimal))
      return [{ rule, record, terms, holds, sides: sidesOf(relation, holds, left, record.value, values) }]
    }),
  )
}

/** Every equality that does not hold, on the figure at its left; a missing or blank term is not judged, and each figure is named once a rule. */
export function statisticsSuspicions<Kept extends FigureRecord>(records: readonly Kept[]): Suspicion<Kept>[] {
  const found = new Map<Kept, Suspicion<Kept>[]>()
  for (const { rule, record, holds, sides } of judgedEqualities(records)) {
    const already = found.get(record) ?? []
    if (holds || already.some((suspicion) => suspicion.rule === rule)) continue
    found.set(record, [
      ...already,
      { rule, unit: record.unit, record, due: null, on: null, params: { sides } },
    ])
  }
  return records.flatMap((record) => found.get(record) ?? [])
}
