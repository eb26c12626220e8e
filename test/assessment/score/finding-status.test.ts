import { describe, expect, it } from 'vitest'
import { traceFinding } from '#assessment/score/finding-status'
import type { FindingFact } from '#assessment/score/facts'
import { bureau } from '#assessment/presets/bureau'
import { municipal } from '#assessment/presets/municipal'
import type { Scheme } from '#assessment/rule/scheme'
import { finding, plainCalendar, withKinds } from '../../fixtures/facts.ts'

const kindsOf = (scheme: Scheme) =>
  new Map(
    scheme.components.flatMap((component) =>
      component.method === 'deductions' ? component.kinds.map((kind) => [kind.key, kind] as const) : [],
    ),
  )
const kinds = kindsOf(municipal)

const trace = (
  kind: string,
  then: readonly FindingFact[],
  asOf: string,
  deadline: string | null = '2017-06-20',
) => traceFinding(finding('f', kind, { deadline, then }), kinds, asOf, plainCalendar)

describe('a problem that costs its points at once', () => {
  it('is lost from the day of the notice', () => {
    expect(trace('举报查实', [], '2017-05-31')).toMatchObject({ status: 'not-notified', countsOn: null })
    expect(trace('举报查实', [], '2017-06-01')).toMatchObject({ status: 'lost', countsOn: '2017-06-01' })
  })
  it('stays lost when it is rectified', () => {
    const then: FindingFact[] = [
      { type: 'submitted', on: '2017-06-02' },
      { type: 'accepted', on: '2017-06-03' },
    ]
    expect(trace('举报查实', then, '2017-07-01').status).toBe('lost')
  })
  it.each([
    ['revoked', { type: 'decided', on: '2017-06-05', outcome: 'revoked' }],
    ['reversed', { type: 'reversed', on: '2017-06-05' }],
  ] as const)('comes back from the day it is %s', (status, fact) => {
    expect(trace('举报查实', [fact], '2017-06-04').status).toBe('lost')
    expect(trace('举报查实', [fact], '2017-06-05')).toMatchObject({ status, countsOn: null, atRisk: false })
  })
})

