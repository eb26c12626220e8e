import { describe, expect, it } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import type { RobustnessInput } from '#assessment/insight/robustness'
import {
  drawnGrades,
  intervalText,
  rankChange,
  shareText,
} from '../../web/components/result/ranking/rank-figures.ts'
import { drawing, drawIntervals } from '../../web/workers/drawing.ts'

const ranking = (group: string, scores: readonly (readonly number[])[]): RobustnessInput => ({
  group,
  units: scores.map((row, index) => ({
    unitId: `${group}${index}`,
    scores: row,
    weights: [3000, 4000, 3000],
    scale: 1,
    lost: 0,
    gained: 0,
    atMost: null,
    last: false,
    bestGrade: 0,
    lines: municipal.grades.map(({ from }) => (from === null ? null : from / 100)),
  })),
  unlock: null,
  ceiling: null,
  grades: municipal.grades.map(({ name }) => ({ name, allowed: null })),
  tieAcross: 'out',
  decimals: 2,
  rounding: 'half-up',
  ties: 'competition',
})
const counties = ranking('县区', [
  [98, 98, 98],
  [70, 100, 90],
  [100, 70, 91],
])
const departments = ranking('市直部门', [[90, 90, 90]])

function drawAll(rankings: readonly RobustnessInput[]) {
  const steps = drawIntervals(rankings)
  const shares: number[] = []
  let step = steps.next()
  while (!step.done) {
    shares.push(step.value)
    step = steps.next()
  }
  return { shares, intervals: step.value }
}

describe('rank intervals as they are drawn beside the page', () => {
  it('give everybody the same answer, over every ranking, with how many are ranked', () => {
    const { intervals } = drawAll([counties, departments])
    expect(intervals).toEqual(drawAll([counties, departments]).intervals)
    expect(intervals.map(({ unitId, of }) => `${unitId}/${of}`)).toEqual([
      '县区0/3',
      '县区1/3',
      '县区2/3',
      '市直部门0/1',
    ])
  })

  it('leave who always leads in place and let two that lean on different weights change places', () => {
    const [first, second, third] = drawAll([counties]).intervals.map(intervalText)
    expect([first, second, third]).toEqual(['1', '2–3', '2–3'])
  })

  it('tell their progress from the start to the end, without empty rankings', () => {
    const { shares } = drawAll([counties, ranking('空', []), departments])
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares).toHaveLength((2 * drawing.draws) / 500)
    expect(shares.at(-1)).toBe(1)
  })
})

describe('how an interval is worded', () => {
  it('rounds neither a rare nor an almost certain grade away', () => {
    expect([0.494, 0.004, 0.996, 1].map(shareText)).toEqual(['49%', '<1%', '>99%', '100%'])
  })

  it('names only grades that were drawn', () => {
    const grades = [
      { grade: '优秀', share: 0.49 },
      { grade: '良好', share: 0.51 },
      { grade: '合格', share: 0 },
    ]
    expect(drawnGrades({ grades })).toEqual(['优秀 49%', '良好 51%'])
  })

  it('shows places gained and lost, bold from five, and nothing where nothing is known', () => {
    expect(rankChange(26, 29)).toMatchObject({ text: '↑3', bold: false })
    expect(rankChange(10, 4)).toMatchObject({ text: '↓6', bold: true })
    expect(rankChange(1, 1)).toMatchObject({ text: '—', bold: false })
    expect([rankChange(null, 3), rankChange(3, null)]).toEqual([null, null])
  })
})
