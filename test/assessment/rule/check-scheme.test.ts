import { expect, it } from 'vitest'
import { checkScheme, schemeProblemCodes } from '#assessment/rule/check-scheme'
import { municipal } from '#assessment/presets/municipal'
import type {
  DeductionsComponent,
  ExternalComponent,
  Indicator,
  Scheme,
  VerifiedMarksComponent,
} from '#assessment/rule/scheme'

const [routine, self, third] = municipal.components as [
  DeductionsComponent,
  VerifiedMarksComponent,
  ExternalComponent,
]
const withRoutine = (change: Partial<DeductionsComponent>): Scheme => ({
  ...municipal,
  components: [{ ...routine, ...change }, self, third],
})
const withKind = (change: Partial<DeductionsComponent['kinds'][number]>): Scheme =>
  withRoutine({ kinds: routine.kinds.map((kind, index) => (index === 2 ? { ...kind, ...change } : kind)) })
const withSelf = (change: Partial<VerifiedMarksComponent>): Scheme => ({
  ...municipal,
  components: [routine, { ...self, ...change }, third],
})
const withThird = (change: Partial<ExternalComponent>): Scheme => ({
  ...municipal,
  components: [routine, self, { ...third, ...change }],
})
const leaf: Indicator = {
  key: 'x',
  name: '指标',
  full: '5',
  scoring: null,
  evidence: null,
  responsible: null,
  groups: null,
  clause: null,
  children: [],
}
const grades = (...from: number[]): Scheme => ({
  ...municipal,
  grades: from.map((one, index) => ({ name: `第${index}等`, from: one })),
})
const milestone = (month: number, day: number, yearOffset = 0) => ({
  key: `${month}-${day}`,
  name: '节点',
  due: { yearOffset, month, day },
  clause: '',
})

