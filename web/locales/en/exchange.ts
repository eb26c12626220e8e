export const exchange = {
  title: 'Import and export',
}
