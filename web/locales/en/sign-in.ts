export const signIn = {
  title: 'Sign in',
  sentence: 'Scorecards for open government: every point is a dated fact with a clause behind it.',
  username: 'Username',
  password: 'Password',
  submit: 'Sign in',
  forgotten: 'Forgotten it? The system administrator can reset it.',
  again: 'Please sign in again',
  againText: 'Your session has ended. What you typed is still on the page; sign in to go on.',
  leave: 'Give up and sign out',
}
