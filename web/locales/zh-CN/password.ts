export const password = {
  title: '修改密码',
  forced: '当前密码由他人设置，修改后才能继续使用。',
  own: '修改后，其他设备上的登录将失效。',
  current: '当前密码',
  next: '新密码',
  repeat: '再次输入新密码',
  rules: '至少 8 个字符，可以是一句话，越长越好；不能与用户名相同。',
  tooShort: '密码至少 8 个字符，现在是 {count} 个。',
  sameAsUsername: '密码不能与用户名相同。',
  different: '两次输入的密码不一致。',
  submit: '修改密码',
  done: '密码已修改。',
}
