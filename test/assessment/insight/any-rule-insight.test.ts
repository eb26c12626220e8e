import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, type Day } from '#assessment/day'
import { leaveOneOut } from '#assessment/insight/leave-one-out'
import { outlookOf } from '#assessment/insight/outlook'
import { kindsIn, type LedgerKind, type Scheme, type Severity } from '#assessment/rule/scheme'
import { assess } from '#assessment/score/assess'
import type { Facts, Finding } from '#assessment/score/facts'
import { ruleAndFacts, unitIds } from '../../fixtures/any-rule.ts'
import { plainCalendar } from '../../fixtures/facts.ts'

/* Figures about what is not so, against assessing everybody again with the facts changed. */

const asOf = '2018-02-10'
const unit = fc.constantFrom(...unitIds)
const assessed = (scheme: Scheme, facts: Facts) => assess(scheme, facts, asOf, plainCalendar)
const standing = (scheme: Scheme, facts: Facts, unitId: string) =>
  assessed(scheme, facts).standings.find((each) => each.unitId === unitId)
const card = (scheme: Scheme, facts: Facts, unitId: string) =>
  assessed(scheme, facts).scorecards.find((each) => each.unitId === unitId)

const withoutFinding = (facts: Facts, id: string | null): Facts => ({
  ...facts,
  findings: facts.findings.map((finding) =>
    finding.id === id ? { ...finding, facts: [...finding.facts, { type: 'reversed', on: asOf }] } : finding,
  ),
})
/** A problem that begins to count on the day looked at, whatever its kind's trigger. */
const lostToday = ({ key, trigger }: LedgerKind, severity: Severity, unitId: string, at: number): Finding => {
  const [on, deadline]: [Day, Day | null] =
    trigger === 'at-once' ? [asOf, null] : [addDays(asOf, -20), addDays(asOf, -1)]
  return {
    id: `more ${at}`,
    number: '',
    kind: key,
    severity: severity.key,
    unitId,
    what: '',
    facts: [{ type: 'notified', on, deadline }],
  }
}
const hasPlaces = ({ grades }: Scheme): boolean =>
  grades.some(({ share, count }) => share !== null || count !== null)

it('without an entry a unit stands where everybody assessed again would stand it', () => {
  fc.assert(
    fc.property(ruleAndFacts, unit, ({ scheme, facts }, unitId) => {
      const left = leaveOneOut(scheme, facts, assessed(scheme, facts), plainCalendar, unitId)
      for (const { findingId, composite, rank, grade } of left?.effects ?? []) {
        const again = standing(scheme, withoutFinding(facts, findingId), unitId)
        expect([composite, rank]).toEqual([again?.composite, again?.rank])
        if (!hasPlaces(scheme)) expect(grade).toBe(again?.grade)
      }
    }),
    { numRuns: 25 },
  )
})

it('one more problem, and as many as let the grade fall, are what assessing with them gives', () => {
  const most = 8
  fc.assert(
    fc.property(ruleAndFacts, unit, ({ scheme, facts }, unitId) => {
      const now = card(scheme, facts, unitId)
      const kinds = kindsIn(scheme)
      for (const one of outlookOf(scheme, facts, asOf, plainCalendar, unitId)?.oneMore ?? []) {
        const told = kinds.flatMap((kind) =>
          kind.severities.map((severity) => ({ kind, severity, name: `${kind.name}·${severity.name}` })),
        )
        for (const { kind, severity } of told.filter(({ name }) => one.kinds.includes(name))) {
          const withMore = (count: number) => ({
            ...facts,
            findings: [
              ...facts.findings,
              ...Array.from({ length: count }, (_, at) => lostToday(kind, severity, unitId, at)),
            ],
          })
          const again = card(scheme, withMore(1), unitId)
          expect(one.composite).toBe(again?.composite)
          expect(one.vetoes).toBe((again?.vetoes.length ?? 0) > (now?.vetoes.length ?? 0))
          if (hasPlaces(scheme)) continue
          const place = (count: number): number =>
            scheme.grades.findIndex(({ name }) => name === standing(scheme, withMore(count), unitId)?.grade)
          const held = place(0)
          const falls = Array.from({ length: most }, (_, at) => at + 1).find((count) => place(count) > held)
          const toLower = one.problemsToLower
          expect(toLower === null || toLower > most ? undefined : toLower).toBe(falls)
        }
      }
    }),
    { numRuns: 8 },
  )
})

it('an appeal granted leaves what assessing without the problem leaves', () => {
  let granted = 0
  fc.assert(
    fc.property(ruleAndFacts, unit, ({ scheme, facts: before }, unitId) => {
      const appealed = { type: 'appealed', on: addDays(asOf, -3) } as const
      const facts: Facts = {
        ...before,
        findings: before.findings.map((finding) => ({ ...finding, facts: [...finding.facts, appealed] })),
      }
      const cases = outlookOf(scheme, facts, asOf, plainCalendar, unitId)?.cases ?? []
      for (const { findingId, composite } of cases.filter(({ type }) => type === 'if-revoked')) {
        granted++
        expect(composite).toBe(standing(scheme, withoutFinding(before, findingId), unitId)?.composite)
      }
    }),
    { numRuns: 20 },
  )
  expect(granted).toBeGreaterThan(0)
})
