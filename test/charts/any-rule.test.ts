import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisStep } from '../../web/charts/figures.ts'
import { gradeDotsOption } from '../../web/charts/grade-dots.ts'
import { compositions, hangingLossOption, type HangingUnit } from '../../web/charts/hanging-loss.ts'
import { markBands } from '../../web/charts/mark-distribution.ts'
import { meanLossesOption } from '../../web/charts/mean-losses.ts'
import { unitRadarOption } from '../../web/charts/unit-radar.ts'
import { wallLossPicture } from '../../web/charts/wall-loss.ts'
import { waterfallOption } from '../../web/charts/waterfall.ts'
import { yearLinesOption } from '../../web/charts/year-lines.ts'

/*
 * Whatever a published rule makes of composites — above their full marks, below 0, out of 150 or of 1000, sixty units, names of thirty
 * characters — every mark lies inside the axes of its chart.
 */

const full = fc.constantFrom(100, 120, 150, 1000)
const name = fc.string({
  minLength: 1,
  maxLength: 30,
  unit: fc.constantFrom(...'县区市教育财政局办公室开发中心'),
})
const score = fc.integer({ min: -2000, max: 40_000 }).map((hundredths) => hundredths / 100)
const words = { pending: '待定', composite: '综合成绩', description: '' }
const slack = 1e-6

/** A unit whose parts come to its composite, as every scorecard's do; what moves the total is the last of them. */
const unitOf = (most: number) =>
  fc
    .record({
      name,
      scores: fc.array(fc.option(fc.integer({ min: -2000, max: 16_000 })), { minLength: 3, maxLength: 3 }),
      beside: fc.integer({ min: -3000, max: 3000 }),
    })
    .map(({ name: unit, scores, beside }): HangingUnit => {
      const earned = scores.map((each) => (each === null ? null : (each / 100 / 3) * (most / 100)))
      const isPending = earned.includes(null)
      const sum = earned.reduce<number>((total, part) => total + (part ?? 0), 0)
      const moved = beside / 100
      return {
        unitId: unit,
        name: unit,
        composite: isPending ? null : sum + moved,
        grade: null,
        tier: isPending ? null : 1,
        lost: [...earned.map((part) => (part === null ? null : most / 3 - part)), isPending ? null : -moved],
        earned: [...earned, isPending ? null : moved],
      }
    })
const ranking = full.chain((most) =>
  fc.record({ most: fc.constant(most), units: fc.array(unitOf(most), { minLength: 1, maxLength: 60 }) }),
)

