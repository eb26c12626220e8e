export const charts = {
  table: 'Figures',
  plot: 'Chart',
  savePicture: 'Save as picture: {title}',
  asOf: 'As of',
  today: 'Today',
  todayKey: 'Back to today (or press T in the date field)',
}
