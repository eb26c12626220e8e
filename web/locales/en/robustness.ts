export const robustness = {
  column: 'Rank interval',
  columnOf: 'Rank interval 1–{of}',
  previous: 'Change',
  previousOf: 'Against the rank in the same group in {year}',
  same: 'unchanged',
  up: 'up one place | up {n} places',
  down: 'down one place | down {n} places',
  drawing: '{percent}% drawn',
  drawingRanks: 'Drawing the rank intervals',
  failed: 'The rank intervals could not be computed. The official ranks are not affected.',
  rules:
    ' Rank interval: each of the {parts} weights is drawn {draws} times within ±{spread}% of its size; the interval holds the ranks from the 5th to the 95th percentile. The axis runs from rank 1 to {of}; the upright mark is the official rank. Random seed {seed}: the same scores always give the same interval.',
  quotaNote: ' Shares of grades leave the quota for the best grade aside.',
  onDesktop: ' Intervals and component scores are shown on a wider screen.',
  rank: 'Rank {rank}',
  sure: ', interval {interval}; {grades}',
  of: 'of {of}',
}
