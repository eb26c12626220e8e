export const effects = {
  title: '每一项对名次的影响',
  none: '：去掉任何一项，名次都不变',
  places: '：有 {n} 项去掉后名次会变',
  grades: '，有 {n} 项去掉后等次会变',
  caption:
    '逐项假设：问题或申诉被撤销、指标不适用，其他单位不变，按同一办法重新计算；影响大的在前。只供分析，等次未计优秀名额。',
  item: '去掉这一项',
  type: '性质',
  change: '综合变动',
  composite: '综合成绩',
  grade: '等次',
  rank: '名次',
  moved: '升降',
  types: { finding: '扣分问题', appeal: '申诉中的问题', indicator: '指标' },
  all: '全部 {n} 项',
  fewer: '只看影响最大的',
  omitted: '另有 {n} 项未计算。',
}
