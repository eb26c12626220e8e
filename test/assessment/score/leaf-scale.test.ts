import { describe, expect, it } from 'vitest'
import { presets } from '#assessment/presets/registry'
import type { LeafScale, Scheme } from '#assessment/rule/scheme'
import { assess } from '#assessment/score/assess'
import type { Facts } from '#assessment/score/facts'
import { marksFrom, shownMarks } from '#assessment/score/leaf-scale'
import { oneUnit, plainCalendar } from '../../fixtures/facts.ts'

const marks = (scale: LeafScale, observation: string, full = '25') => {
  const told = marksFrom(scale, observation, full)
  return 'marks' in told ? told.marks : told.fault
}

describe('what an observation gives', () => {
  it('nothing where marks are typed', () => {
    expect(marks({ type: 'free' }, '5')).toBe('no-scale')
  })
  it('分档: the marks of its word, however it is written', () => {
    const scale: LeafScale = {
      type: 'levels',
      levels: [
        { word: '优', marks: '5' },
        { word: '差', marks: '0' },
      ],
    }
    expect([marks(scale, ' 优 '), marks(scale, '差'), marks(scale, '良')]).toEqual([
      '5',
      '0',
      'unknown-level',
    ])
  })
  it('阶梯: the marks of the highest step reached, in whatever order they stand; below all of them 0', () => {
    const scale: LeafScale = {
      type: 'steps',
      steps: [
        { atLeast: '5', marks: '5' },
        { atLeast: '1', marks: '1' },
        { atLeast: '3', marks: '3' },
      ],
    }
    expect(['7', '5项', '４', '0', '许多'].map((seen) => marks(scale, seen))).toEqual([
      '5',
      '5',
      '3',
      '0',
      'not-a-number',
    ])
  })
  it('比率: half a mark off for each point below 98, in proportion or for each begun, never under 12.5', () => {
    const rate = (whenBegun: boolean): LeafScale => ({
      type: 'rate',
      target: '98',
      step: '1',
      off: '0.5',
      floor: '12.5',
      whenBegun,
    })
    expect(['99.1', '98', '97.5', '96%', '20', '—'].map((seen) => marks(rate(false), seen))).toEqual([
      '25',
      '25',
      '24.75',
      '24',
      '12.5',
      'not-a-number',
    ])
    expect(['97.5', '97', '96.9'].map((seen) => marks(rate(true), seen))).toEqual(['24.5', '24.5', '24'])
  })
  it('清单: one off for each missing item, never under 0', () => {
    const scale: LeafScale = { type: 'checklist', off: '1' }
    expect(['0', '3', '40', '几项', '-1'].map((seen) => marks(scale, seen, '9'))).toEqual([
      '9',
      '6',
      '0',
      'not-a-number',
      'not-a-number',
    ])
  })
  it('is shown to four decimals where it does not end', () => {
    expect([shownMarks('24.75'), shownMarks('70/3')]).toEqual(['24.75', '23.3333'])
  })
})

describe('an observation among the marks', () => {
  const scheme: Scheme = presets.hotline
  const mark = (leaf: string | null, observation: string | null, typed: string | null = null) => ({
    unitId: 'u',
    component: 'hotline',
    window: 'M01',
    leaf,
    full: '25',
    marks: typed,
    observation,
    claimed: null,
    on: null,
  })
  const january: Scheme = {
    ...scheme,
    components: scheme.components.map((component) => ({
      ...component,
      windows: component.windows.slice(0, 1),
    })),
  }
  const scored = (verified: Facts['verified']) =>
    assess(january, oneUnit({ verified }), '2018-02-01', plainCalendar).scorecards[0]?.components[0]

  it('gives the marks, and a mark typed beside it counts instead', () => {
    const all = [mark('1.1', '96'), mark('按时办结率', '98'), mark('2.1', '90', '10'), mark('2.2', '97')]
    expect(scored(all)?.score).toBe('83.50')
  })
  it('leaves the leaf waiting where it says nothing, names no leaf, or is of a window as a whole', () => {
    for (const waiting of [mark('2.2', '许多'), mark('9.9', '97'), mark('2.2', null)])
      expect(scored([mark('1.1', '98'), waiting])?.pending).toMatchObject([
        { code: 'marks-missing', missing: 1 },
      ])
    expect(scored([mark(null, '97')])?.score).toBeNull()
  })
})
