import { expect, it } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import { placeNames } from '#assessment/rule/scheme-place'

it('tells a place of a scheme by the names on the way', () => {
  const [routine] = municipal.components
  const kind = routine?.method === 'deductions' ? routine.kinds[2]?.name : ''
  expect(placeNames(municipal, 'components.0.kinds.2.points')).toEqual([routine?.name, kind])
  expect(placeNames(municipal, 'components.9.kinds.0')).toEqual([])
})
