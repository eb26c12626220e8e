import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import { addDays } from '#assessment/day'
import type { Finding, FindingFact } from '#assessment/score/facts'
import {
  appealUntil,
  decideBy,
  nextSteps,
  reviewBy,
  withdrawnSubmission,
  type CaseStep,
} from '#assessment/score/finding-course'
import { traceFinding } from '#assessment/score/finding-status'
import { municipal } from '#assessment/presets/municipal'
import type { DeductionsComponent } from '#assessment/rule/scheme'
import { finding, oneUnit, plainCalendar } from '../../fixtures/facts.ts'

const { kinds: kindList } = municipal.components[0] as DeductionsComponent
const kinds = new Map(kindList.map((kind) => [kind.key, kind]))
const steps = (one: Finding, asOf: string) =>
  nextSteps(one, kinds, asOf, plainCalendar, municipal.appealWithin)
const open = (then: readonly FindingFact[] = []) =>
  finding('f', '专项督查', { on: '2017-06-01', deadline: '2017-06-20', then })

describe('what may happen next', () => {
  it('an open problem can be rectified, extended, appealed within five working days, or reversed', () => {
    expect(steps(open(), '2017-06-08')).toEqual(['extended', 'submitted', 'appealed', 'reversed'])
    expect(steps(open(), '2017-06-09')).toEqual(['extended', 'submitted', 'reversed'])
    expect(appealUntil(open(), plainCalendar, 5)).toBe('2017-06-08')
  })
  it('the time to appeal runs from the day of recording where the notice is dated before it', () => {
    const [notified, ...then] = open().facts
    const late = { ...open(), facts: [{ ...notified, recordedOn: '2017-06-07' } as FindingFact, ...then] }
    expect(appealUntil(late, plainCalendar, 5)).toBe('2017-06-14')
    expect(steps(late, '2017-06-09')).toContain('appealed')
  })
  it('before its notice it can only be reversed', () => {
    expect(steps(open(), '2017-05-31')).toEqual(['reversed'])
    expect(steps({ ...open(), facts: [] }, '2017-06-08')).toEqual(['reversed'])
    expect(appealUntil({ ...open(), facts: [] }, plainCalendar, 5)).toBeNull()
  })
  it('what was handed in can be withdrawn until it is reviewed', () => {
    const submitted: FindingFact = { type: 'submitted', on: '2017-06-12' }
    expect(steps(open([submitted]), '2017-06-12')).toEqual(['withdrawn', 'accepted', 'rejected', 'reversed'])
    expect(steps(open([submitted, { type: 'withdrawn', on: '2017-06-12' }]), '2017-06-12')).toContain(
      'submitted',
    )
    expect(steps(open([submitted, { type: 'rejected', on: '2017-06-13' }]), '2017-06-13')).toContain(
      'submitted',
    )
    expect(steps(open([submitted, { type: 'accepted', on: '2017-06-13' }]), '2017-06-13')).toEqual([
      'reversed',
    ])
  })
  it('a problem that cost its points at once has no deadline to extend', () => {
    expect(steps(finding('f', '举报查实', { on: '2017-06-01' }), '2017-06-02')).toEqual([
      'submitted',
      'appealed',
      'reversed',
    ])
  })
  it('a unit to which a decision moved it hears of it by that, and has its own time and its own appeal', () => {
    const first: FindingFact[] = [
      { type: 'submitted', on: '2017-06-12' },
      { type: 'accepted', on: '2017-06-13' },
      { type: 'appealed', on: '2017-06-02' },
    ]
    const moves = {
      type: 'decided',
      on: '2017-07-03',
      outcome: 'amended',
      kind: '专项督查',
      unitId: 'v',
    } as const
    const moved = open([...first, { ...moves, deadline: '2017-07-20' }])
    expect(steps(moved, '2017-07-10')).toEqual(['extended', 'submitted', 'appealed', 'reversed'])
    expect(appealUntil(moved, plainCalendar, 5)).toBe('2017-07-10')
    const late = open([...first, { ...moves, deadline: '2017-07-20', recordedOn: '2017-07-05' }])
    expect(appealUntil(late, plainCalendar, 5)).toBe('2017-07-12')
    const trace = (asOf: string) => traceFinding(moved, kinds, asOf, plainCalendar)
    expect(trace('2017-07-02')).toMatchObject({ unitId: 'u', status: 'closed', notifiedOn: '2017-06-01' })
    expect(trace('2017-07-20')).toMatchObject({ unitId: 'v', status: 'open', deadline: '2017-07-20' })
    expect(trace('2017-07-21')).toMatchObject({
      status: 'lost',
      countsOn: '2017-07-21',
      notifiedOn: '2017-07-03',
    })
    expect(reviewBy(moved, '2017-07-20')).toBeNull()
    // A decision of an earlier release kept what there was.
    expect(steps(open([...first, moves]), '2017-07-10')).toEqual(['reversed'])
    expect(traceFinding(open([...first, moves]), kinds, '2017-07-10', plainCalendar).status).toBe('closed')
  })
  it('what was withdrawn goes on, but not at a unit to which the finding was moved since', () => {
    const handedIn = [{ type: 'submitted' }, { type: 'withdrawn' }] as const
    const upheld = { type: 'decided', outcome: 'upheld' } as const
    const amended = { type: 'decided', outcome: 'amended' } as const
    expect(withdrawnSubmission(handedIn)).toBe(handedIn[0])
    expect(withdrawnSubmission([...handedIn, upheld])).toBe(handedIn[0])
    expect(withdrawnSubmission([...handedIn, amended])).toBe(handedIn[0])
    expect(withdrawnSubmission([...handedIn, { ...amended, deadline: '2017-07-20' }])).toBeUndefined()
    expect(withdrawnSubmission([...handedIn, { type: 'submitted' }])).toBeUndefined()
    expect(withdrawnSubmission([])).toBeUndefined()
  })
  it('an appeal is decided once; a revoked problem is over', () => {
    const appealed: FindingFact = { type: 'appealed', on: '2017-06-02' }
    expect(steps(open([appealed]), '2017-06-02')).toContain('decided')
    expect(steps(open([appealed]), '2017-06-02')).not.toContain('appealed')
    const upheld: FindingFact = { type: 'decided', on: '2017-06-05', outcome: 'upheld' }
    expect(steps(open([appealed, upheld]), '2017-06-05')).not.toContain('appealed')
    expect(steps(open([appealed, { ...upheld, outcome: 'revoked' }]), '2017-06-05')).toEqual([])
    expect(steps(open([{ type: 'reversed', on: '2017-06-05' }]), '2017-06-05')).toEqual([])
  })
})

