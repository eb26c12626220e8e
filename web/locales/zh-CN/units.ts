export const units = {
  title: '单位',
}
