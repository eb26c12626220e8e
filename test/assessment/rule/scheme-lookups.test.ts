import { describe, expect, it, test } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import {
  componentFor,
  handInDay,
  ruleDay,
  severityOf,
  type DeductionsComponent,
  type ExternalComponent,
  type GroupVariant,
  type VerifiedMarksComponent,
  type Window,
} from '#assessment/rule/scheme'
import { kindOf } from '../../fixtures/facts.ts'

const [routine, self, third] = municipal.components as [
  DeductionsComponent,
  VerifiedMarksComponent,
  ExternalComponent,
]

describe('a part as it is for a group', () => {
  const variant = (change: Partial<GroupVariant>): readonly GroupVariant[] => [
    { group: '县区', weight: null, full: null, ...change },
  ]

  it('is the same for a group of which the rule says nothing', () => {
    const varied = { ...third, variants: variant({ weight: 10 }) }
    expect(componentFor(varied, '市直部门')).toBe(varied)
  })

  it('is left out where it does not apply', () => {
    expect(componentFor({ ...third, variants: variant({ weight: 'not-applicable' }) }, '县区')).toBeNull()
  })

  it('keeps the weight of all where only the full marks differ, and the full marks where only the weight does', () => {
    const other = { ...third, variants: variant({ full: '80.5' }) }
    expect(componentFor(other, '县区')).toEqual({ ...other, full: '80.5' })
    const heavier = { ...third, variants: variant({ weight: 5000 }) }
    expect(componentFor(heavier, '县区')).toEqual({ ...heavier, weight: 5000 })
  })

  it('has the full marks of its indicators, whatever the group', () => {
    const verified = { ...self, variants: variant({ weight: 5000, full: '80' }) }
    expect(componentFor(verified, '县区')).toEqual({ ...verified, weight: 5000 })
  })

  it('begins at the group’s number where marks are taken off it, unless its full marks stand apart', () => {
    const variants = variant({ full: '80.5' })
    const alike = { ...routine, full: null, variants }
    expect(componentFor(alike, '县区')).toEqual({ ...alike, base: 8050 })
    const apart = { ...routine, full: 12_000, variants }
    expect(componentFor(apart, '县区')).toEqual({ ...apart, full: 8050 })
  })
})

describe('a day of a rule', () => {
  test.each([
    [2023, '2023-02-28'],
    [2024, '2024-02-29'],
    [2100, '2100-02-28'],
    [2000, '2000-02-29'],
  ])('29 February of %i is %s', (year, day) =>
    expect(ruleDay(year, { yearOffset: 0, month: 2, day: 29 })).toBe(day),
  )

  it('by which a window is handed in is its due day, else the end of its statistics, else that of the year', () => {
    const due = { yearOffset: 1, month: 1, day: 15 }
    const ends = { yearOffset: 0, month: 6, day: 30 }
    const window: Window = { key: 'w', name: '周期', due, ends, weight: null }
    expect(handInDay(window, 2023)).toBe('2024-01-15')
    expect(handInDay({ ...window, due: null }, 2023)).toBe('2023-06-30')
    expect(handInDay({ ...window, due: null, ends: null }, 2023)).toBe('2023-12-31')
  })
})

describe('the severity that an entry names', () => {
  const kind = kindOf('举报查实', {
    severities: [
      { key: 'usual', name: '一般', points: 150 },
      { key: 'grave', name: '严重', points: 300 },
    ],
  })

  it('is the first of its kind where it names none', () => {
    expect(severityOf(kind, null).points).toBe(150)
    expect(severityOf(kind, 'grave').points).toBe(300)
  })

  it('must be one of its kind', () => {
    expect(() => severityOf(kind, 'odd')).toThrow('kind 举报查实: unknown severity odd')
  })
})
