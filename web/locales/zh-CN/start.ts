export const start = {
  title: '开始考核',
}
