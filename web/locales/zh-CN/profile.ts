export const profile = {
  title: '我的',
  username: '用户名',
  name: '姓名',
  role: '角色',
  unit: '单位',
  more: '其他页面',
  account: '账号',
}
