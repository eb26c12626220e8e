export const deductions = {
  title: 'Losses and fixes',
  sentence:
    'Lost of the composite: **{lost}**. Another **{risk}** is open; one finding to rectify. | Lost of the composite: **{lost}**. Another **{risk}** is open; {n} findings to rectify.',
  sentenceClear: 'Lost of the composite: **{lost}**. Nothing to rectify.',
  sentenceNone: 'Nothing lost and nothing to rectify.',
  none: 'Nothing lost, nothing open',
  noneText: 'Findings appear here with deadline, clause and cost once a providing unit records them.',
  all: 'All findings, closed ones too',
  placeSums: 'lost {lost}, open {risk}',
  places: 'By place',
  clause: 'Clause',
  source: 'Source',
  provider: 'Provided by',
  evidence: 'Evidence',
  history: 'Course: one fact | Course: {n} facts',
  appealBy: 'Appeal until {day}',
}
