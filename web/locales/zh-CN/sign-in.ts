export const signIn = {
  title: '登录',
  sentence: '政务公开考核：每一分都有日期、事实和依据。',
  username: '用户名',
  password: '密码',
  submit: '登录',
  forgotten: '忘记密码请联系系统管理员重置。',
  again: '请重新登录',
  againText: '登录已过期。您填写的内容仍在页面上，登录后继续。',
  leave: '放弃并退出',
}
