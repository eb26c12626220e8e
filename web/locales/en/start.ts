export const start = {
  title: 'Start an assessment',
}
