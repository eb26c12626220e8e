export const password = {
  title: 'Change password',
  forced: 'Somebody else set your password. Change it to go on.',
  own: 'Sessions on other devices end when it changes.',
  current: 'Current password',
  next: 'New password',
  repeat: 'New password again',
  rules:
    'At least 8 characters, a whole sentence if you like, the longer the better; not the same as the username.',
  tooShort: 'A password has at least 8 characters; this one has {count}.',
  sameAsUsername: 'The password cannot be the username.',
  different: 'The two passwords differ.',
  submit: 'Change password',
  done: 'The password has been changed.',
}
