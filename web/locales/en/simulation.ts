export const simulation = {
  sentence:
    'Change weights, points per problem or grade lines and see the ranking move. This is a simulation: official scores and ranks stay as they are. The settings are in the address, which can be sent to a colleague.',
  more: 'Simulate more',
  fields: {
    title: 'If the rule were',
    caption: 'A weight counts as its share of all weights; they need not add up to 100.',
    reset: 'Back to the scheme',
    official: 'scheme: {value}',
    weights: 'Weight',
    points: 'Points per problem',
    bands: 'Lower bound of the grade',
    noFigure: 'Enter a number of at least 0 with at most two decimals. The previous figures still apply.',
    faulty:
      'Weights and points must be above 0 and grade bounds must descend. The official ranking is shown meanwhile.',
  },
  facts: {
    title: 'If one unit’s facts were different',
    caption:
      'Revoke problems, add some, or change verified and external marks; blanks stay as they are. Computed on this page only; no record changes.',
    unit: 'Unit',
    revoke: 'Revoke problems that cost points',
    add: 'More problems',
    each: '{points} each',
    marks: 'Verified and external marks',
    now: 'now {value}',
    outOf: 'now {value} of {full}',
    leaf: 'Change the marks of one indicator',
    possible: 'Counts from 0 to 50; marks from 0 to the full marks. What is not right yet counts as it is.',
    reset: 'Back to the facts ({n})',
  },
  result: {
    title: 'Simulated: ranks changed {moved}, grades changed {regraded}',
    unchanged: 'Nothing changed yet: the simulation equals the official ranking',
    caption: 'In simulated order; units whose grade changes are shaded.',
    rank: 'Simulated rank',
    change: 'Change',
    composite: 'Simulated',
    officialRank: 'Official rank',
    officialComposite: 'Official',
    officialGrade: 'Official grade',
  },
  effective: {
    title: 'What sets units apart most is {name}: {nominal} by the scheme, {effective} in effect',
    blindTitle: '{name} hardly tells units apart',
    neutral: 'What each component does in effect',
    blind:
      '{name}: scores differ by a standard deviation of only {deviation}. By the scheme it counts {nominal}, in effect {effective}, as if it had not been assessed.',
    caption:
      'How much of the difference between the composites of {n} ranked units comes from each component. Light: weight by the scheme; dark: effective weight. Negative: it runs against the others.',
    nominal: 'By the scheme',
    effective: 'In effect',
    deviation: 'Std. deviation',
  },
  flip: {
    title: 'The two change places when the share of {component} goes from {nominal} to {share}',
    never: 'No change of a single share makes these two change places',
    choose: 'Choose two different units to see at which weight they change places',
    caption:
      'One share changes at a time and the others keep their proportions. Exact composites are compared.',
    first: 'First unit',
    second: 'Second unit',
    and: 'and',
    nominal: 'Share by scheme',
    share: 'Share at the flip',
    sides: 'Below it {below} leads, above it {above}',
    none: 'no flip',
  },
  triangleLabel: 'Weight triangle: under which weights {first} or {second} leads ({parts})',
  triangleCaption:
    'Each point is a way of weighting; the nearer a corner, the more that component counts. Grey and hatching are where one unit leads, on the line they are equal, and the dot is the official weighting.',
}
