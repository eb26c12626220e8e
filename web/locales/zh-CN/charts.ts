export const charts = {
  table: '数据表',
  plot: '图',
  savePicture: '保存图片：{title}',
  asOf: '截至',
}
