export const robustness = {
  column: '名次稳健区间',
  columnOf: '名次稳健区间 1–{of}',
  previous: '较上年',
  previousOf: '与 {year} 年同组名次相比',
  same: '名次不变',
  up: '上升 {n} 名',
  down: '下降 {n} 名',
  drawing: '正在计算 {percent}%',
  drawingRanks: '正在计算名次稳健区间',
  failed: '名次稳健区间没有算出来，正式名次不受影响。',
  rules:
    '稳健区间：{parts} 部分权重各在 ±{spread}% 内随机变动 {draws} 次，名次的 5%–95% 范围；横轴为第 1 至 {of} 名，竖线为正式名次。随机种子 {seed}，同样的数据总是得到同样的区间。',
  quotaNote: '等次稳健未计优秀名额。',
  onDesktop: '区间和各部分得分在横屏或电脑上显示。',
  rank: '第 {rank} 名',
  sure: '，稳健区间 {interval}；{grades}',
  of: '共 {of} 个',
}