describe('a problem that costs its points only if not rectified in time', () => {
  it('is lost from the day after the deadline', () => {
    expect(trace('专项督查', [], '2017-06-20')).toMatchObject({
      status: 'open',
      atRisk: true,
      countsOn: null,
    })
    expect(trace('专项督查', [], '2017-06-21')).toMatchObject({
      status: 'lost',
      countsOn: '2017-06-21',
      atRisk: false,
    })
    expect(trace('专项督查', [], '2017-05-31').status).toBe('not-notified')
  })
  it('waits for review when handed in on the deadline, and closes when accepted', () => {
    const handedIn: FindingFact[] = [{ type: 'submitted', on: '2017-06-20' }]
    expect(trace('专项督查', handedIn, '2017-08-01')).toMatchObject({
      status: 'pending-review',
      countsOn: null,
      atRisk: true,
    })
    const accepted: FindingFact[] = [...handedIn, { type: 'accepted', on: '2017-07-10' }]
    expect(trace('专项督查', accepted, '2017-08-01')).toMatchObject({ status: 'closed', atRisk: false })
    expect(trace('专项督查', accepted, '2017-07-09').status).toBe('pending-review')
  })
  it('is lost from the rejection when that comes after the deadline', () => {
    const then: FindingFact[] = [
      { type: 'submitted', on: '2017-06-19' },
      { type: 'rejected', on: '2017-06-28' },
    ]
    expect(trace('专项督查', then, '2017-06-27').status).toBe('pending-review')
    expect(trace('专项督查', then, '2017-06-28')).toMatchObject({ status: 'lost', countsOn: '2017-06-28' })
  })
  it('is open again when rejected before the deadline, and lost the day after it', () => {
    const then: FindingFact[] = [
      { type: 'submitted', on: '2017-06-10' },
      { type: 'rejected', on: '2017-06-12' },
    ]
    expect(trace('专项督查', then, '2017-06-12').status).toBe('open')
    expect(trace('专项督查', then, '2017-06-22')).toMatchObject({ status: 'lost', countsOn: '2017-06-21' })
  })
  it('is lost when handed in after the deadline or withdrawn', () => {
    expect(trace('专项督查', [{ type: 'submitted', on: '2017-06-21' }], '2017-06-21').status).toBe('lost')
    const withdrawn: FindingFact[] = [
      { type: 'submitted', on: '2017-06-10' },
      { type: 'withdrawn', on: '2017-06-11' },
    ]
    expect(trace('专项督查', withdrawn, '2017-06-21').status).toBe('lost')
  })
  it('has longer when the deadline is extended, from the day of the extension', () => {
    const then: FindingFact[] = [{ type: 'extended', on: '2017-06-23', deadline: '2017-07-05' }]
    expect(trace('专项督查', then, '2017-06-22').status).toBe('lost')
    expect(trace('专项督查', then, '2017-06-23')).toMatchObject({ status: 'open', deadline: '2017-07-05' })
    expect(trace('专项督查', then, '2017-07-06')).toMatchObject({ status: 'lost', countsOn: '2017-07-06' })
  })
  it('is due after the time of its kind when no deadline was set', () => {
    expect(trace('专项督查', [], '2017-06-01', null).deadline).toBe('2017-06-22')
    const calendarDays = kindsOf(withKinds(municipal, { rectifyWithin: { days: 15, count: 'calendar' } }))
    expect(traceFinding(finding('f', '专项督查'), calendarDays, '2017-06-01', plainCalendar).deadline).toBe(
      '2017-06-16',
    )
  })
  it('ignores a review without a submission', () => {
    const then: FindingFact[] = [
      { type: 'accepted', on: '2017-06-10' },
      { type: 'rejected', on: '2017-06-10' },
    ]
    expect(trace('专项督查', then, '2017-06-21').status).toBe('lost')
  })
})

describe('an appeal', () => {
  const appealed: FindingFact = { type: 'appealed', on: '2017-06-03' }
  it('leaves the points lost while it waits and when it is upheld', () => {
    expect(trace('举报查实', [appealed], '2017-06-04')).toMatchObject({ status: 'lost', appealed: true })
    const upheld: FindingFact = { type: 'decided', on: '2017-06-05', outcome: 'upheld' }
    expect(trace('举报查实', [appealed, upheld], '2017-06-05')).toMatchObject({
      status: 'lost',
      appealed: false,
    })
  })
  it('can move the problem to another kind and unit from the day of the decision', () => {
    const amended: FindingFact = {
      type: 'decided',
      on: '2017-06-05',
      outcome: 'amended',
      kind: '专项督查',
      unitId: 'v',
    }
    expect(trace('举报查实', [appealed, amended], '2017-06-04')).toMatchObject({
      status: 'lost',
      unitId: 'u',
    })
    const after = trace('举报查实', [appealed, amended], '2017-06-05')
    expect(after).toMatchObject({ status: 'open', unitId: 'v', kind: { key: '专项督查' } })
  })
})

describe('a finding without a notice', () => {
  const bare = (then: readonly FindingFact[]) => ({ ...finding('f', '举报查实'), facts: then })
  it('costs nothing yet', () => {
    expect(traceFinding(bare([]), kinds, '2017-06-01', plainCalendar)).toMatchObject({
      status: 'not-notified',
      notifiedOn: null,
      deadline: null,
      atRisk: true,
    })
    expect(
      traceFinding(bare([{ type: 'reversed', on: '2017-05-01' }]), kinds, '2017-06-01', plainCalendar),
    ).toMatchObject({
      status: 'reversed',
      atRisk: false,
    })
  })
})

it('a kind that the scheme does not have is refused by name', () => {
  expect(() => traceFinding(finding('f', '举报查实'), kindsOf(bureau), '2017-06-01', plainCalendar)).toThrow(
    '举报查实',
  )
})
