import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import { checkScheme } from '#assessment/rule/check-scheme'
import type { Facts } from '#assessment/score/facts'
import { outlookOf } from '#assessment/insight/outlook'
import { presetKeys, presets } from '#assessment/presets/registry'
import { decimal, exactly, sum } from '#assessment/rational'
import { clauseNamed } from '#assessment/rule/clauses'
import { kindsIn, leavesOf, ruleDay, type Indicator } from '#assessment/rule/scheme'
import { namesIn } from '../../web/components/scheme/name-list.ts'
import { finding, oneUnit, plainCalendar } from '../fixtures/facts.ts'

describe.each(presetKeys)('preset %s', (key) => {
  const scheme = presets[key]

  it('has no problem, not even a warning', () => {
    expect(checkScheme(scheme)).toEqual([])
  })

  it('survives JSON unchanged, so that it can be stored and copied', () => {
    expect(JSON.parse(JSON.stringify(scheme))).toEqual(scheme)
  })

  it('gives every component, kind and area a clause', () => {
    for (const component of scheme.components) {
      expect(component.clause).not.toBe('')
      if (component.method === 'deductions')
        for (const kind of component.kinds) expect(kind.clause).not.toBe('')
      if (component.method === 'verified-marks') {
        for (const area of component.indicators) expect([area.name, area.clause]).not.toContain(null)
      }
    }
  })

  it('has a clause behind every one it names, and an English word for every name', () => {
    for (const { clause } of kindsIn(scheme))
      expect(clauseNamed(scheme.clauses, clause), clause).toBeDefined()
    for (const { clause } of scheme.components)
      expect(clauseNamed(scheme.clauses, clause), clause).toBeDefined()
    for (const name of namesIn(scheme)) expect(scheme.english[name], name).toBeTruthy()
  })

  it('has indicator trees of 100 marks whose leaves say how they are scored and what is shown', () => {
    for (const component of scheme.components) {
      if (component.method !== 'verified-marks') continue
      const leaves = leavesOf(component.indicators)
      expect(exactly(sum(leaves.map((leaf) => decimal(leaf.full as string))))).toBe('100')
      for (const leaf of leaves) expect([leaf.scoring, leaf.evidence]).not.toContain(null)
    }
  })

  it('gives a unit with full marks and no problem all there is and the best grade; with nothing known it waits', () => {
    const verified: Facts['verified'] = scheme.components.flatMap((component) =>
      component.method !== 'verified-marks'
        ? []
        : component.windows.flatMap((window) =>
            leavesOf(component.indicators).map((leaf) => ({
              unitId: 'u',
              component: component.key,
              window: window.key,
              leaf: leaf.key,
              full: leaf.full as string,
              marks: leaf.full,
              claimed: leaf.full,
              on: null,
            })),
          ),
    )
    const external: Facts['external'] = scheme.components.flatMap((component) =>
      component.method === 'external'
        ? [
            {
              unitId: 'u',
              component: component.key,
              window: null,
              dimension: null,
              marks: component.full,
              on: null,
            },
          ]
        : [],
    )
    const best = scheme.grades[0]?.name
    // A points ranking begins at its base.
    const all = key === 'information' ? '120.00' : '100.00'
    const known = oneUnit({ verified, external })
    expect(assess(scheme, known, '2018-02-01', plainCalendar).standings).toMatchObject([
      { composite: all, grade: best, rank: 1 },
    ])
    expect(outlookOf(scheme, known, '2018-02-01', plainCalendar, 'u')?.next).toBeNull()
    const waits = scheme.components.some((component) => component.method !== 'deductions')
    const [unknown] = assess(scheme, oneUnit(), '2018-02-01', plainCalendar).standings
    expect(unknown?.composite).toBe(waits ? null : all)
  })

  it('takes the points of every kind it names', () => {
    for (const component of scheme.components) {
      if (component.method !== 'deductions') continue
      for (const kind of component.kinds.filter(({ effect }) => effect === 'loss')) {
        const facts = oneUnit({ findings: [finding('f', kind.key)] })
        const card = assess(scheme, facts, '2018-02-01', plainCalendar).scorecards[0]
        const score = card?.components.find((one) => one.key === component.key)?.score
        expect(Number(score)).toBe((component.base - (kind.severities[0]?.points ?? NaN)) / 100)
      }
    }
  })

  it('keeps its milestones in the assessed year or the next', () => {
    for (const { due } of scheme.milestones) expect(ruleDay(2017, due)).toMatch(/^201[78]-\d\d-\d\d$/)
  })
})

/** How many levels a tree has, the leaf's own included. */
const levels = ({ children }: Indicator): number => 1 + Math.max(0, ...children.map(levels))
const treesOf = (key: keyof typeof presets): (readonly Indicator[])[] =>
  presets[key].components.flatMap((one) => (one.method === 'verified-marks' ? [one.indicators] : []))

describe('the indicator trees', () => {
  it('of the city has the seven areas of 三、考核内容, each with a responsible unit, in two to three levels', () => {
    const [tree = []] = treesOf('municipal')
    expect(tree.map(({ name, clause }) => [name, clause])).toEqual([
      ['（一）基础建设', '考核办法 三（一）'],
      ['（二）主动公开', '考核办法 三（二）'],
      ['（三）重点领域', '考核办法 三（三）'],
      ['（四）依申请公开和复议诉讼', '考核办法 三（四）'],
      ['（五）平台建设', '考核办法 三（五）'],
      ['（六）推进指导和监督检查', '考核办法 三（六）'],
      ['（七）社会评估', '考核办法 三（七）'],
    ])
  })

  it.each(['municipal', 'school'] as const)('of %s has two or three levels and nobody’s area', (key) => {
    const trees = treesOf(key)
    expect(trees).toHaveLength(1)
    for (const area of trees.flat()) {
      expect(area.responsible).not.toBeNull()
      expect([2, 3]).toContain(levels(area))
    }
  })

  it('of the school lists the eleven kinds of content of its plan', () => {
    expect(leavesOf(treesOf('school').flat())).toHaveLength(11)
  })

  it('is none in a bureau, which takes half a mark for each of three failings', () => {
    expect(treesOf('bureau')).toEqual([])
    const [only] = presets.bureau.components
    expect(
      only?.method === 'deductions' && only.kinds.map(({ severities }) => severities[0]?.points),
    ).toEqual([50, 50, 50])
  })
})
