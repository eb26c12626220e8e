import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import { municipal } from '#assessment/presets/municipal'
import { decimal, hundredths, type Hundredths } from '#assessment/rational'
import type { ExternalComponent, Scheme } from '#assessment/rule/scheme'
import { noFacts, plainCalendar } from '../../fixtures/facts.ts'

type Row = Record<string, string>

function readTable(file: string): Row[] {
  const text = readFileSync(new URL(`../../fixtures/tables/${file}`, import.meta.url), 'utf8')
  const [header = '', ...lines] = text.trim().split('\n')
  const names = header.split(',')
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, index) => [names[index] as string, value])),
  )
}

const external = (name: string, full: string, weight: Hundredths): ExternalComponent => ({
  key: name,
  name,
  weight,
  clause: '',
  method: 'external',
  full,
  dimensions: [],
  missing: 'pending',
  variants: [],
  windows: [],
})

/** Scores a table whose columns are external components. */
function scoreTable(rows: readonly Row[], unitColumn: string, components: ExternalComponent[], decimals = 2) {
  const scheme: Scheme = { ...municipal, components, decimals }
  const units = rows.map((row) => row[unitColumn] as string)
  const { standings, scorecards } = assess(
    scheme,
    {
      ...noFacts,
      units: units.map((name) => ({ id: name, name, parentId: null })),
      participants: units.map((unitId) => ({ unitId, group: '全部' })),
      external: rows.flatMap((row) =>
        components.map(({ key }) => ({
          unitId: row[unitColumn] as string,
          component: key,
          window: null,
          dimension: null,
          marks: row[key] as string,
          on: null,
        })),
      ),
    },
    '2018-01-01',
    plainCalendar,
  )
  return {
    standings: new Map(standings.map((standing) => [standing.unit, standing])),
    cards: new Map(scorecards.map((card) => [card.unit, card])),
  }
}

const value = (text: string): number => {
  const [over = '', under = '1'] = text.split('/')
  return Number(over) / Number(under)
}

describe('openness of 21 city land departments, 2011: the sum of five capped marks', () => {
  const rows = readTable('land-2011.csv')
  const caps = ['77', '9', '7', '4', '3']
  const { standings } = scoreTable(
    rows,
    'unit',
    caps.map((cap) => external(cap, cap, Number(cap) * 100)),
  )

  it.each(rows)('$unit: $total, rank $rank', ({ unit = '', total = '', rank }) => {
    expect(standings.get(unit)).toMatchObject({ composite: Number(total).toFixed(2), rank: Number(rank) })
  })
})

describe('ten city websites, 2014: totals published with one decimal', () => {
  const rows = readTable('cities-2014.csv')
  const caps = ['30', '25', '10', '20', '15']
  const columns = caps.map((cap) => external(cap, cap, Number(cap) * 100))
  const { standings } = scoreTable(rows, 'unit', columns)

  it.each(rows)('$unit: $total within 0.2', ({ unit = '', total }) => {
    expect(Math.abs(Number(standings.get(unit)?.composite) - Number(total))).toBeLessThanOrEqual(0.2 + 1e-9)
  })
})

describe('E-Government Development Index 2014: the mean of three indices', () => {
  const rows = readTable('egdi-2014.csv')
  const columns = ['osi', 'hci', 'tii'].map((name) => external(name, '1', 100))
  const { standings } = scoreTable(rows, 'unit', columns, 3)

  it('all 193 countries within 0.00004 of the published index', () => {
    const off = rows.filter(({ unit = '', index }) => {
      const composite = Number(standings.get(unit)?.composite) / 100
      return Math.abs(composite - Number(index)) > 0.00004
    })
    expect(rows).toHaveLength(193)
    expect(off).toEqual([])
  })

  it('competition ranks of the published index come out of the ranking', () => {
    const published = rows.map(({ unit = '', index = '' }) => ({ unit, index: decimal(index) }))
    const { standings: byIndex } = scoreTable(rows, 'unit', [external('index', '1', 100)], 3)
    const off = rows.filter(({ unit = '', rank }) => byIndex.get(unit)?.rank !== Number(rank))
    expect(published).toHaveLength(193)
    expect(off.map(({ unit }) => unit)).toEqual([])
  })
})

describe('ASEM sustainable connectivity: every aggregate is the weighted mean of its children', () => {
  const tree = readTable('asem-tree.csv')
  const marks = readTable('asem-marks.csv')
  const parents = [...new Set(tree.map(({ parent }) => parent as string).filter((parent) => parent !== ''))]

  it.each(parents)('%s of 51 countries', (parent) => {
    const children = tree.filter((node) => node.parent === parent)
    const columns = children.map(({ key = '', weight = '' }) =>
      external(key, '100', Math.round(Number(weight) * 100)),
    )
    expect(columns.every(({ weight }) => hundredths(weight).n > 0n)).toBe(true)
    const { cards } = scoreTable(marks, 'unit', columns)
    for (const row of marks) {
      const exact = cards.get(row.unit as string)?.exact as string
      expect(Math.abs(value(exact) - Number(row[parent]))).toBeLessThan(1e-9)
    }
  })
})
