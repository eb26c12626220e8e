import { expect, it } from 'vitest'
import { pastedParticipants } from '../../web/components/year/pasted-participants.ts'

const units = [
  { id: 'water', name: '市水务局' },
  { id: 'civil', name: '市民政局' },
]

it('units pasted with row numbers, a heading and a sum are found, whatever the width; others are named', () => {
  const lines = [
    '序号\t单位名称\t分组',
    '1\t市水务局\t市直部门',
    '2\t市民政局（\t',
    '３\t市 民政局\t',
    '合计\t2\t',
    '4\t民政局',
  ]
  const { found, unknown } = pastedParticipants(lines.join('\n'), units, '其他')
  expect(found).toEqual([
    { unitId: 'water', unit: '市水务局', group: '市直部门' },
    { unitId: 'civil', unit: '市民政局', group: '其他' },
  ])
  expect(unknown.map(({ written }) => written)).toEqual(['市民政局（', '民政局'])
})

it('a name that is no unit stays with its line, so that its group is not lost when it is put right', () => {
  const { unknown } = pastedParticipants('民政局\t派出机构', units, '其他')
  expect(unknown).toEqual([{ written: '民政局', line: '民政局\t派出机构' }])
})
