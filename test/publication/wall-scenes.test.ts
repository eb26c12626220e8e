import { describe, expect, it } from 'vitest'
import { wallLossPicture, wallScreens, type WallGroupInput } from '../../web/charts/wall-loss.ts'
import { wallScenes } from '../../web/components/publication/wall/wall-scenes.ts'
import type { WallResults } from '../../web/api/wall.ts'
import { moving, signedChange, weightiest } from '../../web/components/result/scorecard/effect-figures.ts'
import type { Effect } from '#assessment/insight/leave-one-out'

const unit = (name: string, rank: number | null, lost: (number | null)[]) => ({
  unit: name,
  rank,
  composite: rank === null ? null : 100 - lost.reduce<number>((sum, part) => sum + (part ?? 0), 0),
  tier: rank === null ? null : 0,
  lost,
})
const groups: WallGroupInput[] = [
  { name: '县区', units: [unit('清河县', 1, [1, 2, 3]), unit('白石县', 2, [10, 0, 12])] },
  {
    name: '市直部门',
    units: [unit('市教育局', 1, [0, 0, 1]), unit('市人防办', null, [1, null, 2])],
  },
]
const picture = wallLossPicture(groups, [90, 80, 60], 1808, 556)

describe('the wall’s losses hanging from 100', () => {
  it('end at the composite, stacked in scheme order without a gap', () => {
    for (const column of picture.columns) {
      let y = picture.top
      for (const bar of column.bars) {
        expect(bar.y).toBeCloseTo(y)
        y += bar.height
      }
      expect(column.end).toBeCloseTo(y)
    }
    expect(picture.columns[1]?.bars.map(({ component }) => component)).toEqual([0, 2])
  })

  it('are drawn on one scale, with the grade lines that are in reach', () => {
    const heightOf = (at: number) => (picture.columns[at]?.end ?? 0) - picture.top
    expect(heightOf(1) / heightOf(0)).toBeCloseTo(22 / 6)
    expect(picture.lines.map(({ text, best }) => [text, best])).toEqual([
      ['90', true],
      ['80', false],
    ])
  })

  it('say rank, upright short name and score, and 待定 has none', () => {
    expect(picture.columns[0]).toMatchObject({
      rank: '1',
      name: [...'清河县'],
      turned: false,
      score: '94.00',
    })
    expect(picture.columns[3]).toMatchObject({ rank: '', score: null, tier: null })
    const turned = wallLossPicture([{ name: 'A', units: [unit('Water Bureau', 1, [1])] }], [90], 1808, 556)
    expect(turned.columns[0]).toMatchObject({ turned: true, name: ['Water Bureau'] })
  })

  it('stay inside their box, however many units there are', () => {
    const many = {
      name: '部门',
      units: Array.from({ length: 60 }, (_, at) => unit('市农业农村局', at + 1, [at])),
    }
    const { columns, barWidth } = wallLossPicture([many], [90], 1808, 556)
    for (const { x, end } of columns) {
      expect(x + barWidth / 2).toBeLessThanOrEqual(1808)
      expect(end).toBeLessThanOrEqual(556 - 60)
    }
    expect((columns[1]?.x ?? 0) - (columns[0]?.x ?? 0)).toBeGreaterThan(barWidth)
  })

  it('draw nothing for nobody', () => {
    expect(wallLossPicture([], [], 1808, 556)).toMatchObject({ columns: [], groups: [], lines: [] })
  })
})

describe('screens of the wall', () => {
  const of = (...sizes: number[]) => sizes.map((size, at) => ({ name: `${at}`, units: Array(size).fill(0) }))
  const shape = (...sizes: number[]) =>
    wallScreens(of(...sizes), 60).map((screen) => screen.map(({ name, units }) => `${name}:${units.length}`))

  it('are one for a city, and as few as hold everybody', () => {
    expect(shape(12, 40)).toEqual([['0:12', '1:40']])
    expect(shape(12, 100)).toEqual([['0:12', '1:44'], ['1:56']])
    expect(shape()).toEqual([])
  })

  it('are counts alone when no table is public', () => {
    const results = { table: null, grades: [] } as unknown as WallResults
    expect(wallScenes(results)).toEqual([{ type: 'counts' }])
  })

  it('part groups that hang from other full marks, and have no grades for interim standings', () => {
    const group = (name: string, full: string) => ({
      name,
      full,
      units: [{ unit: name, rank: 1, composite: full, grade: null, lost: ['0.00'] }],
    })
    const table = { groups: [group('县', '150.00'), group('区', '100.00'), group('乡', '150.00')] }
    const results = { table, grades: [], interim: {} } as unknown as WallResults
    const scenes = wallScenes(results)
    expect(scenes.map((scene) => scene.type)).toEqual(['loss', 'loss', 'progress', 'deductions'])
    expect(
      scenes.flatMap((scene) => (scene.type === 'loss' ? [scene.groups.map(({ name }) => name)] : [])),
    ).toEqual([['县', '乡'], ['区']])
    const final = { ...results, interim: null }
    expect(wallScenes(final).map((scene) => scene.type)).toContain('grades')
  })
})

describe('what each item does, in order', () => {
  const effect = (what: string, placesGained: number | null, change: string | null, grade: string | null) =>
    ({ what, placesGained, change, grade }) as Effect
  const effects = {
    now: { composite: '85.10', grade: '良好', rank: 5 },
    effects: [
      effect('无', 0, '0.00', '良好'),
      effect('待定', null, null, null),
      effect('降', -3, '-0.60', '良好'),
      effect('升', 2, '5.00', '优秀'),
      effect('分', 0, '0.45', '良好'),
    ],
    omitted: 0,
  }

  it('puts places before points, and what leaves the unit pending last', () => {
    expect(weightiest(effects).map(({ what }) => what)).toEqual(['降', '升', '分', '无', '待定'])
    expect(moving(effects)).toEqual({ places: 2, grades: 1 })
  })

  it('writes a change with its sign', () => {
    expect(['0.45', '-0.45', '-0.00', '0.00'].map(signedChange)).toEqual(['+0.45', '−0.45', '0.00', '0.00'])
  })
})