const cases: [string, string, Scheme][] = [
  ['no-components', 'components', { ...municipal, components: [] }],
  ['name-missing', 'components.0.name', withRoutine({ name: ' ' })],
  ['name-missing', 'components.0.kinds.2.name', withKind({ name: '' })],
  ['name-missing', 'components.1.indicators.0.name', withSelf({ indicators: [{ ...leaf, name: '' }] })],
  ['name-missing', 'grades.0.name', { ...municipal, grades: [{ name: '', from: 0 }] }],
  [
    'name-missing',
    'components.1.windows.0.name',
    withSelf({ windows: self.windows.map((window) => ({ ...window, name: '' })) }),
  ],
  [
    'name-repeated',
    'components.1.indicators.1.name',
    withSelf({ indicators: [leaf, { ...leaf, key: 'y' }] }),
  ],
  [
    'name-missing',
    'components.2.dimensions.0.name',
    withThird({ dimensions: [{ key: 'a', name: ' ', full: '100' }] }),
  ],
  ['name-missing', 'milestones.0.name', { ...municipal, milestones: [{ ...milestone(1, 1), name: '' }] }],
  ['key-repeated', 'components.1.key', withSelf({ key: 'routine' })],
  ['key-repeated', 'components.0.kinds', withKind({ key: '上级检查通报' })],
  ['key-repeated', 'components.1.indicators', withSelf({ indicators: [leaf, { ...leaf, name: '另一' }] })],
  [
    'key-repeated',
    'components.1.windows.1.key',
    withSelf({ windows: self.windows.map((window) => ({ ...window, key: 'H1' })) }),
  ],
  ['name-repeated', 'components.2.name', withThird({ name: '平时考核' })],
  ['name-repeated', 'components.0.kinds.2.name', withKind({ name: '上级检查通报' })],
  [
    'name-repeated',
    'grades.1.name',
    { ...municipal, grades: [80, 0].map((from) => ({ name: '同名', from })) },
  ],
  ['weight-not-positive', 'components.0.weight', withRoutine({ weight: 0 })],
  ['weight-not-positive', 'components.0.weight', withRoutine({ weight: 1.5 })],
  ['weights-not-100', 'components', withRoutine({ weight: 2999 })],
  ['points-not-positive', 'components.0.kinds.2.points', withKind({ points: 0 })],
  ['points-not-positive', 'components.0.kinds.2.points', withKind({ points: 0.5 })],
  ['floor-above-base', 'components.0.floor', withRoutine({ floor: 10_001 })],
  ['cap-not-positive', 'components.0.kinds.2.cap', withKind({ cap: 0 })],
  [
    'rectify-days-invalid',
    'components.0.kinds.2.rectifyWithin.days',
    withKind({ rectifyWithin: { days: -1, count: 'working' } }),
  ],
  [
    'rectify-days-invalid',
    'components.0.kinds.2.rectifyWithin.days',
    withKind({ rectifyWithin: { days: 367, count: 'working' } }),
  ],
  [
    'rectify-days-invalid',
    'components.0.kinds.2.rectifyWithin.days',
    withKind({ rectifyWithin: { days: 1.5, count: 'working' } }),
  ],
  ['no-kinds', 'components.0.kinds', withRoutine({ kinds: [] })],
  ['no-windows', 'components.1.windows', withSelf({ windows: [] })],
  ['full-not-positive', 'components.1.indicators.0.full', withSelf({ indicators: [{ ...leaf, full: '0' }] })],
  ['full-not-positive', 'components.2.full', withThird({ full: 'x' })],
  [
    'full-not-positive',
    'components.2.dimensions.0.full',
    withThird({ dimensions: [{ key: 'a', name: 'a', full: '-1' }] }),
  ],
  [
    'dimensions-not-full',
    'components.2.dimensions',
    withThird({ dimensions: [{ key: 'a', name: 'a', full: '99.9' }] }),
  ],
  [
    'branch-empty',
    'components.1.indicators.0.children.0.children',
    withSelf({ indicators: [{ ...leaf, full: null, children: [{ ...leaf, full: null }] }] }),
  ],
  ['no-grades', 'grades', grades()],
  ['grades-not-to-zero', 'grades.1.from', grades(9000, 1)],
  ['grades-not-descending', 'grades.1.from', grades(9000, 9000, 0)],
  ['veto-unknown-grade', 'components.0.kinds.2.veto', withKind({ veto: '甲等' })],
  ['decimals-out-of-range', 'decimals', { ...municipal, decimals: 7 }],
  ['decimals-out-of-range', 'decimals', { ...municipal, decimals: 1.5 }],
  ['decimals-out-of-range', 'decimals', { ...municipal, decimals: -1 }],
  [
    'quota-out-of-range',
    'excellenceQuota.percent',
    { ...municipal, excellenceQuota: { percent: 10_001, clause: '' } },
  ],
  [
    'quota-out-of-range',
    'excellenceQuota.percent',
    { ...municipal, excellenceQuota: { percent: -1, clause: '' } },
  ],
  [
    'bonus-cap-not-positive',
    'bonus.cap',
    { ...municipal, bonus: { name: '加分', unlockedFrom: 0, cap: 0, clause: '' } },
  ],
  ['milestone-invalid', 'milestones.0.due', { ...municipal, milestones: [milestone(2, 30)] }],
  ['milestone-invalid', 'milestones.0.due', { ...municipal, milestones: [milestone(13, 1)] }],
  ['milestone-invalid', 'milestones.0.due', { ...municipal, milestones: [milestone(0, 1)] }],
  ['milestone-invalid', 'milestones.0.due', { ...municipal, milestones: [milestone(1, 0)] }],
  [
    'milestones-out-of-order',
    'milestones.1.due',
    { ...municipal, milestones: [milestone(1, 10, 1), milestone(7, 15)] },
  ],
]

it.each(cases)('%s at %s', (code, path, scheme) => {
  expect(checkScheme(scheme)).toContainEqual({ code, path, warning: code === 'weights-not-100' })
})

it('every problem that can be reported has a case', () => {
  expect(new Set(cases.map(([code]) => code))).toEqual(new Set(schemeProblemCodes))
})

it('a veto, a quota, a bonus, dimensions and a cap that are sound are not reported', () => {
  const sound: Scheme = {
    ...withThird({
      dimensions: [
        { key: 'a', name: 'a', full: '60.5' },
        { key: 'b', name: 'b', full: '39.5' },
      ],
    }),
    excellenceQuota: { percent: 3000, clause: '' },
    bonus: { name: '加分', unlockedFrom: 8000, cap: 300, clause: '' },
  }
  expect(checkScheme(sound)).toEqual([])
  expect(checkScheme(withKind({ veto: '合格', cap: 600 }))).toEqual([])
  expect(checkScheme({ ...municipal, grades: [{ name: '合格', from: -100 }] })).toEqual([])
})
