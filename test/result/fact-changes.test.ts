import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import type { Facts } from '#assessment/score/facts'
import { municipal } from '#assessment/presets/municipal'
import {
  changedFacts,
  readFactChanges,
  withFactChange,
  withoutFactChange,
  writeFactChanges,
  type FactChange,
} from '../../web/components/result/simulation/fact-changes.ts'
import { finding, halves, oneUnit, plainCalendar, thirdParty } from '../fixtures/facts.ts'

const asOf = '2018-02-10'
const facts: Facts = oneUnit({
  findings: [finding('f', '举报查实')],
  verified: halves('u', '90'),
  external: thirdParty('u', '80'),
})
/** 98.5 × 30% + 90 × 40% + 80 × 30% = 89.55. */
const compositeWith = (...changes: FactChange[]) =>
  assess(municipal, changedFacts(municipal, facts, changes, asOf), asOf, plainCalendar).scorecards[0]
    ?.composite
const marks = (given: Partial<Extract<FactChange, { type: 'marks' }>>): FactChange => ({
  type: 'marks',
  unitId: 'u',
  component: 'self',
  window: 'H1',
  leaf: '',
  marks: '100',
  ...given,
})

describe('what if a unit’s facts were different', () => {
  it('nothing supposed, nothing changed', () => {
    expect(compositeWith()).toBe('89.55')
    expect(changedFacts(municipal, facts, [], asOf)).toBe(facts)
  })

  it('a revoked problem gives its points back, one more of any kind takes them', () => {
    expect(compositeWith({ type: 'revoke', findingId: 'f' })).toBe('90.00')
    for (const kind of ['举报查实', '专项督查'])
      expect(compositeWith({ type: 'add', unitId: 'u', kind, severity: '', count: '2' })).toBe('88.65')
  })

  it('a window’s total and third-party marks count as supposed', () => {
    expect(compositeWith(marks({}))).toBe('91.55')
    const external = {
      type: 'external',
      unitId: 'u',
      component: 'third-party',
      window: '',
      dimension: '',
      marks: '100',
    } as const
    expect(compositeWith(external)).toBe('95.55')
    expect(compositeWith(marks({}), external)).toBe('97.55')
  })

  it('the address brings everything back, whatever stands in it', () => {
    const changes: FactChange[] = [
      { type: 'revoke', findingId: 'f' },
      { type: 'add', unitId: 'u', kind: '专项督查', severity: '', count: '3' },
      marks({ marks: '87.5' }),
    ]
    const text = writeFactChanges(changes)
    expect(readFactChanges(text, municipal, facts)).toEqual(changes)
    const nonsense = [
      '',
      'revoke~nobody',
      'add~u~专项督查~~0',
      'add~u~没有这类~~1',
      'add~elsewhere~专项督查~~1',
      'marks~u~self~H1~~101',
      'marks~u~self~H9~~50',
      'external~u~third-party~~~-1',
      'delete~u',
      'revoke~%E0%A4%A',
    ]
    expect(readFactChanges([...nonsense, text].join(';'), municipal, facts)).toEqual(changes)
  })

  it('a second supposition about the same thing takes the place of the first', () => {
    const first = marks({ marks: '50' })
    const changes = withFactChange([first, { type: 'revoke', findingId: 'f' }], marks({ marks: '60' }))
    expect(changes).toEqual([{ type: 'revoke', findingId: 'f' }, marks({ marks: '60' })])
    expect(withoutFactChange(changes, first)).toEqual([{ type: 'revoke', findingId: 'f' }])
  })
})
