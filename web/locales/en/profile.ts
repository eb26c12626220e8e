export const profile = {
  title: 'Me',
}
