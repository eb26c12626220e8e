import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import { closedFor, dueDay } from '#assessment/score/due-day'
import type { WindowExtension } from '#assessment/score/facts'
import { municipal } from '#assessment/presets/municipal'
import { halves, oneUnit, plainCalendar, thirdParty } from '../../fixtures/facts.ts'

const window = { component: 'self', key: 'H1', dueOn: '2017-07-15' }
const extension = (change: Partial<WindowExtension> = {}): WindowExtension => ({
  component: 'self',
  window: 'H1',
  unitId: 'u',
  due: '2017-07-25',
  on: '2017-07-12',
  ...change,
})

describe('the day by which a unit hands in', () => {
  it('is the rule’s until an extension is granted, for that unit and window only', () => {
    const granted = [extension()]
    expect(dueDay(window, 'u', granted, '2017-07-11')).toBe('2017-07-15')
    expect(dueDay(window, 'u', granted, '2017-07-12')).toBe('2017-07-25')
    expect(dueDay(window, 'v', granted, '2017-07-12')).toBe('2017-07-15')
    expect(dueDay(window, null, granted, '2017-07-12')).toBe('2017-07-15')
    expect(dueDay({ ...window, key: 'H2' }, 'u', granted, '2017-07-12')).toBe('2017-07-15')
    expect(dueDay({ ...window, component: 'other' }, 'u', granted, '2017-07-12')).toBe('2017-07-15')
  })

  it('is the latest of what was granted to all and to the unit', () => {
    const granted = [extension({ unitId: null, due: '2017-07-31' }), extension()]
    for (const unit of ['u', 'v', null])
      expect(dueDay(window, unit, granted, '2017-07-20')).toBe('2017-07-31')
  })
})

describe('a window closed without a submission', () => {
  const closed = [{ component: 'self', window: 'H1', on: '2017-07-16' }]
  it('stays open for a unit until the day of its extension is over', () => {
    const granted = [extension()]
    expect(closedFor(closed, 'v', granted, '2017-07-16')).toEqual(closed)
    expect(closedFor(closed, 'v', granted, '2017-07-15')).toEqual([])
    expect(closedFor(closed, 'u', granted, '2017-07-25')).toEqual([])
    expect(closedFor(closed, 'u', granted, '2017-07-26')).toEqual(closed)
  })

  it('counts 0 only then, and replays as it was known on each day', () => {
    const facts = oneUnit({
      verified: halves('u', '80').filter((mark) => mark.window === 'H2'),
      external: thirdParty('u', '80'),
      closed,
      extensions: [extension({ on: '2017-07-20' })],
    })
    const composites = ['2017-07-18', '2017-07-20', '2017-07-25', '2017-07-26'].map(
      (on) => assess(municipal, facts, on, plainCalendar).standings[0]?.composite,
    )
    expect(composites).toEqual(['70.00', null, null, '70.00'])
  })
})
