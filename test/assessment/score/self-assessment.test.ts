import { describe, expect, it } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import { leavesOf, type Indicator, type VerifiedMarksComponent } from '#assessment/rule/scheme'
import {
  currentWindow,
  formAreas,
  formSize,
  isAnswered,
  possibleSteps,
  selfState,
  type SelfEvent,
  type SelfState,
} from '#assessment/score/self-assessment'

const self = municipal.components[1] as VerifiedMarksComponent

describe('the form of a unit', () => {
  it('holds every leaf under its first-level area, with the branches between', () => {
    const areas = formAreas(self, '市直部门')
    expect(areas.flatMap(({ leaves }) => leaves.map(({ key }) => key))).toEqual(
      leavesOf(self.indicators).map(({ key }) => key),
    )
    const report = areas.flatMap(({ leaves }) => leaves).find(({ name }) => name === '年度报告')
    expect(report).toMatchObject({ area: '2', path: ['指南、目录和年度报告'], full: '4' })
  })
  it('leaves out what concerns other groups, and an area of which nothing is left', () => {
    const [first, second] = self.indicators as [Indicator, Indicator]
    const indicators = [
      { ...first, groups: ['县区'] },
      {
        ...second,
        children: second.children.map((child, index) => ({
          ...child,
          groups: index === 0 ? ['县区'] : null,
        })),
      },
    ]
    const component = { ...self, indicators }
    expect(formAreas(component, '市直部门').map(({ key }) => key)).toEqual(['2'])
    expect(formAreas(component, '市直部门')[0]?.leaves.map(({ key }) => key)).toEqual([
      '2.2.1',
      '2.2.2',
      '2.2.3',
    ])
    expect(formAreas(component, '县区').map(({ key }) => key)).toEqual(['1', '2'])
    expect(formSize(component, '市直部门')).toEqual({ leaves: 3, uploads: 3 })
  })
})

describe('where a window stands', () => {
  it.each<[SelfEvent[], SelfState]>([
    [[], 'draft'],
    [['submitted'], 'submitted'],
    [['submitted', 'withdrawn'], 'draft'],
    [['submitted', 'returned'], 'returned'],
    [['submitted', 'returned', 'resubmitted'], 'resubmitted'],
    [['submitted', 'verified'], 'verified'],
  ])('after %j it is %s', (events, state) => {
    expect(selfState(events, [])).toBe(state)
  })
  it('imported marks count as handed in, and as verified once none is missing', () => {
    expect(selfState([], ['3', null])).toBe('submitted')
    expect(selfState([], ['3', 'not-applicable'])).toBe('verified')
  })
})

describe('what may happen next', () => {
  it('is filling in and handing in, until the window is closed', () => {
    expect(possibleSteps('draft', [], false)).toEqual(['fill', 'submit'])
    expect(possibleSteps('draft', [], true)).toEqual([])
    expect(possibleSteps('returned', [], true)).toEqual(['fill', 'submit'])
  })
  it('is taking back only before verification starts', () => {
    expect(possibleSteps('submitted', [null], false)).toEqual(['withdraw', 'return', 'verify'])
    expect(possibleSteps('submitted', ['2', null], false)).toEqual(['return', 'verify'])
    expect(possibleSteps('resubmitted', [null], true)).toEqual(['return', 'verify'])
    expect(possibleSteps('verified', ['2'], false)).toEqual(['verify'])
  })
})

it('an entry is answered with marks, or by saying that it does not apply', () => {
  expect(isAnswered({ marks: '0', notApplicable: false })).toBe(true)
  expect(isAnswered({ marks: null, notApplicable: true })).toBe(true)
  expect(isAnswered({ marks: null, notApplicable: false })).toBe(false)
})

it('people work on the window that fell due less than 45 days ago, else on the next, else on the last', () => {
  const windows = [{ dueOn: '2017-07-15' }, { dueOn: '2018-01-15' }]
  expect(currentWindow(windows, '2017-08-20')).toBe(windows[0])
  expect(currentWindow(windows, '2017-09-20')).toBe(windows[1])
  expect(currentWindow(windows, '2018-06-01')).toBe(windows[1])
  expect(currentWindow([], '2018-06-01')).toBeUndefined()
})
