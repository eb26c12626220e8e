import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import { addDays } from '#assessment/day'
import type { Facts, Finding, FindingFact } from '#assessment/score/facts'
import { municipal } from '#assessment/presets/municipal'
import type { DeductionsComponent, Scheme } from '#assessment/rule/scheme'
import { halves, noFacts, plainCalendar, thirdParty } from '../../fixtures/facts.ts'

const routine = municipal.components[0] as DeductionsComponent
const kindKeys = routine.kinds.map((kind) => kind.key)
const day = fc.integer({ min: 0, max: 420 }).map((offset) => addDays('2017-01-01', offset))
const mark = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => (hundredths / 100).toFixed(2))

const laterFact: fc.Arbitrary<FindingFact> = fc.oneof(
  day.map((on): FindingFact => ({ type: 'submitted', on })),
  day.map((on): FindingFact => ({ type: 'withdrawn', on })),
  day.map((on): FindingFact => ({ type: 'accepted', on })),
  day.map((on): FindingFact => ({ type: 'rejected', on })),
  day.map((on): FindingFact => ({ type: 'appealed', on })),
  fc.tuple(day, day).map(([on, deadline]): FindingFact => ({ type: 'extended', on, deadline })),
  day.map((on): FindingFact => ({ type: 'decided', on, outcome: 'revoked' })),
  day.map((on): FindingFact => ({ type: 'decided', on, outcome: 'upheld' })),
  fc
    .tuple(day, fc.constantFrom(...kindKeys), fc.constantFrom('a', 'a1', 'b', 'c'))
    .map(([on, kind, unitId]): FindingFact => ({ type: 'decided', on, outcome: 'amended', kind, unitId })),
)

const finding: fc.Arbitrary<Omit<Finding, 'id' | 'number'>> = fc
  .record({
    kind: fc.constantFrom(...kindKeys),
    unitId: fc.constantFrom('a', 'a1', 'b', 'c'),
    on: day,
    deadline: fc.option(day),
    then: fc.array(laterFact, { maxLength: 5 }),
  })
  .map(({ kind, unitId, on, deadline, then }) => ({
    kind,
    severity: null,
    unitId,
    what: '',
    facts: [{ type: 'notified', on, deadline }, ...then],
  }))

const facts: fc.Arbitrary<Facts> = fc
  .record({
    findings: fc.array(finding, { maxLength: 30 }),
    marks: fc.array(mark, { minLength: 9, maxLength: 9 }),
  })
  .map(({ findings, marks }) => ({
    ...noFacts,
    units: [
      { id: 'a', name: 'a', parentId: null },
      { id: 'a1', name: 'a1', parentId: 'a' },
      { id: 'b', name: 'b', parentId: null },
      { id: 'c', name: 'c', parentId: null },
    ],
    participants: ['a', 'b', 'c'].map((unitId) => ({ unitId, group: unitId === 'c' ? '县区' : '市直' })),
    findings: findings.map((one, index) => ({ ...one, id: `f${index}`, number: `2017-${index}` })),
    verified: ['a', 'b', 'c'].flatMap((id, index) =>
      halves(id, marks[index] as string, marks[index + 3] as string),
    ),
    external: ['a', 'b', 'c'].flatMap((id, index) => thirdParty(id, marks[index + 6] as string)),
  }))

const run = (given: Facts, asOf: string, scheme: Scheme = municipal) =>
  assess(scheme, given, asOf, plainCalendar)
const composites = (given: Facts, asOf: string, scheme?: Scheme) =>
  Object.fromEntries(
    run(given, asOf, scheme).scorecards.map(({ unit, composite }) => [unit, Number(composite)]),
  )

describe('laws of the assessment', () => {
  it('a further finding never raises a score', () => {
    fc.assert(
      fc.property(facts, finding, day, (given, more, asOf) => {
        const before = composites(given, asOf)
        const after = composites(
          { ...given, findings: [...given.findings, { ...more, id: 'x', number: 'x' }] },
          asOf,
        )
        for (const unit of Object.keys(before))
          expect(after[unit]).toBeLessThanOrEqual(before[unit] as number)
      }),
    )
  })

  it('an entry and its reversal leave nothing', () => {
    fc.assert(
      fc.property(facts, finding, day, (given, more, asOf) => {
        const reversed: Finding = {
          ...more,
          id: 'x',
          number: 'x',
          facts: [...more.facts, { type: 'reversed', on: '2016-12-31' }],
        }
        expect(composites({ ...given, findings: [...given.findings, reversed] }, asOf)).toEqual(
          composites(given, asOf),
        )
      }),
    )
  })

  it('the order in which findings and marks were read does not matter', () => {
    fc.assert(
      fc.property(facts, day, (given, asOf) => {
        const backwards = {
          ...given,
          findings: [...given.findings].reverse(),
          verified: [...given.verified].reverse(),
          external: [...given.external].reverse(),
        }
        expect(run(backwards, asOf).standings).toEqual(run(given, asOf).standings)
      }),
    )
  })

  it('scaling all weights changes nothing', () => {
    fc.assert(
      fc.property(facts, day, fc.integer({ min: 1, max: 50 }), (given, asOf, factor) => {
        const components = municipal.components.map((component) => ({
          ...component,
          weight: component.weight * factor,
        }))
        expect(run(given, asOf, { ...municipal, components }).standings).toEqual(run(given, asOf).standings)
      }),
    )
  })

  it('points lost are never negative and never counted twice', () => {
    fc.assert(
      fc.property(facts, day, (given, asOf) => {
        const { scorecards } = run(given, asOf)
        const seen: string[] = []
        for (const { components } of scorecards) {
          for (const { steps } of components) {
            if (steps.method !== 'deductions') continue
            for (const { findingId, points, atRisk, countsOn } of steps.findings) {
              seen.push(findingId)
              expect([0, 150]).toContain(points)
              expect(points > 0).toBe(countsOn !== null && countsOn <= asOf)
              expect(points === 0 || atRisk === 0).toBe(true)
            }
          }
        }
        expect(new Set(seen).size).toBe(seen.length)
        expect(seen).toHaveLength(given.findings.length)
      }),
    )
  })

  it('a score lies between the floor and the full score; ranks run from 1 without gaps but for ties', () => {
    fc.assert(
      fc.property(facts, day, (given, asOf) => {
        for (const group of ['市直', '县区']) {
          const ranked = run(given, asOf).standings.filter((standing) => standing.group === group)
          ranked.forEach(({ rank, composite }, index) => {
            expect(Number(composite)).toBeGreaterThanOrEqual(0)
            expect(Number(composite)).toBeLessThanOrEqual(100)
            const tie = ranked.findIndex((other) => other.composite === composite)
            expect(rank).toBe(tie + 1)
            expect(index).toBeGreaterThanOrEqual(tie)
          })
        }
      }),
    )
  })

  it('a higher mark never lowers the composite', () => {
    fc.assert(
      fc.property(facts, day, mark, (given, asOf, marks) => {
        const raised = {
          ...given,
          external: given.external.map((one) =>
            one.unitId === 'a' && Number(one.marks) < Number(marks) ? { ...one, marks } : one,
          ),
        }
        expect(composites(raised, asOf).a).toBeGreaterThanOrEqual(composites(given, asOf).a as number)
      }),
    )
  })
})
