export const simulation = {
  sentence:
    '改动权重、扣分标准或等次线，看名次会怎样变化。这里只是模拟，正式成绩和名次不受任何影响；当前设定写在网址里，可以直接发给同事。',
  fields: {
    title: '假如这样规定',
    caption: '权重按各部分所占比例折算，不必凑满 100。',
    reset: '恢复正式办法',
    official: '办法为 {value}',
    weights: '权重',
    points: '每个问题扣分',
    bands: '等次下限',
    noFigure: '请填不小于 0、至多两位小数的数字；没有改动的仍按原数计算。',
    faulty: '权重和扣分须大于 0，等次下限须从高到低。下面仍是正式名次。',
  },
  result: {
    title: '模拟结果：{moved} 个单位名次变化，{regraded} 个单位等次变化',
    unchanged: '还没有改动：模拟结果与正式名次相同',
    caption: '按模拟名次排列；底色标出等次有变化的单位。',
    rank: '模拟名次',
    change: '比正式',
    composite: '模拟成绩',
    officialRank: '正式名次',
    officialComposite: '正式成绩',
    officialGrade: '正式等次',
  },
  effective: {
    title: '真正拉开差距的是{name}：办法占 {nominal}，实际占 {effective}',
    blindTitle: '{name}几乎没有区分出单位',
    neutral: '各部分实际起的作用',
    blind:
      '{name}各单位得分的标准差只有 {deviation} 分：办法占 {nominal}，对名次的实际影响只占 {effective}，等于没有考核。',
    caption:
      '{n} 个已排名单位综合成绩的差异有多少来自各部分；浅色为办法权重，深色为实际权重，负数表示与其他部分方向相反。',
    nominal: '办法权重',
    effective: '实际权重',
    deviation: '标准差（分）',
  },
  flip: {
    title: '{component}的占比由 {nominal} 变为 {share} 时，两个单位换位',
    never: '单独改变任何一个部分的占比，这两个单位都不会换位',
    choose: '选两个不同的单位，看权重变到多少时名次互换',
    caption: '每次只改一个部分的占比，其余部分之间的比例不变；成绩按精确值比较。',
    first: '第一个单位',
    second: '第二个单位',
    and: '与',
    nominal: '办法占比',
    share: '换位占比',
    sides: '低于换位占比时{below}领先，高于时{above}领先',
    none: '不换位',
  },
  triangleLabel: '权重三角形：{first}与{second}各在哪些权重下领先（{parts}）',
  triangleCaption:
    '三角形内每一点是一种权重，越靠近一角，该部分占比越大。灰底和斜线各为一个单位领先的区域，分界线上两单位同分，圆点为正式权重。',
}
