export const profile = {
  title: 'Me',
  username: 'Username',
  name: 'Name',
  role: 'Role',
  unit: 'Unit',
  more: 'Other pages',
  account: 'Account',
}
