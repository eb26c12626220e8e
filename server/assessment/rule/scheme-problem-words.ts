import type { SchemeProblemCode } from './check-scheme.ts'

/** Each problem of a scheme as a sentence that says what to do, in both languages. */
export const schemeProblemWords: Readonly<
  Record<SchemeProblemCode, Readonly<Record<'zh-CN' | 'en', string>>>
> = {
  'no-components': { 'zh-CN': '至少要有一个部分。', en: 'There must be at least one component.' },
  'name-missing': { 'zh-CN': '请填写名称。', en: 'Fill in the name.' },
  'key-repeated': {
    'zh-CN': '标识与另一项重复，请删去其中一项。',
    en: 'Two entries share a key; remove one.',
  },
  'name-repeated': { 'zh-CN': '名称与另一项重复，请改名。', en: 'Another entry has this name; rename one.' },
  'weight-not-positive': { 'zh-CN': '权重须大于 0。', en: 'The weight must be above 0.' },
  'weights-not-100': {
    'zh-CN': '各部分权重之和不是 100，将按权重之比折算。',
    en: 'The weights do not add up to 100; shares follow their proportion.',
  },
  'points-not-positive': { 'zh-CN': '每项扣分须大于 0。', en: 'The points must be above 0.' },
  'floor-above-base': { 'zh-CN': '下限不能高于基准分。', en: 'The floor cannot be above the base.' },
  'cap-not-positive': {
    'zh-CN': '扣分上限须大于 0，不设上限请留空。',
    en: 'The cap must be above 0; leave it blank for none.',
  },
  'rectify-days-invalid': {
    'zh-CN': '整改天数须为 0 至 366 的整数。',
    en: 'Days to rectify must be a whole number from 0 to 366.',
  },
  'no-kinds': { 'zh-CN': '至少要有一个扣分类别。', en: 'There must be at least one kind of deduction.' },
  'no-windows': { 'zh-CN': '至少要有一个周期。', en: 'There must be at least one window.' },
  'full-not-positive': { 'zh-CN': '满分须为大于 0 的数。', en: 'Full marks must be a number above 0.' },
  'dimensions-not-full': {
    'zh-CN': '各维度满分之和与总满分不等。',
    en: 'The dimensions do not add up to the full marks.',
  },
  'branch-empty': {
    'zh-CN': '这一级下面没有指标，也没有满分；请填写满分或增加下级指标。',
    en: 'Nothing below and no full marks; give full marks or add an indicator.',
  },
  'no-grades': { 'zh-CN': '至少要有一个等次。', en: 'There must be at least one grade.' },
  'grades-not-to-zero': { 'zh-CN': '最低一等须从 0 分起。', en: 'The lowest grade must begin at 0.' },
  'grades-not-descending': {
    'zh-CN': '须低于上一等的起点，否则两等重叠。',
    en: 'Must be below the grade above, or the two overlap.',
  },
  'veto-unknown-grade': {
    'zh-CN': '一票否决所指的等次不存在。',
    en: 'The veto names a grade that does not exist.',
  },
  'decimals-out-of-range': { 'zh-CN': '小数位数须为 0 至 6。', en: 'Decimals must be from 0 to 6.' },
  'quota-out-of-range': { 'zh-CN': '比例须在 0 至 100 之间。', en: 'The share must be from 0 to 100.' },
  'bonus-cap-not-positive': { 'zh-CN': '加分上限须大于 0。', en: 'The bonus cap must be above 0.' },
  'milestone-invalid': { 'zh-CN': '没有这一天，请改日期。', en: 'There is no such day; change the date.' },
  'milestones-out-of-order': {
    'zh-CN': '日期早于上一项，请调整次序或日期。',
    en: 'Earlier than the entry before; change the order or the date.',
  },
}
