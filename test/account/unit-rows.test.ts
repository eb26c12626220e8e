import { expect, it } from 'vitest'
import { unitRows, withUnitsAbove } from '../../web/components/account/unit-rows.ts'

const unit = (id: string, parentId: string | null, position: number) =>
  ({ id, name: `单位${id}`, kind: 'department', parentId, position, etag: '' }) as const
const units = [
  unit('c', 'a', 2),
  unit('b', 'a', 1),
  unit('a', null, 1),
  unit('d', 'b', 1),
  unit('e', 'gone', 0),
]
const shown = (rows: ReturnType<typeof unitRows>) => rows.map(({ unit, depth }) => `${depth}${unit.id}`)

it('lists parents before their children, siblings in their order, and what hangs in the air at the top', () => {
  const rows = unitRows(units)
  expect(shown(rows)).toEqual(['0e', '0a', '1b', '2d', '1c'])
  expect(rows.map(({ parent }) => parent)).toEqual([null, null, '单位a', '单位b', '单位a'])
})

it('keeps the units above those that a search has found', () => {
  const rows = unitRows(units)
  expect(
    shown(
      withUnitsAbove(
        rows,
        rows.filter(({ unit }) => unit.id === 'd'),
      ),
    ),
  ).toEqual(['0a', '1b', '2d'])
  expect(withUnitsAbove(rows, [])).toEqual([])
  expect(withUnitsAbove(rows, rows)).toEqual(rows)
})
