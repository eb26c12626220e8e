import { beforeAll, describe, expect, it, vi } from 'vitest'
import { add, format, hundred, subtract, sum, zero } from '#assessment/rational'
import { municipal } from '#assessment/presets/municipal'
import type { Scheme } from '#assessment/rule/scheme'
import type { ComponentScore, LedgerEntry, Scorecard, Standing } from '#assessment/score/scorecard'
import { groupCounts, groupNamed } from '../../web/components/finding/status-groups.ts'
import { monthTable, peakMonths } from '../../web/components/result/overview/month-table.ts'
import { ahead, ruleDays } from '../../web/components/result/overview/next-days.ts'
import { yearAxis } from '../../web/components/result/overview/year-axis.ts'
import { claimedAbove, claimedVerified } from '../../web/components/result/scorecard/claimed-verified.ts'
import { exactDigits } from '../../web/components/result/exact-text.ts'
import { paperFindings } from '../../web/components/result/scorecard/paper-findings.ts'
import { daysLeft, workCalendar } from '../../web/components/ui/days-left.ts'
import { costlyFirst } from '../../web/components/result/scorecard/finding-order.ts'
import { lossItems, runningLeft } from '../../web/components/result/loss-items.ts'
import { nearLine } from '../../web/components/result/ranking/near-line.ts'
import {
  dearestComponent,
  gradeCounts,
  standsOut,
} from '../../web/components/result/ranking/ranking-findings.ts'
import { bandsBefore, rankingRows } from '../../web/components/result/ranking/ranking-rows.ts'
import { entriesOf, filteredRows, foundRows, sortedRows } from '../../web/components/ui/data-table.ts'
import { bandOf, percent, sharesOf } from '../../web/components/result/shares.ts'
import { stripScale } from '../../web/components/result/scorecard/strip-scale.ts'

const standing = (
  unit: string,
  rank: number | null,
  composite: string | null,
  scores: (string | null)[],
): Standing => ({
  unitId: `id-${unit}`,
  unit,
  group: '市直部门',
  rank,
  composite,
  grade:
    composite === null ? null : Number(composite) >= 90 ? '优秀' : Number(composite) >= 80 ? '良好' : '合格',
  components: Object.fromEntries(
    municipal.components.map(({ name }, place) => [name, scores[place] ?? null]),
  ),
  pending: scores.flatMap((score, place) =>
    score === null ? [municipal.components[place]?.name ?? ''] : [],
  ),
})
const standings = [
  standing('市教育局', 1, '90.00', ['98.50', '88.50', '83.50']),
  standing('市财政局', 2, '89.56', ['100.00', '88.00', '81.20']),
  standing('市气象局', 3, '78.00', ['70.00', '80.00', '83.33']),
  standing('市人防局', null, null, ['97.00', '77.05', null]),
]
const rows = rankingRows(standings, municipal)

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
let shown: typeof import('../../web/components/result/ranking/ranking-columns.ts')
beforeAll(async () => {
  shown = await import('../../web/components/result/ranking/ranking-columns.ts')
})

