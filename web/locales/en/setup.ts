export const setup = {
  title: 'First setup',
}
