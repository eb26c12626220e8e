import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import type { Facts } from '#assessment/score/facts'
import { revoked } from '#assessment/score/one-unit'
import { outlookOf } from '#assessment/insight/outlook'
import { municipal } from '#assessment/presets/municipal'
import type { DeductionsComponent, Scheme } from '#assessment/rule/scheme'
import { seededRandom } from '#assessment/seeded-random'
import { costing, finding, gains, halves, oneUnit, plainCalendar, thirdParty } from '../../fixtures/facts.ts'

const asOf = '2018-02-01'
const problems = (scheme: Scheme, facts: Facts) =>
  outlookOf(scheme, facts, asOf, plainCalendar, 'u')?.next?.problems

const kinds = municipal.components.flatMap((one) => (one.method === 'deductions' ? one.kinds : []))
const names = municipal.grades.map(({ name }) => name)
const countsOnes = (count: number, kind = '举报查实') =>
  Array.from({ length: count }, (_, index) => finding(`${kind}-${index}`, kind))

/** The fewest by trying every set of problems, each revoked for the engine. */
function tried(scheme: Scheme, facts: Facts, count: number): number | null | undefined {
  const gradeWithout = (set: number): number => {
    const findings = facts.findings.map((one, index) => ((set >> index) & 1 ? revoked(one, asOf) : one))
    const card = assess(scheme, { ...facts, findings }, asOf, plainCalendar).scorecards[0]
    return names.indexOf(String(card?.grade))
  }
  const now = gradeWithout(0)
  if (now === 0) return undefined
  const sizes = Array.from({ length: 2 ** count }, (_, set) => set)
    .filter((set) => gradeWithout(set) < now)
    .map((set) => set.toString(2).replaceAll('0', '').length)
  return sizes.length > 0 ? Math.min(...sizes) : null
}

describe('how many problems less the next grade takes', () => {
  it('counts them: three at 0.45 each close a gap of 1.00', () => {
    const facts = oneUnit({
      findings: countsOnes(4),
      verified: halves('u', '89'),
      external: thirdParty('u', '84'),
    })
    expect(outlookOf(municipal, facts, asOf, plainCalendar, 'u')?.next).toMatchObject({
      distance: '1.00',
      problems: 3,
    })
  })
  it('is silent where they are not enough, and where there are none', () => {
    const marks = { verified: halves('u', '80'), external: thirdParty('u', '80') }
    expect(problems(municipal, oneUnit({ findings: countsOnes(3), ...marks }))).toBeNull()
    expect(problems(municipal, oneUnit(marks))).toBeNull()
  })
  it('needs more where points lie below the floor', () => {
    const findings = countsOnes(70)
    const facts = oneUnit({ findings, verified: halves('u', '100'), external: thirdParty('u', '100') })
    // 70.00; the first 4 of 70 only bring the raw value back to 1.00, 0.30 of the composite.
    expect(problems(municipal, facts)).toBe(3 + Math.ceil(999.5 / 45 + 1 / 3))
  })
})

it('takes back the problem of the half that weighs most', () => {
  const half = (key: string, month: number, weight: number) => ({
    key,
    name: key,
    ends: { yearOffset: 0, month, day: 30 },
    due: null,
    weight,
  })
  const scheme: Scheme = {
    ...municipal,
    components: municipal.components.map((one) =>
      one.method === 'deductions' ? { ...one, windows: [half('H1', 6, 9000), half('H2', 12, 1000)] } : one,
    ),
  }
  const findings = ['2017-09-01', '2017-10-01', '2017-03-01'].map((on) => finding(on, '举报查实', { on }))
  // 90.30 without problems; 0.045 for each of the second half, 0.405 for the one of the first.
  const facts = oneUnit({ findings, verified: halves('u', '87.75'), external: thirdParty('u', '84') })
  expect(outlookOf(scheme, facts, asOf, plainCalendar, 'u')?.next).toMatchObject({
    distance: '0.19',
    problems: 1,
  })
})

describe('against every set of problems revoked', () => {
  const second: DeductionsComponent = {
    ...(municipal.components.find((one) => one.method === 'deductions') as DeductionsComponent),
    key: 'second',
    name: '专项',
    weight: 1000,
    kinds: kinds.slice(0, 1).map((kind) => ({ ...kind, key: '专项问题' })),
  }
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('seed %i', (seed) => {
    const random = seededRandom(seed)
    const below = (limit: number): number => Math.floor(random() * limit)
    const scheme: Scheme = {
      ...municipal,
      adjustments: below(3) === 0 ? gains({ gainCap: 300, unlock: { from: 8800, inclusive: true } }) : null,
      components: [...municipal.components, second].map((component) =>
        component.method === 'deductions'
          ? {
              ...component,
              floor: below(2) * 8500,
              areas: [{ key: 'area', name: '归口', cap: below(2) === 0 ? null : 300 + below(4) * 200 }],
              kinds: component.kinds.map((kind) => ({
                ...kind,
                ...costing(100 + below(5) * 150),
                vetoes: below(6) === 0 ? [{ type: 'grade' as const, grade: '合格' }] : [],
                area: below(2) === 0 ? 'area' : null,
                cap: below(2) === 0 ? null : 200 + below(4) * 200,
              })),
            }
          : component,
      ),
    }
    const count = 1 + below(7)
    const problemsFound = Array.from({ length: count }, (_, index) =>
      finding(`f${index}`, below(4) === 0 ? '专项问题' : (kinds[below(3)] as { key: string }).key, {
        deadline: '2017-07-01',
      }),
    )
    const gained = ['g1', 'g2', 'g3'].slice(below(3)).map((id) => finding(id, '加分', { on: '2017-05-01' }))
    const facts = oneUnit({
      findings: problemsFound,
      verified: halves('u', String(86 + below(9))),
      external: thirdParty('u', String(70 + below(20))),
    })
    const all = scheme.adjustments ? { ...facts, findings: [...problemsFound, ...gained] } : facts
    expect(problems(scheme, all)).toBe(tried(scheme, all, count))
  })
})
