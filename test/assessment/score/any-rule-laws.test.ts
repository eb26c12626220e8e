import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkScheme } from '#assessment/rule/check-scheme'
import { gradeLineFor, type Scheme } from '#assessment/rule/scheme'
import { compare, decimal, fromExact, hundredths } from '#assessment/rational'
import { assess } from '#assessment/score/assess'
import type { Facts } from '#assessment/score/facts'
import { allowedBy } from '#assessment/score/grades'
import { entriesOn, partOn, type Scorecard } from '#assessment/score/scorecard'
import { anyRule, entryFor, factsFor, groups, ruleAndFacts, unitIds } from '../../fixtures/any-rule.ts'
import { plainCalendar } from '../../fixtures/facts.ts'

const asOf = '2018-02-10'
const run = (scheme: Scheme, facts: Facts, interim = false) =>
  assess(scheme, facts, asOf, plainCalendar, { interim })
const cardOf = (scheme: Scheme, facts: Facts, unitId: string): Scorecard =>
  run(scheme, facts).scorecards.find((card) => card.unitId === unitId) as Scorecard
/** What a unit has by itself: no rank, no grade that a quota gives. */
const alone = (card: Scorecard): Scorecard => ({ ...card, rank: null, rankedOf: 0, grade: null, reasons: [] })