describe('ranking', () => {
  it('draws every grade line between the two ranks it parts, and the pending heading before the pending', () => {
    expect(
      entriesOf(rows, (row, before) => bandsBefore(municipal, row, before)).map((entry) =>
        entry.type === 'row' ? entry.row.standing.unit : entry.band.key,
      ),
    ).toEqual(['市教育局', 'line 优秀', '市财政局', 'line 良好', '市气象局', 'pending', '市人防局'])
  })

  it('knows who is less than one problem from a line, on either side', () => {
    expect(nearLine(municipal, '90.00')).toBe('优秀')
    expect(nearLine(municipal, '89.56')).toBe('优秀')
    expect(nearLine(municipal, '89.55')).toBeNull()
    expect(nearLine(municipal, '80.44')).toBe('良好')
    expect(nearLine(municipal, null)).toBeNull()
  })

  it('filters by grade, nearness and name, and keeps pending units behind whichever way it sorts', () => {
    const filtered = (set: Record<string, string>) =>
      filteredRows(rows, shown.rankingFilters(municipal), (key) => set[key] ?? '')
    const columns = shown.rankingColumns(municipal, {
      previousYear: null,
      drawn: false,
      intervalOf: () => undefined,
      rankedOf: 0,
    })
    expect(filtered({ grade: 'pending' })).toHaveLength(1)
    expect(filtered({ near: '1' })).toHaveLength(2)
    expect(foundRows(rows, columns, (text) => text.includes('气象'))).toHaveLength(1)
    expect(sortedRows(rows, columns, '-2').at(-1)?.standing.unit).toBe('市人防局')
    expect(sortedRows(rows, columns, '2').at(-1)?.standing.unit).toBe('市人防局')
    expect(sortedRows(rows, columns, 'rank').map((row) => row.standing.rank)).toEqual([1, 2, 3, null])
  })

  it('finds the component that costs most, by exact means', () => {
    const loss = dearestComponent(rows, municipal)
    expect(loss).toEqual({ component: '自我考核', mean: '5.80', percent: 41 })
    expect(standsOut({ component: '', mean: '', percent: 42 }, 3)).toBe(true)
    expect(standsOut({ component: '', mean: '', percent: 36 }, 3)).toBe(false)
    expect(dearestComponent([], municipal)).toBeNull()
  })

  it('counts grades and tells bands and shares', () => {
    expect(gradeCounts(rows, municipal)).toMatchObject({
      pending: 1,
      grades: [{ count: 1 }, { count: 1 }, { count: 1 }, { count: 0 }],
    })
    expect([0, 1, 3].map((tier) => bandOf(municipal, tier))).toEqual(['[90, 100]', '[80, 90)', '[0, 60)'])
    expect(sharesOf(municipal).map(percent)).toEqual(['30%', '40%', '30%'])
  })
})

const loss = (changes: Partial<LedgerEntry>): LedgerEntry => ({
  findingId: 'f',
  number: '2017-432',
  kind: 'k',
  kindName: '舆情回应',
  effect: 'loss',
  severity: null,
  area: null,
  unitId: 'u',
  unit: '市教育局',
  what: '',
  status: 'lost',
  notifiedOn: '2018-01-15',
  deadline: null,
  countsOn: '2018-01-15',
  window: null,
  points: 150,
  fullPoints: 150,
  cutBy: null,
  atRisk: 0,
  worth: '0.45',
  appealed: false,
  clause: '',
  ...changes,
})
const area = municipal.components[1]
const leaf = area?.method === 'verified-marks' ? area.indicators[0]?.children[0] : undefined
const component = (place: number, exact: string, steps: ComponentScore['steps']): ComponentScore => {
  const { key, name, method, weight, clause } = municipal.components[place] as Scheme['components'][number]
  return {
    key,
    name,
    method,
    weight,
    clause,
    share: '',
    score: exact,
    exact,
    contribution: '',
    loss: '',
    pending: [],
    steps,
  }
}
const deductions = (exact: string, findings: LedgerEntry[], lost: number): ComponentScore =>
  component(0, exact, {
    method: 'deductions',
    base: 10_000,
    floor: 0,
    full: null,
    ceiling: 10_000,
    lost,
    gained: 0,
    windows: [],
    kinds: [],
    areas: [],
    findings,
  })
