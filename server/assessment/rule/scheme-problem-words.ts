import type { SchemeProblemCode } from './scheme-problem.ts'

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
  'weight-negative': { 'zh-CN': '权重不能小于 0。', en: 'The weight cannot be below 0.' },
  'weights-all-zero': {
    'zh-CN': '各部分权重都是 0，无法计算综合成绩。',
    en: 'Every weight is 0, so that there is no composite.',
  },
  'weights-not-100': {
    'zh-CN': '各部分权重之和不是 100，将按权重之比折算。',
    en: 'The weights do not add up to 100; shares follow their proportion.',
  },
  'group-weights-zero': {
    'zh-CN': '适用于这一分组的部分权重都是 0，该组没有综合成绩。',
    en: 'Every part that applies to this group weighs 0, so that it has no composite.',
  },
  'points-negative': { 'zh-CN': '分值不能小于 0。', en: 'The points cannot be below 0.' },
  'severity-missing': { 'zh-CN': '至少要有一个档次。', en: 'There must be at least one severity.' },
  'area-unknown': {
    'zh-CN': '所属的归口不存在，请另选。',
    en: 'Its area does not exist; choose another.',
  },
  'floor-above-base': { 'zh-CN': '下限不能高于基准分。', en: 'The floor cannot be above the base.' },
  'ceiling-below-floor': { 'zh-CN': '上限不能低于下限。', en: 'The ceiling cannot be below the floor.' },
  'ledger-fixed': {
    'zh-CN': '上限与下限相等，得分不会变动；请填写基准分、满分或上限。',
    en: 'The ceiling is the floor, so that the score never changes; give a base, full marks or a ceiling.',
  },
  'cap-negative': {
    'zh-CN': '上限不能小于 0。',
    en: 'The cap cannot be below 0.',
  },
  'area-unused': {
    'zh-CN': '没有类别属于这一归口，上限不起作用。',
    en: 'No kind belongs to this area, so that its cap does nothing.',
  },
  'rectify-days-invalid': {
    'zh-CN': '整改天数须为 0 至 366 的整数。',
    en: 'Days to rectify must be a whole number from 0 to 366.',
  },
  'no-kinds': { 'zh-CN': '至少要有一个扣分类别。', en: 'There must be at least one kind of deduction.' },
  'no-windows': { 'zh-CN': '至少要有一个周期。', en: 'There must be at least one window.' },
  'missing-without-windows': {
    'zh-CN': '这一部分没有周期，不会关闭，未给分的保持待定，不记 0 分。',
    en: 'This part has no window that closes: marks never given stay pending and do not count as 0.',
  },
  'window-without-end': {
    'zh-CN': '请填写统计截止日或报送日。',
    en: 'Give the day on which its statistics end, or its due day.',
  },
  'windows-end-alike': {
    'zh-CN': '与另一周期的统计截止日相同。',
    en: 'Another window ends on the same day.',
  },
  'window-weights-partly': {
    'zh-CN': '各周期的权重要么都填写，要么都不填写。',
    en: 'Give every window a weight, or none.',
  },
  'window-weight-not-positive': {
    'zh-CN': '周期的权重须大于 0。',
    en: 'The weight of a window must be above 0.',
  },
  'scale-not-positive': { 'zh-CN': '满分制须大于 0。', en: 'The scale must be above 0.' },
  'leaf-scale-above-full': {
    'zh-CN': '计分方式给出的分数高于满分。',
    en: 'The scale gives more than full marks.',
  },
  'leaf-scale-repeated': {
    'zh-CN': '计分方式中有两档相同，请删去一档。',
    en: 'The scale has a level or step twice; remove one.',
  },
  'group-repeated': { 'zh-CN': '这一分组已另有一行。', en: 'This group has another row.' },
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
  'grades-not-to-zero': {
    'zh-CN': '最低一等收下其余所有单位，下限分须为 0 或空白。',
    en: 'The lowest grade takes all others: its line must be 0 or blank.',
  },
  'grades-not-descending': {
    'zh-CN': '须低于上一等的起点，否则两等重叠。',
    en: 'Must be below the grade above, or the two overlap.',
  },
  'grade-without-line': {
    'zh-CN': '请填写下限分、比例或名额中的一项。',
    en: 'Give a line, a share or a number.',
  },
  'grade-share-and-count': {
    'zh-CN': '比例和名额只填一项。',
    en: 'Give a share or a number, not both.',
  },
  'veto-unknown-grade': {
    'zh-CN': '一票否决所指的等次不存在。',
    en: 'The veto names a grade that does not exist.',
  },
  'decimals-out-of-range': { 'zh-CN': '小数位数须为 0 至 6。', en: 'Decimals must be from 0 to 6.' },
  'quota-out-of-range': {
    'zh-CN': '比例须在 0 至 100 之间，名额须为不小于 0 的整数。',
    en: 'A share must be from 0 to 100, a number whole and not below 0.',
  },
  'clause-repeated': { 'zh-CN': '这一条款编号已有。', en: 'Another clause has this number.' },
  'milestone-invalid': { 'zh-CN': '没有这一天，请改日期。', en: 'There is no such day; change the date.' },
  'milestones-out-of-order': {
    'zh-CN': '日期早于上一项，请调整次序或日期。',
    en: 'Earlier than the entry before; change the order or the date.',
  },
}
