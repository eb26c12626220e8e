import { describe, expect, it } from 'vitest'
import { presets } from '#assessment/presets/registry'
import { diffSchemes } from '#assessment/rule/scheme-diff'
import { checkScheme } from '#assessment/rule/check-scheme'
import type { Component, Indicator, Scheme } from '#assessment/rule/scheme'

const { municipal, school, bureau } = presets

const withComponents = (scheme: Scheme, change: (component: Component) => Component): Scheme => ({
  ...scheme,
  components: scheme.components.map(change),
})
const withTree = (scheme: Scheme, change: (tree: readonly Indicator[]) => readonly Indicator[]): Scheme =>
  withComponents(scheme, (one) =>
    one.method === 'verified-marks' ? { ...one, indicators: change(one.indicators) } : one,
  )

describe('what differs between two schemes', () => {
  it.each(Object.entries(presets))('nothing in a copy of %s', (_, scheme) => {
    expect(diffSchemes(scheme, structuredClone(scheme))).toEqual({ changes: [], moved: [] })
  })

  it('a weight is told with the points that moved', () => {
    const after = withComponents(municipal, (one) =>
      one.key === 'routine' ? { ...one, weight: 2000 } : one.key === 'self' ? { ...one, weight: 5000 } : one,
    )
    expect(diffSchemes(municipal, after)).toEqual({
      changes: [
        { change: 'changed', part: 'component', trail: ['平时考核'], field: 'weight', from: 3000, to: 2000 },
        { change: 'changed', part: 'component', trail: ['自我考核'], field: 'weight', from: 4000, to: 5000 },
      ],
      moved: [
        { part: 'component', trail: ['平时考核'], from: '30.00', to: '20.00' },
        { part: 'component', trail: ['自我考核'], from: '40.00', to: '50.00' },
      ],
    })
  })

  it('an indicator that goes takes its marks from its area', () => {
    const after = withTree(municipal, ([first, ...rest]) => [
      { ...(first as Indicator), children: (first as Indicator).children.slice(1) },
      ...rest,
    ])
    expect(diffSchemes(municipal, after)).toEqual({
      changes: [
        {
          change: 'removed',
          part: 'indicator',
          trail: ['自我考核', '（一）基础建设', '领导分工和工作机构'],
          field: null,
          from: null,
          to: null,
        },
      ],
      moved: [{ part: 'indicator', trail: ['自我考核', '（一）基础建设'], from: '10.00', to: '7.00' }],
    })
  })

  it('another order is said once, where it is', () => {
    const after = withTree(municipal, ([first, second, ...rest]) => [
      second as Indicator,
      first as Indicator,
      ...rest,
    ])
    expect(diffSchemes(municipal, after).changes).toEqual([
      { change: 'changed', part: 'component', trail: ['自我考核'], field: 'order', from: null, to: null },
    ])
  })

  it('options, grades, days, bonus and quota come and go', () => {
    const after: Scheme = {
      ...municipal,
      ties: 'dense',
      grades: [{ name: '优秀', from: 9500 }, ...municipal.grades.slice(1)],
      bonus: { name: '加分', unlockedFrom: 6000, cap: 500, clause: '五' },
      excellenceQuota: { percent: 3000, clause: '六' },
      milestones: municipal.milestones.map((one) =>
        one.key === 'circular' ? { ...one, due: { ...one.due, day: 20 } } : one,
      ),
    }
    const told = diffSchemes(municipal, after).changes.map(({ change, part, field, from, to }) =>
      [change, part, field, from, to].join(' '),
    )
    expect(told).toEqual([
      'changed scheme ties competition dense',
      'changed grade from 9000 9500',
      'changed milestone due 1/2/28 1/2/20',
      'added bonus   ',
      'added quota   ',
    ])
    expect(
      diffSchemes(after, municipal)
        .changes.map(({ change, part }) => `${change} ${part}`)
        .slice(-2),
    ).toEqual(['removed bonus', 'removed quota'])
  })

  it('groups and dimensions are told, and a component of another method', () => {
    const after: Scheme = {
      ...withTree(municipal, ([first, ...rest]) => [
        { ...(first as Indicator), groups: ['县区', '市直部门'] },
        ...rest,
      ]),
    }
    expect(diffSchemes(municipal, after).changes).toMatchObject([
      { field: 'groups', from: null, to: '县区、市直部门' },
    ])
    const dimension = { key: 'site', name: '网站', full: '40' }
    const parted = withComponents(municipal, (one) =>
      one.method === 'external' ? { ...one, dimensions: [dimension] } : one,
    )
    expect(diffSchemes(municipal, parted).changes).toMatchObject([
      { change: 'added', part: 'dimension', trail: ['第三方评估', '网站'] },
    ])
    expect(diffSchemes(bureau, school).moved.length).toBeGreaterThan(1)
  })

  it('reads drafts that are not sound', () => {
    const weightless = withComponents(municipal, (one) => ({ ...one, weight: 0 }))
    expect(diffSchemes(municipal, weightless).moved).toContainEqual({
      part: 'component',
      trail: ['平时考核'],
      from: '30.00',
      to: '0.00',
    })
    const blank = withTree(municipal, ([first, ...rest]) => [
      { ...(first as Indicator), children: [], full: null },
      { ...(rest[0] as Indicator), children: [], full: '二十' },
      ...rest.slice(1),
    ])
    expect(diffSchemes(municipal, blank).moved).toMatchObject([{ to: '0.00' }, { to: '0.00' }])
  })
})

describe('days of windows', () => {
  const dated = (month: number, day: number) =>
    withComponents(municipal, (one) =>
      one.method === 'verified-marks'
        ? {
            ...one,
            windows: one.windows.map((window) =>
              window.key === 'H2' ? { ...window, due: { yearOffset: 0, month, day } } : window,
            ),
          }
        : one,
    )
  it.each([
    ['a day that most years lack', 2, 29, ['milestone-invalid', 'milestones-out-of-order']],
    ['before the first half', 3, 1, ['milestones-out-of-order']],
    ['in order', 12, 31, []],
  ])('%s', (_, month, day, codes) => {
    expect(checkScheme(dated(month, day)).map(({ code }) => code)).toEqual(codes)
  })
})
