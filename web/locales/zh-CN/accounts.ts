export const accounts = {
  title: '账号',
}
