import { expect, it } from 'vitest'
import {
  differingParticipants,
  participantSections,
  regrouped,
} from '../../web/components/year/participant-sections.ts'

const row = (unitId: string, group: string) => ({ unitId, unit: `市${unitId}局`, group })
const rows = [row('水务', '市直部门'), row('东城', '县区'), row('民政', '市直部门')]

it('units stand under their groups, groups in the order of their first unit', () => {
  expect(participantSections(rows).map(({ group, rows }) => [group, rows.map(({ unit }) => unit)])).toEqual([
    ['市直部门', ['市水务局', '市民政局']],
    ['县区', ['市东城局']],
  ])
})

it('several units go to another group together, and the order that settles ties stays', () => {
  const moved = regrouped(rows, new Set(['东城', '民政']), '派出机构')
  expect(moved.map(({ unitId, group }) => [unitId, group])).toEqual([
    ['水务', '市直部门'],
    ['东城', '派出机构'],
    ['民政', '派出机构'],
  ])
})

it('of two lists only what differs is told: who is in one alone, and who is in another group', () => {
  const theirs = [row('水务', '市直部门'), row('民政', '县区'), row('司法', '市直部门')]
  expect(differingParticipants(rows, theirs)).toEqual([
    { unit: '市民政局', mine: '市直部门', theirs: '县区' },
    { unit: '市司法局', mine: null, theirs: '市直部门' },
    { unit: '市东城局', mine: '县区', theirs: null },
  ])
  expect(differingParticipants(rows, rows)).toEqual([])
})
