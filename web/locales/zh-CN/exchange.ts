export const exchange = {
  title: '导入导出',
}
