export const units = {
  title: 'Units',
}