describe('laws of any rule', () => {
  it('the rules tried here are sound', () => {
    fc.assert(
      fc.property(anyRule, (scheme) => {
        expect(checkScheme(scheme).filter(({ warning }) => !warning)).toEqual([])
      }),
      { numRuns: 50 },
    )
  })

  it('a cap never lets a unit lose more than it says, in any order of entries', () => {
    fc.assert(
      fc.property(ruleAndFacts, ({ scheme, facts }) => {
        const backwards = { ...facts, findings: [...facts.findings].reverse() }
        const [there, back] = [run(scheme, facts), run(scheme, backwards)]
        expect(back.standings).toEqual(there.standings)
        for (const card of there.scorecards)
          for (const component of scheme.components) {
            const steps = partOn(card, component.key)?.steps
            if (component.method !== 'deductions' || steps?.method !== 'deductions') continue
            for (const { key } of steps.windows) {
              const entries = steps.findings.filter(
                ({ countsOn, window }) => countsOn !== null && window === key,
              )
              const moved = (some: typeof entries) => some.reduce((total, { points }) => total + points, 0)
              for (const { key: kind, cap } of component.kinds)
                expect(moved(entries.filter((entry) => entry.kind === kind))).toBeLessThanOrEqual(
                  cap ?? Infinity,
                )
              for (const { key: area, cap } of component.areas)
                for (const effect of ['loss', 'gain'])
                  expect(
                    moved(entries.filter((entry) => entry.area === area && entry.effect === effect)),
                  ).toBeLessThanOrEqual(cap ?? Infinity)
            }
          }
      }),
      { numRuns: 50 },
    )
  })

  it('a gain never lowers a composite, a problem never raises it', () => {
    const added = ruleAndFacts.chain(({ scheme, facts }) =>
      entryFor(scheme).map((entry) => ({ scheme, facts, entry })),
    )
    fc.assert(
      fc.property(added, ({ scheme, facts, entry }) => {
        const more = { ...facts, findings: [...facts.findings, { ...entry, id: 'x', number: 'x' }] }
        const [before, after] = [cardOf(scheme, facts, entry.unitId), cardOf(scheme, more, entry.unitId)]
        const kinds = entriesOn(after).find(({ findingId }) => findingId === 'x')
        if (before.exact === null || after.exact === null || kinds === undefined) return
        const change = compare(fromExact(after.exact), fromExact(before.exact))
        // A gain of a kind with a veto may cap the composite.
        if (after.vetoes.length > before.vetoes.length) return
        expect(kinds.effect === 'gain' ? change : -change).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 50 },
    )
  })

  it('splitting a window in two of half its weight with the same marks changes nothing', () => {
    fc.assert(
      fc.property(ruleAndFacts, ({ scheme, facts }) => {
        const split: Scheme = {
          ...scheme,
          components: scheme.components.map((component) =>
            component.key !== 'self'
              ? component
              : {
                  ...component,
                  windows: component.windows.flatMap((window) => {
                    if (window.key !== 'H2') return [{ ...window, weight: 2 }]
                    const first = { ...window, name: '三季度', ends: { yearOffset: 0, month: 9, day: 30 } }
                    return [
                      { ...first, key: 'Q3', weight: 1 },
                      { ...window, weight: 1 },
                    ]
                  }),
                },
          ),
        }
        const twice = facts.verified.flatMap((mark) =>
          mark.window === 'H2' ? [mark, { ...mark, window: 'Q3' }] : [mark],
        )
        expect(run(split, { ...facts, verified: twice }).standings).toEqual(run(scheme, facts).standings)
      }),
      { numRuns: 50 },
    )
  })

  it('a group variant equal to the default changes nothing', () => {
    fc.assert(
      fc.property(ruleAndFacts, ({ scheme, facts }) => {
        const told: Scheme = {
          ...scheme,
          components: scheme.components.map((component) => ({
            ...component,
            variants: [...component.variants, { group: groups[1], weight: component.weight, full: null }],
          })),
          grades: scheme.grades.map((grade, at) =>
            at === scheme.grades.length - 1
              ? grade
              : { ...grade, groups: [{ group: groups[1], ...gradeLineFor(grade, groups[1]) }] },
          ),
        }
        if (scheme.rankAcrossGroups) return
        const same = (each: Scheme) => run(each, facts).standings
        expect(same(told)).toEqual(same(scheme))
      }),
      { numRuns: 50 },
    )
  })

  it('the result so far on the last day with everything in is the result, but for grades', () => {
    fc.assert(
      fc.property(ruleAndFacts, ({ scheme, facts }) => {
        const plain = (standing: ReturnType<typeof run>['standings'][number]) => ({
          ...standing,
          grade: null,
        })
        const result = run(scheme, facts)
        // A grade veto is only listed so far; ranks, which numbers and 末位 touch, are those of the result.
        expect(run(scheme, facts, true).standings).toEqual(result.standings.map(plain))
      }),
      { numRuns: 50 },
    )
  })

  it('no more hold a grade than its quota allows, none without its band or above a veto; ties are all in or all out', () => {
    fc.assert(
      fc.property(ruleAndFacts, ({ scheme, facts }) => {
        const { standings, scorecards } = run(scheme, facts)
        const rankings = scheme.rankAcrossGroups
          ? [{ group: '', rows: standings }]
          : groups.map((group) => ({ group, rows: standings.filter((row) => row.group === group) }))
        for (const { group, rows } of rankings)
          scheme.grades.slice(0, -1).forEach((grade) => {
            const holding = rows.filter((row) => row.grade === grade.name)
            const allowed = allowedBy(gradeLineFor(grade, group), scheme, rows.length)
            const ranks = new Set(holding.map(({ rank }) => rank))
            if (allowed !== null && scheme.quotas.tieAcross === 'out')
              expect(holding.length).toBeLessThanOrEqual(allowed)
            if (allowed !== null && holding.length > 0) {
              const above = holding.filter(({ rank }) => rank !== Math.max(...[...ranks].map(Number)))
              expect(above.length).toBeLessThan(Math.max(1, allowed))
            }
            for (const row of holding) {
              const from = gradeLineFor(grade, row.group).from
              if (from !== null)
                expect(compare(decimal(row.composite as string), hundredths(from))).toBeGreaterThanOrEqual(0)
            }
          })
        for (const { grade, vetoes } of scorecards)
          for (const { veto } of vetoes) {
            if (veto.type !== 'grade' || grade === null) continue
            const place = (name: string) => scheme.grades.findIndex((each) => each.name === name)
            expect(place(grade)).toBeGreaterThanOrEqual(place(veto.grade))
          }
      }),
      { numRuns: 50 },
    )
  })

  it("a unit's score is the same whatever the facts of every other unit", () => {
    const pairs = anyRule.chain((scheme) =>
      fc
        .tuple(factsFor(scheme), factsFor(scheme), fc.constantFrom(...unitIds))
        .map((rest) => [scheme, ...rest] as const),
    )
    fc.assert(
      fc.property(pairs, ([scheme, facts, others, unitId]) => {
        const mixed = <Fact extends { unitId: string }>(own: readonly Fact[], other: readonly Fact[]) => [
          ...own.filter((fact) => fact.unitId === unitId),
          ...other.filter((fact) => fact.unitId !== unitId),
        ]
        const changed: Facts = {
          ...facts,
          findings: mixed(
            facts.findings,
            others.findings.map((finding) => ({ ...finding, id: `other ${finding.id}` })),
          ),
          verified: mixed(facts.verified, others.verified),
          external: mixed(facts.external, others.external),
        }
        expect(alone(cardOf(scheme, changed, unitId))).toEqual(alone(cardOf(scheme, facts, unitId)))
      }),
      { numRuns: 50 },
    )
  })
})
