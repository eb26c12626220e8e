import { expect, it } from 'vitest'
import { participantChanges } from '../../web/components/year/participant-changes.ts'

it('says who comes in, who leaves and who changes its group', () => {
  const at = (unit: string, group: string) => ({ unitId: unit, unit, group })
  const before = [at('甲', '县区'), at('乙', '县区'), at('丙', '部门')]
  const after = [at('甲', '县区 '), at('丙', '县区'), at('丁', '部门')]
  expect(participantChanges(before, after)).toEqual({ added: ['丁'], removed: ['乙'], moved: ['丙'] })
})
