import { describe, expect, it } from 'vitest'
import { presets } from '#assessment/presets/registry'
import { diffSchemes, saidDifferently } from '#assessment/rule/scheme-diff'
import { comparability } from '#assessment/rule/comparability'
import { schemeFields, schemeParts } from '#assessment/rule/scheme-fields'
import { fieldOf } from '#assessment/rule/scheme-nodes'
import { checkScheme } from '#assessment/rule/check-scheme'
import type { Component, Indicator, Scheme } from '#assessment/rule/scheme'
import { gains } from '../../fixtures/facts.ts'
import { fullScheme, schemeVariants } from '../../fixtures/scheme-variants.ts'

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

  it('options, grades, days, adjustments and quotas come and go', () => {
    const after: Scheme = {
      ...municipal,
      ties: 'dense',
      grades: municipal.grades.map((grade, at) => (at === 0 ? { ...grade, from: 9500, share: 3000 } : grade)),
      adjustments: gains({ gainCap: 500, unlock: { from: 6000, inclusive: true } }),
      milestones: municipal.milestones.map((one) =>
        one.key === 'circular' ? { ...one, due: { ...one.due, day: 20 } } : one,
      ),
    }
    const told = diffSchemes(municipal, after).changes.map(({ change, part, field, from, to }) =>
      [change, part, field, from, to].join(' '),
    )
    expect(told).toEqual([
      'changed scheme ties competition dense',
      'added adjustments   ',
      'added unlock   ',
      'added kind   ',
      'added severity   ',
      'changed grade from 9000 9500',
      'changed grade share  3000',
      'changed milestone due 1/2/28 1/2/20',
    ])
    expect(
      diffSchemes(after, municipal)
        .changes.map(({ change, part }) => `${change} ${part}`)
        .slice(-4),
    ).toEqual(['removed adjustments', 'removed unlock', 'removed kind', 'removed severity'])
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

describe('every field of a scheme', () => {
  it('is among those tried', () => {
    const untried = new Set(['method', 'order', 'groups'])
    expect(schemeFields.filter((name) => schemeVariants.every(({ field }) => field !== name))).toEqual(
      schemeFields.filter((name) => untried.has(name)),
    )
  })
  // One of another name is another grade.
  const told = schemeVariants.filter(({ part, field }) => schemeParts[part].id !== field)
  it.each(told)('$name is told where it differs', ({ part, field, value }) => {
    expect(diffSchemes(fullScheme, value).changes).toMatchObject([{ change: 'changed', part, field }])
  })
  it.each(schemeVariants)('$name is never passed over in a scheme with other keys', ({ value }) => {
    expect(saidDifferently(fullScheme, value)).not.toEqual([])
  })
  it.each(schemeVariants)('$name leaves comparable what does not hang on it', ({ part, field, value }) => {
    const decides = fieldOf(part, field)?.decides
    const { composite, grades } = comparability(fullScheme, value)
    expect({ composite, grades }).toEqual({
      composite: decides === null || decides === 'grades',
      grades: decides === null,
    })
  })
})

describe('what two schemes say differently', () => {
  const rekeyed = <Of>(value: Of): Of =>
    JSON.parse(JSON.stringify(value), (name, inside: unknown) =>
      name === 'key' ? `x-${String(inside)}` : inside,
    ) as Of

  it.each(Object.entries(presets))('nothing, if %s bears other keys', (_, scheme) => {
    expect(saidDifferently(scheme, rekeyed(scheme))).toEqual([])
  })
  it('nothing in weights of one proportion, other writings of a number or a text, or another order of kinds', () => {
    const written = withComponents(fullScheme, (one) => {
      const variants = one.variants.map((variant) => ({ ...variant, weight: Number(variant.weight) * 3 }))
      const common = { weight: one.weight * 3, variants, clause: ` ${one.clause}` }
      switch (one.method) {
        case 'deductions':
          return { ...one, ...common, kinds: one.kinds.toReversed() }
        case 'external':
          return { ...one, ...common, full: `${one.full}.0` }
        case 'verified-marks':
          return { ...one, ...common }
      }
    })
    expect(saidDifferently(fullScheme, written)).toEqual([])
  })
  it('another order of parts, grades or indicators', () => {
    const turned = { ...fullScheme, components: fullScheme.components.toReversed() }
    expect(saidDifferently(fullScheme, turned)).toMatchObject([{ part: 'scheme', field: 'order' }])
  })
  it('a name that changed is another thing', () => {
    const [first, ...rest] = fullScheme.milestones
    const renamed = {
      ...fullScheme,
      milestones: [{ ...first, name: '另一事项' }, ...rest] as Scheme['milestones'],
    }
    expect(saidDifferently(fullScheme, renamed).map(({ change, part }) => `${change} ${part}`)).toEqual([
      'added milestone',
      'removed milestone',
    ])
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
