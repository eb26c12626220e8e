import { expect, it } from 'vitest'
import { nearestField } from '../../web/components/scheme/field-place.ts'

const fields = [
  'components.0.name',
  'components.0.kinds.0.name',
  'components.0.kinds.10.points',
  'components.0.kinds.1.points',
  'components.1.windows.0.due',
  'grades.0.name',
]

it.each([
  ['the field itself', 'components.0.kinds.1.points', 'components.0.kinds.1.points'],
  ['the first below a whole', 'components.0.kinds', 'components.0.kinds.0.name'],
  ['the first beside one that has no field', 'components.0.kinds.0.key', 'components.0.kinds.0.name'],
  ['the next place above when the place is gone', 'components.0.indicators.2.full', 'components.0.name'],
  ['nothing when there is none', 'milestones.0.due', undefined],
])('a link into the scheme finds %s', (_, path, field) => {
  expect(nearestField(fields, path)).toBe(field)
})
