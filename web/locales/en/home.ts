export const home = {
  title: 'Home',
  sentence: '{day}. Composite **{composite}, {grade}**. ',
  sentencePending: '{day}. The composite is **pending**; {names} is missing. ',
  mustRectify:
    '**One problem must be rectified by {day}**, | **{n} problems must be rectified, the first by {day}**,',
  orFalls: ' or the grade falls to {grade}.',
  orLoses: ' or points are lost.',
  margin: '{margin} above {line}',
  rankLater: 'The rank is shown after publication.',
  toArithmetic: 'See the arithmetic',
  notTaking: 'Your unit does not take part in this assessment',
  notTakingText:
    'The assessment office decides which units take part. Ask the office if in doubt, or switch to another assessment at the top of the page.',
  actions: {
    title: 'One thing you can still do, worth {worth} | {n} things you can still do, worth {worth}',
    none: 'No open findings',
    noneText: 'New findings appear here with their deadline and what they are worth.',
    rectify: 'Rectify {number}',
    waits: '{number} handed in, waiting for review',
    before: 'By {day}',
    otherwise: 'If not',
    fallsTo: 'falls to',
    open: 'Open',
    openLabel: 'Open finding {number}',
  },
  losses: {
    title: 'Where {total} points went',
    someOpen: 'Where {total} points went: {open} may still come back',
    caption: 'By size. Unit: composite points. Hollow: under appeal, may still come back.',
    all: 'All {n}',
  },
  next: {
    title: 'What comes next',
    none: 'No further dates in this assessment.',
    deadline: 'Deadline',
    window: '{name}: self-assessment due',
  },
}