const factOf: Record<CaseStep, (on: string, choice: number) => FindingFact> = {
  extended: (on, choice) => ({ type: 'extended', on, deadline: addDays(on, 5 + choice) }),
  submitted: (on) => ({ type: 'submitted', on }),
  withdrawn: (on) => ({ type: 'withdrawn', on }),
  accepted: (on) => ({ type: 'accepted', on }),
  rejected: (on) => ({ type: 'rejected', on }),
  appealed: (on) => ({ type: 'appealed', on }),
  decided: (on, choice) =>
    choice % 3 === 0
      ? {
          type: 'decided',
          on,
          outcome: 'amended',
          kind: kindList[choice % kindList.length]?.key as string,
          unitId: 'u',
        }
      : { type: 'decided', on, outcome: choice % 3 === 1 ? 'upheld' : 'revoked' },
  reversed: (on) => ({ type: 'reversed', on }),
}

describe('a case told by its facts', () => {
  const walk = fc
    .record({
      kind: fc.constantFrom(...kinds.keys()),
      moves: fc.array(fc.record({ wait: fc.nat(12), pick: fc.nat(50), choice: fc.nat(20) }), {
        maxLength: 10,
      }),
    })
    .map(({ kind, moves }) => {
      let day = '2017-06-01'
      const told = finding('f', kind, { on: day })
      const facts = [...told.facts]
      for (const { wait, pick, choice } of moves) {
        day = addDays(day, wait)
        const possible = steps({ ...told, facts }, day)
        const step = possible[pick % (possible.length || 1)]
        if (step) facts.push(factOf[step](day, choice))
      }
      return { ...told, facts }
    })

  it('no order of legal facts makes its points negative or double, on any day', () => {
    fc.assert(
      fc.property(walk, (told) => {
        for (let day = '2017-05-31'; day < '2018-01-01'; day = addDays(day, 3)) {
          const card = assess(municipal, oneUnit({ findings: [told] }), day, plainCalendar).scorecards[0]
          expect([10_000, 9850]).toContain(Math.round(Number(card?.components[0]?.score) * 100))
        }
      }),
    )
  })

  it('later facts do not change what an earlier day looked like, but for a longer deadline', () => {
    fc.assert(
      fc.property(walk, (told) => {
        const cut = told.facts.slice(0, -1)
        const lastDay = told.facts.at(-1)?.on as string
        const dayBefore = addDays(lastDay, -1)
        const on = (facts: readonly FindingFact[]) =>
          assess(municipal, oneUnit({ findings: [{ ...told, facts }] }), dayBefore, plainCalendar)
            .scorecards[0]?.components[0]
        fc.pre(cut.length > 0)
        expect(on(told.facts)).toEqual(on(cut))
      }),
    )
  })
})

it('what was handed in is reviewed by its deadline, or the day it came; an appeal is decided in the time there was for it', () => {
  const late = open([{ type: 'submitted', on: '2017-06-22' }])
  expect([reviewBy(late, '2017-06-20'), reviewBy(late, '2017-06-30')]).toEqual(['2017-06-22', '2017-06-30'])
  expect([reviewBy(late, null), reviewBy(open(), '2017-06-20')]).toEqual(['2017-06-22', null])
  const appealed = open([{ type: 'appealed', on: '2017-06-05' }])
  expect([decideBy(appealed, plainCalendar, 5), decideBy(open(), plainCalendar, 5)]).toEqual([
    '2017-06-12',
    null,
  ])
})
