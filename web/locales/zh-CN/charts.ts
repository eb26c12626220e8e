export const charts = {
  table: '数据表',
  plot: '图',
  savePicture: '保存图片：{title}',
  asOf: '截至',
  today: '今天',
  todayKey: '回到今天（在日期框里按 T 也可以）',
}
