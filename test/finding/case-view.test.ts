import { beforeAll, describe, expect, it, vi } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import { workCalendar } from '../../web/components/ui/days-left.ts'
import type { FindingDetail } from '../../web/api/result.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
let courseOf: (typeof import('../../web/components/finding/finding-course.ts'))['courseOf']
let choices: typeof import('../../web/components/finding/case-choices.ts')
beforeAll(async () => {
  ;({ courseOf } = await import('../../web/components/finding/finding-course.ts'))
  choices = await import('../../web/components/finding/case-choices.ts')
})

const calendar = workCalendar({ holidays: [], workdays: [], announced: [2026] })
const kinds = municipal.components.flatMap((one) => (one.method === 'deductions' ? one.kinds : []))
const firstOf = new Map<string, string>(kinds.toReversed().map(({ trigger, key }) => [trigger, key]))
const kindOf = (trigger: string) => firstOf.get(trigger) ?? ''

type Fact = FindingDetail['facts'][number]
const fact = (type: Fact['type'], on: string, more: Partial<Fact> = {}): Fact => ({
  id: `${type} ${on}`,
  type,
  on,
  deadline: null,
  outcome: null,
  kind: null,
  unit: null,
  reason: null,
  by: null,
  inPlaceOf: null,
  insteadOf: null,
  at: `${on}T00:00:00Z`,
  evidence: [],
  ...more,
})
const finding = (trigger: string, facts: Fact[], more: Partial<FindingDetail> = {}): FindingDetail =>
  ({
    findingId: 'f',
    number: '2026-001',
    kind: kindOf(trigger),
    unitId: 'u',
    what: '',
    foundOn: null,
    deadline: null,
    status: 'lost',
    appealed: false,
    appealUntil: null,
    legal: [],
    facts,
    ...more,
  }) as FindingDetail
const told = (one: FindingDetail, asOf: string) =>
  courseOf(one, asOf, municipal, calendar).map((step) =>
    [step.on, step.type === 'fact' ? step.fact.type : step.type, 'effect' in step ? step.effect : null]
      .join(' ')
      .trim(),
  )

describe('the course of a case', () => {
  const notified = fact('notified', '2026-11-02', { deadline: '2026-11-06' })

  it('shows the day the points went, the day after the deadline', () => {
    expect(told(finding('if-not-rectified', [notified]), '2026-11-10')).toEqual([
      '2026-11-02 notified',
      '2026-11-07 lost lost',
    ])
  })

  it('keeps the loss in view after a revocation gave the points back', () => {
    const facts = [
      notified,
      fact('appealed', '2026-11-09'),
      fact('decided', '2026-11-12', { outcome: 'revoked' }),
    ]
    expect(told(finding('if-not-rectified', facts), '2026-11-20')).toEqual([
      '2026-11-02 notified',
      '2026-11-07 lost lost',
      '2026-11-09 appealed',
      '2026-11-12 decided back',
    ])
  })

  it('marks the rejection that cost the points when it came after the deadline', () => {
    const facts = [notified, fact('submitted', '2026-11-05'), fact('rejected', '2026-11-11')]
    expect(told(finding('if-not-rectified', facts), '2026-11-20')).toEqual([
      '2026-11-02 notified',
      '2026-11-05 submitted',
      '2026-11-11 rejected lost',
    ])
  })

  it('marks the notice itself where points go at once', () => {
    expect(told(finding('at-once', [notified]), '2026-11-10')).toEqual(['2026-11-02 notified lost'])
  })

  it('ends with the days to come', () => {
    const open = finding('if-not-rectified', [notified], {
      status: 'open',
      deadline: '2026-11-06',
      legal: ['appealed'],
      appealUntil: '2026-11-09',
    })
    expect(told(open, '2026-11-03')).toEqual([
      '2026-11-02 notified',
      '2026-11-06 deadline',
      '2026-11-09 appealBy',
    ])
  })
})

describe('what somebody is offered', () => {
  it('is only what the server says is theirs to do; a decision is three equals', () => {
    expect(choices.choicesIn(['decided'])).toEqual(['upheld', 'revoked', 'amended'])
    expect(choices.choicesIn(['submitted', 'appealed'])).toEqual(['submitted', 'appealed'])
    expect(choices.choicesIn([])).toEqual([])
  })

  it('never opens a judgement because an address says so', () => {
    expect(choices.choiceNamed('submitted')).toBe('submitted')
    for (const name of ['accepted', 'rejected', 'upheld', 'revoked', 'amended', 'reversed', 'no such'])
      expect(choices.choiceNamed(name)).toBeNull()
  })
})