const card = (components: ComponentScore[]): Scorecard => ({
  unitId: 'u',
  unit: '市教育局',
  group: '市直部门',
  asOf: '2018-01-23',
  scale: 10_000,
  components,
  notApplicable: [],
  adjustment: null,
  composite: '90.00',
  exact: '90',
  grade: '优秀',
  reasons: [],
  vetoes: [],
  rank: 26,
  rankedOf: 38,
})
const verified = component(1, '88.5', {
  method: 'verified-marks',
  windows: [
    {
      key: 'H1',
      name: '上半年',
      share: '1/2',
      applies: true,
      score: '90',
      full: '10',
      verified: '9',
      countedAsZero: false,
      marks: [{ leaf: leaf?.key ?? '', full: '10', claimed: '9.5', observation: null, marks: '9' }],
    },
    {
      key: 'H2',
      name: '下半年',
      share: '1/2',
      applies: true,
      score: '87',
      full: '100',
      verified: '87',
      countedAsZero: false,
      marks: [{ leaf: null, full: '100', claimed: '90', observation: null, marks: '87' }],
    },
  ],
})
const external = component(2, '83.5', {
  method: 'external',
  full: '100',
  windows: [
    { key: null, name: null, share: '1', marks: '83.5', applies: true, countedAsZero: false, dimensions: [] },
  ],
})

describe('where the points went', () => {
  it('adds up to what the composite lacks, item by item', () => {
    const items = lossItems(card([deductions('98.5', [loss({})], 150), verified, external]), municipal)
    expect(items.map(({ subject, lost }) => [subject.type, format(lost)])).toEqual([
      ['finding', '0.45'],
      ['area', '2.00'],
      ['window', '2.60'],
      ['component', '4.95'],
    ])
    expect(format(subtract(hundred, items.map((item) => item.lost).reduce(add, zero)))).toBe('90.00')
    expect(runningLeft(items).at(-1)).toBe('90.00')
  })

  it('shows what the floor gives back when more is lost than there is', () => {
    const many = Array.from({ length: 4 }, (_, index) => loss({ findingId: String(index), points: 3000 }))
    const items = lossItems(card([deductions('0', many, 12_000), verified, external]), municipal)
    expect(items.filter(({ subject }) => subject.type === 'limits').map(({ lost }) => format(lost))).toEqual([
      '-6.00',
    ])
    expect(format(sum(items.filter((item) => item.component === 0).map((item) => item.lost)))).toBe('30.00')
  })

  it('leaves pending components out', () => {
    const pending: ComponentScore = { ...external, score: null, exact: null }
    expect(
      lossItems(card([deductions('100', [], 0), verified, pending]), municipal).every(
        (item) => item.component === 1,
      ),
    ).toBe(true)
  })
})

describe('claimed against verified', () => {
  it('sums leaves by area, and means the difference per 100 marks', () => {
    if (area?.method !== 'verified-marks' || verified.steps.method !== 'verified-marks')
      throw new Error('preset changed')
    const table = claimedVerified(verified.steps, area)
    expect(table.map((row) => row.area)).toEqual([area.indicators[0]?.name, null])
    expect(table[0]?.windows[0]).toEqual({
      full: '10.00',
      claimed: '9.50',
      verified: '9.00',
      known: 1,
      of: 1,
    })
    expect(claimedAbove(verified.steps)).toBe('4.00')
  })

  it('compares only leaves that have both marks: what is not verified yet takes nothing off', () => {
    if (verified.steps.method !== 'verified-marks') throw new Error('preset changed')
    const waiting = { ...verified.steps.windows[0]?.marks[0], claimed: '10', marks: null }
    const steps = {
      ...verified.steps,
      windows: verified.steps.windows.map((window) => ({
        ...window,
        marks: [...window.marks, ...window.marks.map((mark) => ({ ...mark, ...waiting, full: mark.full }))],
      })),
    }
    expect(claimedAbove(steps)).toBe(claimedAbove(verified.steps))
  })
})

describe('exact values', () => {
  it('are digits, six of them where they do not end', () => {
    expect(exactDigits('1739917/19000')).toBe('91.574578…')
    expect(exactDigits('-1/3')).toBe('−0.333333…')
    expect(exactDigits('96.994')).toBe('96.994')
  })
})

