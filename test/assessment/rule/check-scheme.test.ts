import { expect, it } from 'vitest'
import { checkScheme } from '#assessment/rule/check-scheme'
import { schemeProblemCodes } from '#assessment/rule/scheme-problem'
import { municipal } from '#assessment/presets/municipal'
import type {
  DeductionsComponent,
  ExternalComponent,
  Grade,
  Indicator,
  LedgerKind,
  Scheme,
  VerifiedMarksComponent,
  Veto,
  Window,
} from '#assessment/rule/scheme'
import { costing, gains, kindOf } from '../../fixtures/facts.ts'

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
const adjusted = (...kinds: LedgerKind[]): Scheme => ({ ...municipal, adjustments: gains({ kinds }) })
const variant = { group: '县区', weight: null, full: null }
const leaf: Indicator = {
  key: 'x',
  name: '指标',
  full: '5',
  scoring: null,
  scale: { type: 'free' },
  evidence: null,
  responsible: null,
  groups: null,
  clause: null,
  children: [],
}
const levels = (...words: readonly string[]): Indicator => ({
  ...leaf,
  scale: { type: 'levels', levels: words.map((word) => ({ word, marks: '1' })) },
})
const steps = (...from: readonly string[]): Indicator => ({
  ...leaf,
  scale: { type: 'steps', steps: from.map((atLeast) => ({ atLeast, marks: '1' })) },
})
const withGroupWeights = (...weights: readonly (number | 'not-applicable')[]): Scheme => ({
  ...municipal,
  components: municipal.components.map((component, index) => ({
    ...component,
    variants: [{ ...variant, weight: weights[index] ?? null }],
  })),
})
const line = { share: null, count: null, groups: [] }
const grades = (...from: number[]): Scheme => ({
  ...municipal,
  grades: from.map((edge, index) => ({ name: `第${index}等`, from: edge, ...line })),
})
const withGrade = (change: Partial<Grade>): Scheme => ({
  ...municipal,
  grades: municipal.grades.map((grade, index) => (index === 1 ? { ...grade, ...change } : grade)),
})
const withWindows = (...changes: Partial<Window>[]): Scheme =>
  withThird({
    windows: changes.map((change, index) => ({
      key: `w${index}`,
      name: `周期${index}`,
      ends: { yearOffset: 0, month: 3 * (index + 1), day: 30 },
      due: null,
      weight: null,
      ...change,
    })),
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
  ['name-missing', 'grades.0.name', { ...municipal, grades: [{ name: '', from: 0, ...line }] }],
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
    { ...municipal, grades: [80, 0].map((from) => ({ name: '同名', from, ...line })) },
  ],
  ['weight-negative', 'components.0.weight', withRoutine({ weight: -1 })],
  ['weight-negative', 'components.0.weight', withRoutine({ weight: 1.5 })],
  [
    'weight-negative',
    'components.2.variants.0.weight',
    withThird({ variants: [{ group: '县区', weight: -1, full: null }] }),
  ],
  [
    'weights-all-zero',
    'components',
    { ...municipal, components: municipal.components.map((component) => ({ ...component, weight: 0 })) },
  ],
  ['weights-not-100', 'components', withRoutine({ weight: 2999 })],
  ['points-negative', 'components.0.kinds.2.severities.0.points', withKind(costing(-1))],
  ['points-negative', 'components.0.kinds.2.severities.0.points', withKind(costing(0.5))],
  ['points-negative', 'adjustments.kinds.0.severities.0.points', adjusted(kindOf('加分', costing(-1)))],
  ['severity-missing', 'components.0.kinds.2.severities', withKind({ severities: [] })],
  ['area-unknown', 'components.0.kinds.2.area', withKind({ area: 'nowhere' })],
  ['cap-negative', 'components.0.areas.0.cap', withRoutine({ areas: [{ key: 'a', name: '归口', cap: -1 }] })],
  ['ceiling-below-floor', 'components.0.ceiling', withRoutine({ floor: 5000, ceiling: 4000 })],
  ['window-without-end', 'components.2.windows.0.ends', withWindows({ ends: null })],
  [
    'windows-end-alike',
    'components.2.windows.1.ends',
    withWindows({}, { ends: { yearOffset: 0, month: 3, day: 30 } }),
  ],
  ['window-weights-partly', 'components.2.windows', withWindows({ weight: 100 }, {})],
  ['window-weight-not-positive', 'components.2.windows.0.weight', withWindows({ weight: 0 })],
  [
    'milestone-invalid',
    'components.2.windows.0.ends',
    withWindows({ ends: { yearOffset: 0, month: 2, day: 30 } }),
  ],
  ['scale-not-positive', 'scale', { ...municipal, scale: 0 }],
  ['scale-not-positive', 'groupScales.0.scale', { ...municipal, groupScales: [{ group: '县区', scale: 0 }] }],
  [
    'leaf-scale-above-full',
    'components.1.indicators.0.scale',
    withSelf({
      indicators: [{ ...leaf, scale: { type: 'levels', levels: [{ word: '优', marks: '5.5' }] } }],
    }),
  ],
  [
    'leaf-scale-above-full',
    'components.1.indicators.0.scale',
    withSelf({
      indicators: [{ ...leaf, scale: { type: 'steps', steps: [{ atLeast: '12', marks: '5.5' }] } }],
    }),
  ],
  ['name-missing', 'components.2.variants.0.group', withThird({ variants: [{ ...variant, group: ' ' }] })],
  ['group-repeated', 'components.2.variants.1.group', withThird({ variants: [variant, variant] })],
  ['grade-without-line', 'grades.1.from', withGrade({ from: null })],
  ['grade-share-and-count', 'grades.1.count', withGrade({ share: 100, count: 1 })],
  [
    'clause-repeated',
    'clauses.1.number',
    { ...municipal, clauses: [1, 2].map(() => ({ number: '一', text: '内容' })) },
  ],
  ['floor-above-base', 'components.0.floor', withRoutine({ floor: 10_001 })],
  ['cap-negative', 'components.0.kinds.2.cap', withKind({ cap: -1 })],
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
  ['full-not-positive', 'components.0.full', withRoutine({ full: 0 })],
  ['full-not-positive', 'components.2.full', withThird({ full: 'x' })],
  ['full-not-positive', 'components.2.variants.0.full', withThird({ variants: [{ ...variant, full: '0' }] })],
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
  [
    'veto-unknown-grade',
    'components.0.kinds.2.vetoes',
    withKind({ vetoes: [{ type: 'grade', grade: '甲等' }] }),
  ],
  ['decimals-out-of-range', 'decimals', { ...municipal, decimals: 7 }],
  ['decimals-out-of-range', 'decimals', { ...municipal, decimals: 1.5 }],
  ['leaf-scale-repeated', 'components.1.indicators.0.scale', withSelf({ indicators: [levels('优', '优 ')] })],
  ['leaf-scale-repeated', 'components.1.indicators.0.scale', withSelf({ indicators: [steps('5', '5.0')] })],
  ['ledger-fixed', 'components.0.base', withRoutine({ base: 0, floor: 0 })],
  ['area-unused', 'components.0.areas.0.cap', withRoutine({ areas: [{ key: 'a', name: '归口', cap: 600 }] })],
  ['missing-without-windows', 'components.2.missing', withThird({ missing: 'zero' })],
  ['group-weights-zero', 'components.0.variants.0.weight', withGroupWeights(0, 'not-applicable', 0)],
  ['decimals-out-of-range', 'decimals', { ...municipal, decimals: -1 }],
  ['quota-out-of-range', 'grades.1.share', withGrade({ share: 10_001 })],
  ['quota-out-of-range', 'grades.1.share', withGrade({ share: -1 })],
  ['quota-out-of-range', 'grades.1.count', withGrade({ count: 1.5 })],
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

const warnings = new Set<string>([
  'weights-not-100',
  'group-weights-zero',
  'leaf-scale-above-full',
  'ledger-fixed',
  'area-unused',
  'missing-without-windows',
])

it.each(cases)('%s at %s', (code, path, scheme) => {
  expect(checkScheme(scheme)).toContainEqual({
    code,
    path,
    warning: warnings.has(code),
  })
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
    adjustments: gains({ gainCap: 300, unlock: { from: 8000, inclusive: true } }),
  }
  expect(checkScheme(sound)).toEqual([])
  expect(checkScheme(withGrade({ share: 3000 }))).toEqual([])
  const vetoes: Veto[] = [
    { type: 'grade', grade: '合格' },
    { type: 'at-most', composite: 5900 },
    { type: 'last' },
  ]
  expect(checkScheme(withKind({ vetoes, cap: 600, ...costing(0) }))).toEqual([])
  expect(checkScheme({ ...municipal, grades: [{ name: '合格', from: null, ...line }] })).toEqual([])
  const weightless = {
    ...municipal,
    components: [{ ...routine, weight: 0 }, self, { ...third, weight: 6000 }],
  }
  expect(checkScheme(weightless)).toEqual([])
})

