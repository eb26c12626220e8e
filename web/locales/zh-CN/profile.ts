export const profile = {
  title: '我的',
}
