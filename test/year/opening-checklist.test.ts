import { describe, expect, it } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import type { Component, Indicator, Scheme } from '#assessment/rule/scheme'
import {
  checkCodes,
  isReady,
  openingChecklist,
  type CheckCode,
  type Preparation,
} from '../../server/year/opening-checklist.ts'

const office = '市政府办公室'
const named = ['市政府新闻办', '市公安局', '市司法局', '市大数据局', '督查组']
const unit = '市水利局'

/** A year in which nothing is missing. */
const whole: Preparation = {
  scheme: municipal,
  year: 2018,
  today: '2018-01-02',
  office,
  units: new Set([office, ...named, unit]),
  participants: [{ unit, group: '市直部门' }],
  accounts: [
    { unit: office, role: 'office' },
    ...named.map((name) => ({ unit: name, role: 'agency' as const })),
    { unit, role: 'editor' },
    { unit, role: 'head' },
  ],
  windows: [
    { component: 'self', key: 'H1', dueOn: '2018-07-15' },
    { component: 'self', key: 'H2', dueOn: '2019-01-15' },
  ],
  announced: new Set([2018, 2019]),
  commissioned: new Set(['external', 'third-party']),
}
const external = municipal.components.find(({ method }) => method === 'external')
const ready: Preparation = { ...whole, commissioned: new Set([external?.key ?? '']) }

const withComponents = (change: (component: Component) => Component): Scheme => ({
  ...municipal,
  components: municipal.components.map(change),
})
const withTree = (change: (areas: readonly Indicator[]) => readonly Indicator[]): Scheme =>
  withComponents((component) =>
    component.method === 'verified-marks'
      ? { ...component, indicators: change(component.indicators) }
      : component,
  )
const withoutAccounts = (gone: string, role?: string): Partial<Preparation> => ({
  accounts: ready.accounts.filter((one) => one.unit !== gone || (role !== undefined && one.role !== role)),
})
const without = (gone: string): Partial<Preparation> => ({
  units: new Set([...ready.units].filter((name) => name !== gone)),
})
const onlyFor = (group: string): Scheme =>
  withTree((areas) => areas.map((area) => ({ ...area, groups: [group] })))

const cases: Record<CheckCode, [Partial<Preparation>, object]> = {
  'scheme-unsound': [
    {
      scheme: withComponents((one) =>
        one.method === 'deductions'
          ? {
              ...one,
              kinds: one.kinds.map((kind, index) => (index === 2 ? { ...kind, severities: [] } : kind)),
            }
          : one,
      ),
    },
    {
      severity: 'error',
      target: 'scheme',
      problems: [{ path: 'components.0.kinds.2.severities', code: 'severity-missing' }],
    },
  ],
  'no-participants': [
    { participants: [] },
    { severity: 'error', target: 'participants', count: 1, items: [] },
  ],
  'provider-unknown': [without('市公安局'), { severity: 'error', target: 'units', items: ['市公安局'] }],
  'responsible-unknown': [without('市司法局'), { severity: 'error', target: 'units', items: ['市司法局'] }],
  'windows-out-of-order': [
    { windows: ready.windows.map((one) => ({ ...one, dueOn: '2018-07-15' })) },
    {
      severity: 'error',
      target: 'scheme',
      items: ['自我考核 下半年'],
      paths: ['components.1.windows.1.due'],
    },
  ],
  'window-past': [
    { today: '2018-07-16' },
    { severity: 'warning', target: 'dates', items: ['自我考核 上半年 2018-07-15'] },
  ],
  'group-without-indicators': [
    { scheme: onlyFor('县区'), participants: [...ready.participants, { unit: office, group: '县区' }] },
    { severity: 'warning', target: 'participants', items: ['市直部门'] },
  ],
  'group-unknown': [
    { scheme: withTree((areas) => areas.map((one, at) => (at === 3 ? { ...one, groups: ['县区'] } : one))) },
    { severity: 'warning', target: 'scheme', items: ['县区'], paths: ['components.1.indicators.3.groups'] },
  ],
  'provider-without-account': [
    withoutAccounts('市公安局'),
    { severity: 'warning', target: 'accounts', items: ['市公安局'] },
  ],
  'responsible-without-account': [
    withoutAccounts('市司法局'),
    { severity: 'warning', target: 'accounts', items: ['市司法局'] },
  ],
  'unit-without-editor': [withoutAccounts(unit), { severity: 'warning', target: 'accounts', items: [unit] }],
  'unit-without-head': [
    withoutAccounts(unit, 'head'),
    { severity: 'warning', target: 'accounts', items: [unit] },
  ],
  'holidays-unannounced': [
    { announced: new Set([2018]) },
    { severity: 'warning', target: 'dates', items: ['2019'] },
  ],
  'no-commission': [
    { commissioned: new Set() },
    { severity: 'note', target: 'commission', items: ['第三方评估'] },
  ],
}

describe('the checklist before opening', () => {
  it('is empty and ready when nothing is missing', () => {
    expect(openingChecklist(ready)).toEqual([])
    expect(isReady([])).toBe(true)
  })

  it.each(checkCodes)('names %s with its weight, its items and the place to put it right', (code) => {
    const [change, told] = cases[code]
    const items = openingChecklist({ ...ready, ...change })
    const item = items.find((one) => one.code === code)
    expect(item).toMatchObject(told)
    expect(isReady(items)).toBe(item?.severity !== 'error')
  })

  it('counts all but names twenty, the blocking ones first', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ unit: `单位${index}`, group: '市直部门' }))
    const items = openingChecklist({ ...ready, ...without('市公安局'), participants: many })
    expect(items.map(({ code }) => code)).toEqual([
      'provider-unknown',
      'unit-without-editor',
      'unit-without-head',
    ])
    expect([items[1]?.count, items[1]?.items.length]).toEqual([30, 20])
  })

  it('lets the office’s own account stand for what the office provides and verifies', () => {
    const items = openingChecklist({ ...ready, ...withoutAccounts(office) })
    expect(items.map(({ code }) => code)).toEqual(['provider-without-account'])
  })
})
