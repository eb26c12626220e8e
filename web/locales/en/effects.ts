export const effects = {
  title: 'What each item does to the rank',
  none: ': leaving out any one changes no rank',
  places: ': one of them would change the rank | : {n} of them would change the rank',
  grades: ', one the grade | , {n} the grade',
  caption:
    'One at a time: the problem or appeal revoked, the indicator not applicable, other units as they are, computed again by the same scheme; the weightiest first. For analysis only; grades are before any quota.',
  item: 'Without this item',
  type: 'What it is',
  change: 'Change',
  composite: 'Composite',
  grade: 'Grade',
  rank: 'Rank',
  moved: 'Moved',
  types: { finding: 'problem', appeal: 'problem under appeal', indicator: 'indicator' },
  all: 'All {n}',
  fewer: 'Only the weightiest',
  omitted: 'One more was not computed. | {n} more were not computed.',
}
