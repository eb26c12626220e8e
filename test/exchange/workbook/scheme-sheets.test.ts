import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { checkScheme } from '#assessment/rule/check-scheme'
import { municipal } from '#assessment/presets/municipal'
import { presetKeys, presets } from '#assessment/presets/registry'
import type { Scheme } from '#assessment/rule/scheme'
import { readNamedSheets } from '../../../server/exchange/workbook/named-sheets.ts'
import {
  readScheme,
  schemeFrom,
  schemeSheetNames,
  writeScheme,
} from '../../../server/exchange/workbook/scheme-sheets.ts'
import { workbookOf } from '../../fixtures/workbooks.ts'
import { randomScheme } from '../../fixtures/random-scheme.ts'

/** Without the thread that keeps a hostile file at bay. */
async function read(scheme: Scheme, base: Scheme): Promise<Scheme> {
  const sheets = await readNamedSheets(await writeScheme(scheme), schemeSheetNames)
  if (!sheets.ok) throw new Error(JSON.stringify(sheets.problems))
  const reading = schemeFrom(sheets.sheets, base)
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems.slice(0, 3)))
  return reading.scheme
}

describe.each(presetKeys)('preset %s as a workbook', (key) => {
  it.each(presetKeys)('is the same scheme again, whatever scheme it is read over (%s)', async (over) => {
    expect(await read(presets[key], presets[over])).toEqual(presets[key])
  })
})

test('any sound scheme comes back from its workbook as it was: windows, days, options, keys and all', async () => {
  await fc.assert(
    fc.asyncProperty(randomScheme, async (scheme) => {
      expect(checkScheme(scheme).filter(({ warning }) => !warning)).toEqual([])
      expect(await read(scheme, municipal)).toEqual(scheme)
    }),
    { numRuns: 10 },
  )
}, 60_000)

test('a workbook without the detail sheets leaves them as they are in the draft', async () => {
  const scheme: Scheme = { ...municipal, decimals: 3, publicity: 'own-grade', milestones: [] }
  const bytes = await workbookOf({
    等次: [
      ['等次', '下限分'],
      ['好', 80],
      ['差', 0],
    ],
  })
  const reading = await readScheme(bytes, scheme)
  expect(reading).toMatchObject({ ok: true })
  expect(reading.ok && reading.scheme).toEqual({
    ...scheme,
    grades: [
      { name: '好', from: 8000, share: null, count: null, groups: [] },
      { name: '差', from: 0, share: null, count: null, groups: [] },
    ],
  })
})

test('a day, a word or a part that does not exist is refused with its row and column', async () => {
  const bytes = await workbookOf({
    时间节点: [
      ['事项', '年', '月', '日'],
      ['通报', '明年', 2, 28],
      ['汇总', '次年', 13, 1],
    ],
    计算规则: [
      ['规则', '内容'],
      ['公开范围', '随便'],
    ],
    周期: [
      ['部分', '周期', '年', '月', '日'],
      ['没有的部分', '全年', '当年', 1, 1],
    ],
  })
  const reading = await readScheme(bytes, municipal)
  expect(reading.ok ? [] : reading.problems.map(({ sheet, row, column }) => [sheet, row, column])).toEqual([
    ['周期', 2, '部分'],
    ['时间节点', 2, '年'],
    ['时间节点', 3, '月'],
    ['计算规则', 2, '内容'],
  ])
})