it('a group whose grades overlap is told, and so are places that a grade beginning higher follows', () => {
  const ofGroup = { group: '县区', from: 9500, share: null, count: null }
  const overlapping = { code: 'grades-not-descending', warning: true }
  expect(checkScheme(withGrade({ groups: [ofGroup] }))).toEqual([
    { ...overlapping, path: 'grades.1.groups.0.from' },
  ])
  expect(checkScheme(withGrade({ groups: [{ ...ofGroup, from: 8500 }] }))).toEqual([])
  expect(checkScheme(withGrade({ from: 9500, count: 3 }))).toEqual([
    { ...overlapping, path: 'grades.1.from' },
  ])
})

it('a group of which some part weighs something, or to which nothing applies, is not reported', () => {
  expect(checkScheme(withGroupWeights(0, 0, 5))).toEqual([])
  expect(checkScheme(withGroupWeights(0))).toEqual([])
  expect(checkScheme(withGroupWeights('not-applicable', 'not-applicable', 'not-applicable'))).toEqual([])
})

it('an area that its kinds share, and a window in which nothing is handed in, are not reported', () => {
  const areas = [{ key: 'a', name: '归口', cap: 600 }]
  const kinds = routine.kinds.map((kind) => ({ ...kind, area: 'a' }))
  expect(checkScheme(withRoutine({ areas, kinds }))).toEqual([])
  const ends = { yearOffset: 0, month: 3, day: 31 }
  const spring: Window = { key: 'w', name: '一季度', ends, due: null, weight: null }
  expect(checkScheme(withSelf({ windows: [spring, ...self.windows] }))).toEqual([])
})
