export const rectification = {
  title: 'Rectification',
  sentence: '**{review} to review**, {overdue} overdue, {soon} due within two weeks.',
  tab: {
    review: 'To review',
    overdue: 'Overdue',
    'due-soon': 'Due within two weeks',
  },
  empty: {
    review: 'Nothing to review',
    overdue: 'Nothing overdue',
    'due-soon': 'Nothing due within two weeks',
  },
  emptyText: {
    review:
      'Rectifications that units submit appear here for the providing unit: accepting closes the finding, rejecting sends it back.',
    overdue: 'Findings whose deadline has passed without an accepted rectification.',
    'due-soon': 'Findings due within 14 days for which nothing has been submitted.',
  },
  rank: 'Rank',
}
