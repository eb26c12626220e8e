import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import type { Facts, FindingFact } from '#assessment/score/facts'
import { effectsOn } from '#assessment/insight/finding-effect'
import { whenLost } from '#assessment/score/one-unit'
import { municipal } from '#assessment/presets/municipal'
import type { Scheme } from '#assessment/rule/scheme'
import { finding, halves, noFacts, plainCalendar, thirdParty } from '../../fixtures/facts.ts'

const asOf = '2017-08-01'
const units = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: `单位${id}`, parentId: null }))
const unitIds = fc.constantFrom('a', 'b', 'c', 'd')

const facts = fc
  .record({
    marks: fc.array(fc.integer({ min: 84, max: 90 }), { minLength: 4, maxLength: 4 }),
    problems: fc.array(fc.record({ unitId: unitIds, kind: fc.constantFrom('专项督查', '举报查实') }), {
      minLength: 1,
      maxLength: 8,
    }),
  })
  .map(({ marks, problems }): Facts => ({
    ...noFacts,
    units,
    participants: units.map(({ id }, index) => ({ unitId: id, group: index < 3 ? '甲' : '乙' })),
    findings: problems.map(({ unitId, kind }, index) => finding(`f${index}`, kind, { unitId })),
    verified: units.flatMap(({ id }, index) => halves(id, String(marks[index]))),
    external: units.flatMap(({ id }) => thirdParty(id, '90')),
  }))
const outcome = fc.oneof(
  fc.constant<readonly FindingFact[]>([{ type: 'decided', on: asOf, outcome: 'revoked' }]),
  fc.constant<readonly FindingFact[]>([{ type: 'decided', on: asOf, outcome: 'upheld' }]),
  fc.constant(whenLost(asOf)),
  unitIds.map((unitId): readonly FindingFact[] => [
    { type: 'decided', on: asOf, outcome: 'amended', kind: '举报查实', unitId },
  ]),
)

describe('the effect shown before a decision', () => {
  it('is what the decision then does, to the unit and to every rank', () => {
    fc.assert(
      fc.property(facts, outcome, fc.nat(7), (given, then, pick) => {
        const index = pick % given.findings.length
        const id = given.findings[index]?.id ?? ''
        const now = assess(municipal, given, asOf, plainCalendar)
        const effect = effectsOn(municipal, given, now, plainCalendar)(id, then)
        const findings = given.findings.map((one) =>
          one.id === id ? { ...one, facts: [...one.facts, ...then] } : one,
        )
        const later = assess(municipal, { ...given, findings }, asOf, plainCalendar)
        for (const card of later.scorecards) {
          const before = now.scorecards.find(({ unitId }) => unitId === card.unitId)
          const told =
            [effect.charged, effect.instead].find((change) => change?.unitId === card.unitId) ?? null
          const moved = effect.moved.find(({ unitId }) => unitId === card.unitId)
          const { composite, grade, rank } = card
          if (told) {
            expect(told.to).toEqual({ composite, grade, rank })
            expect(told.from.rank).toBe(before?.rank)
          } else {
            expect(composite).toBe(before?.composite)
            expect(moved?.to ?? before?.rank).toBe(rank)
          }
        }
      }),
    )
  })

  it('is not to be had for a finding that does not exist', () => {
    const now = assess(municipal, noFacts, asOf, plainCalendar)
    expect(() => effectsOn(municipal, noFacts, now, plainCalendar)('none', [])).toThrow(RangeError)
  })
})

describe('effects at the edges', () => {
  const revoke: readonly FindingFact[] = [{ type: 'decided', on: asOf, outcome: 'revoked' }]
  const small: Facts = {
    ...noFacts,
    units,
    participants: ['a', 'b', 'd'].map((unitId) => ({ unitId, group: unitId === 'd' ? '乙' : '甲' })),
    findings: [finding('f', '举报查实', { unitId: 'a' }), finding('stray', '举报查实', { unitId: 'c' })],
    verified: ['a', 'b', 'd'].flatMap((id) => halves(id, '95')),
    external: ['a', 'b'].flatMap((id) => thirdParty(id, '95')),
  }
  const effect = (scheme: Scheme, id: string, then: readonly FindingFact[]) =>
    effectsOn(scheme, small, assess(scheme, small, asOf, plainCalendar), plainCalendar)(id, then)

  it('a finding charged to nobody changes nobody, until it is moved to a participant', () => {
    expect(effect(municipal, 'stray', revoke)).toEqual({ charged: null, instead: null, moved: [] })
    const amended: FindingFact = {
      type: 'decided',
      on: asOf,
      outcome: 'amended',
      kind: '举报查实',
      unitId: 'b',
    }
    expect(effect(municipal, 'stray', [amended])).toMatchObject({ charged: null, instead: { unitId: 'b' } })
  })
  it('one ranking over all groups is told as one, with pending units in it', () => {
    const told = effect({ ...municipal, rankAcrossGroups: true }, 'f', revoke)
    expect(told).toMatchObject({ charged: { from: { rank: 2 }, to: { rank: 1 } }, moved: [] })
  })
  it('the part that moves is told also while the composite is pending', () => {
    const pending = { ...small, external: [] }
    const now = assess(municipal, pending, asOf, plainCalendar)
    const { charged } = effectsOn(municipal, pending, now, plainCalendar)('f', revoke)
    expect(charged?.from.composite).toBeNull()
    expect(charged?.part).toEqual({ name: '平时考核', from: '98.50', to: '100.00' })
    const none = effectsOn(municipal, pending, now, plainCalendar)('f', [])
    expect(none.charged?.part).toBeNull()
  })
  it('grades are told as they would be without a quota', () => {
    const scheme: Scheme = {
      ...municipal,
      grades: municipal.grades.map((grade, at) => (at === 0 ? { ...grade, share: 0 } : grade)),
    }
    expect(effect(scheme, 'f', revoke)).toMatchObject({
      charged: { from: { grade: '优秀' }, to: { grade: '优秀' } },
    })
  })
  it('an unknown finding is refused', () => {
    expect(() => effect(municipal, 'nobody', revoke)).toThrow('unknown finding')
  })
})