describe('a scorecard on paper', () => {
  const lost = (id: string) => loss({ findingId: id, points: 150, atRisk: 0 })
  const problems = Array.from({ length: 60 }, (_, index) => lost(String(index)))

  it('tells as many problems as two pages hold, and how many it leaves out', () => {
    const crowded = card([deductions('0', problems, 9000), verified, external])
    const { shown, left, settled } = paperFindings(crowded, { rows: 14, tables: 2 })
    expect(shown.length + left).toBe(60)
    expect(shown.length).toBeGreaterThan(10)
    expect(shown.length).toBeLessThan(26)
    expect(settled).toBe(0)
    expect(paperFindings(crowded, { rows: 90, tables: 2 }).shown).toHaveLength(3)
  })
})

describe('days and months', () => {
  const calendar = workCalendar({ holidays: ['2018-01-01'], workdays: [], announced: [2018] })

  it('counts working days left of those allowed', () => {
    expect(daysLeft('2018-01-23', '2018-01-10', '2018-01-31', calendar)).toEqual({ left: 6, of: 15 })
    expect(daysLeft('2018-02-01', '2018-01-10', '2018-01-31', calendar).left).toBe(-1)
  })

  it('lists the rule’s days once and only those ahead', () => {
    const days = ahead(ruleDays(municipal, 2017), '2018-01-23')
    expect(days.map((day) => day.on)).toEqual(['2018-02-10', '2018-02-28'])
  })

  it('names the day a window was put off to, and no longer the rule’s', () => {
    const told = [{ component: 'self', key: 'H2', dueOn: '2018-01-25' }]
    const days = ahead(ruleDays(municipal, 2017, told), '2018-01-10')
    expect(days.map(({ on, type }) => [on, type])).toEqual([
      ['2018-01-25', 'window'],
      ['2018-02-10', 'milestone'],
      ['2018-02-28', 'milestone'],
    ])
  })

  it('has a column for every month, also those without problems, and names the peaks', () => {
    const table = monthTable(
      [
        { kind: 'a', name: '甲', month: '2017-03', count: 2, points: 300 },
        { kind: 'b', name: '乙', month: '2018-01', count: 5, points: 750 },
      ],
      2017,
      '2018-01-23',
    )
    expect(table.months).toHaveLength(13)
    expect(table.rows.map((row) => [row.name, row.total])).toEqual([
      ['乙', 5],
      ['甲', 2],
    ])
    expect(peakMonths(table)).toEqual({ months: ['2018-01'], count: 5 })
  })

  it('draws time to scale', () => {
    const axis = yearAxis('2017-01-01', '2018-02-28')
    expect(axis.months).toHaveLength(14)
    expect(axis.at('2017-01-01')).toBe(0)
    expect(axis.at('2018-03-01')).toBe(1)
  })

  it('scales strips to round numbers', () => {
    const { at, marks } = stripScale([71.2, 98.4])
    expect(marks[0]).toBeLessThanOrEqual(71.2)
    expect(at(marks[0] ?? 0)).toBe(0)
    expect(stripScale([]).marks.length).toBeGreaterThan(1)
  })
})

describe('ledger', () => {
  it('puts what costs first, then what is due first', () => {
    const order = costlyFirst([
      loss({ number: 'settled', points: 0, status: 'closed' }),
      loss({ number: 'later', points: 0, atRisk: 150, deadline: '2018-02-02' }),
      loss({ number: 'sooner', points: 0, atRisk: 150, deadline: '2018-01-31' }),
      loss({ number: 'lost' }),
    ])
    expect(order.map(({ number }) => number)).toEqual(['lost', 'sooner', 'later', 'settled'])
  })

  it('counts its tabs from the statuses', () => {
    expect(groupCounts({ open: 2, 'pending-review': 1, lost: 4, revoked: 1, reversed: 1 })).toEqual({
      open: 3,
      lost: 4,
      gained: 0,
      closed: 0,
      cancelled: 2,
      all: 9,
    })
    expect(groupNamed('lost')).toBe('lost')
    expect(groupNamed('anything')).toBe('all')
  })
})