describe('charts hold what any rule makes of composites', () => {
  it('bars of a ranking run and end inside the axis, and their marks are the composites', () => {
    fc.assert(
      fc.property(ranking, fc.constantFrom(...compositions), ({ most, units }, composition) => {
        const option = hangingLossOption({
          units,
          full: most,
          components: ['平时考核', '自我考核', '第三方评估', '总分加减等'],
          lines: [{ label: '优秀线', at: most * 0.9 }],
          gradeCount: 4,
          composition,
          selected: null,
          width: 900,
          words,
        })
        const { min, max } = option.yAxis
        const inside = (at: number): boolean => at >= min - slack && at <= max + slack
        const bars = option.series.filter(({ type }) => type === 'bar')
        const numbers = option.series.at(-2)?.data as { value: number[] }[]
        const heightOf = (layer: (typeof bars)[number], column: number): number => {
          const bar: unknown = layer.data[column]
          return typeof bar === 'object' && bar !== null && 'value' in bar ? Number(bar.value) : Number.NaN
        }
        const columns = option.xAxis.data.length
        for (let column = 0; column < columns; column++) {
          let sum = 0
          for (const layer of bars) {
            sum += heightOf(layer, column)
            expect(inside(sum)).toBe(true)
            // The number stands beyond the bar, never on it.
            expect(numbers[column]?.value[1]).toBeGreaterThanOrEqual(sum)
          }
        }
        const marks = option.series.at(-1)?.data as { value: number[] }[]
        expect(marks.every(({ value: [, at] }) => inside(at ?? Number.NaN))).toBe(true)
        const ranked = units.filter(({ composite }) => composite !== null)
        ranked.forEach(({ composite }, index) => {
          const at = marks[index]?.value[1] ?? Number.NaN
          expect(composition === 'lost' ? most - at : at).toBeCloseTo(composite ?? 0, 6)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('every step of a waterfall lies on its axis', () => {
    fc.assert(
      fc.property(
        full,
        fc.array(fc.integer({ min: -4000, max: 9000 }), { maxLength: 20 }),
        name,
        (most, losses, label) => {
          let left = most
          const items = losses.map((lost, at) => {
            left -= lost / 100
            return { label, component: at % 4 === 3 ? null : at % 3, lost: lost / 100, left }
          })
          const { xAxis, series } = waterfallOption({
            full: most,
            items,
            composite: left,
            lines: [{ label: '优秀线', at: most * 0.9 }],
            width: 700,
            words: {
              start: '满分',
              end: '综合成绩',
              pending: '待定',
              lost: '失分',
              left: '余分',
              description: '',
            },
          })
          const inside = (at: number): boolean => at >= xAxis.min - slack && at <= xAxis.max + slack
          expect([most, left, ...items.map((item) => item.left)].every(inside)).toBe(true)
          expect(series[2]?.data).toEqual([[left, items.length + 1]])
          const { customValues } = xAxis.axisLabel
          expect(customValues.every(inside)).toBe(true)
          expect(customValues.length).toBeLessThanOrEqual(12)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('a dot for every unit stands on the axis, in the column of its score', () => {
    fc.assert(
      fc.property(
        full,
        fc.array(score, { minLength: 1, maxLength: 60 }),
        fc.boolean(),
        (most, scores, banded) => {
          const option = gradeDotsOption({
            full: most,
            groups: [
              {
                name: '县区',
                summary: '',
                units: scores.map((composite, at) => ({
                  unitId: String(at),
                  name: '单位',
                  composite,
                  grade: '',
                  tier: 1,
                  near: false,
                })),
              },
            ],
            grades: [
              { name: '优秀', from: banded ? most * 0.9 : null, band: '优秀' },
              { name: '其余', from: null, band: '其余' },
            ],
            words,
          })
          const [axis] = option.xAxis
          const [levels] = option.yAxis
          const data = option.series[0]?.data ?? []
          expect(data).toHaveLength(scores.length)
          data.forEach(({ value: [at = 0, level = 0] }) => {
            expect(at >= (axis?.min ?? 0) && at <= (axis?.max ?? 0)).toBe(true)
            expect(level <= (levels?.max ?? 0)).toBe(true)
          })
        },
      ),
      { numRuns: 100 },
    )
  })

  it('means, radar and lines over the years hold every value', () => {
    const values = fc.array(fc.option(score), { minLength: 3, maxLength: 6 })
    fc.assert(
      fc.property(fc.array(fc.record({ name, values }), { minLength: 1, maxLength: 6 }), (units) => {
        const known = units.flatMap((unit) => unit.values).filter((value) => value !== null)
        const means = meanLossesOption({
          bars: known.map((mean, place) => ({ name: '部分', place, mean, over: '' })),
          width: 600,
          words: { mean: '', lost: '', over: '', pending: '', description: '' },
        })
        for (const mean of known) {
          expect(100 - mean).toBeGreaterThanOrEqual(means.xAxis.min - slack)
          expect(100 - mean).toBeLessThanOrEqual(means.xAxis.max + slack)
        }
        const radar = unitRadarOption({
          axes: ['甲', '乙', '丙'],
          group: { name: '平均', values: [null, null, null] },
          units,
          width: 600,
          words,
        })
        const [indicator] = radar.radar.indicator
        const lines = yearLinesOption({
          years: ['2017', '2018', '2019', '2020', '2021', '2022'],
          connected: [false, true, true, true, true, true],
          units,
          width: 600,
          words,
        })
        for (const value of known) {
          expect(value >= (indicator?.min ?? 0) && value <= (indicator?.max ?? 0)).toBe(true)
          expect(value >= lines.yAxis.min - slack && value <= lines.yAxis.max + slack).toBe(true)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('bands hold every score once, and an axis has few marks whatever its range', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 60 }), (scores) => {
        const bands = markBands(scores.map((each, at) => ({ name: String(at), score: each })))
        expect(bands.flatMap(({ names }) => names)).toHaveLength(scores.length)
        expect(bands.length).toBeLessThanOrEqual(21)
      }),
    )
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 100_000, noNaN: true }), (range) => {
        expect(range / axisStep(range)).toBeLessThanOrEqual(5 + slack)
      }),
    )
  })

  it('nothing on the wall lies outside it', () => {
    fc.assert(
      fc.property(ranking, ({ most, units }) => {
        const picture = wallLossPicture(
          [
            {
              name: '县区',
              full: most,
              units: units.map((unit, at) => ({
                unit: unit.name,
                rank: at + 1,
                composite: unit.composite,
                tier: 0,
                lost: unit.lost.slice(0, -1),
              })),
            },
          ],
          [most * 0.9],
          1800,
          760,
        )
        for (const column of picture.columns) {
          expect(column.end).toBeLessThanOrEqual(760)
          expect(column.end).toBeGreaterThanOrEqual(0)
          for (const bar of column.bars) {
            expect(bar.y).toBeGreaterThanOrEqual(-slack)
            expect(bar.y + bar.height).toBeLessThanOrEqual(760)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})
