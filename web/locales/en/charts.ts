export const charts = {
  table: 'Figures',
  plot: 'Chart',
  savePicture: 'Save as picture: {title}',
  asOf: 'As of',
}
