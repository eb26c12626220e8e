import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '#assessment/day'
import { kept, nameOn, surplus } from '../../../server/operation/backup/rotation.ts'

const days = (from: string, count: number) => Array.from({ length: count }, (_, at) => addDays(from, at))

/** What is there after a backup on each of these days, with the surplus removed each time. */
function after(all: readonly string[]): string[] {
  let there: string[] = []
  for (const day of all) {
    there.push(nameOn(day))
    const gone = new Set(surplus(there))
    there = there.filter((name) => !gone.has(name))
  }
  return there.map((name) => name.slice('zhengheng-'.length, -'.backup'.length))
}

describe('daily backups', () => {
  test('after two years are those of 7 days, 4 weeks and 12 months', () => {
    const months = [
      '01-31',
      '02-28',
      '03-31',
      '04-30',
      '05-31',
      '06-30',
      '07-31',
      '08-31',
      '09-30',
      '10-31',
      '11-30',
    ]
    const weeks = ['12-12', '12-19']
    const newest = ['12-25', '12-26', '12-27', '12-28', '12-29', '12-30', '12-31']
    expect(after(days('2026-01-01', 730))).toEqual(
      [...months, ...weeks, ...newest].map((day) => `2027-${day}`),
    )
  })

  test('are never fewer than the newest of each period, whatever was missed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(800), { minLength: 1, maxLength: 60 }), (offsets) => {
        const all = offsets.map((offset) => addDays('2026-01-01', offset)).sort()
        const there = after(all)
        expect(there).toEqual(expect.arrayContaining(all.slice(-kept.days)))
        const months = [...new Set(all.map((day) => day.slice(0, 7)))].slice(-kept.months)
        for (const month of months) expect(there.some((day) => day.startsWith(month))).toBe(true)
      }),
    )
  })

  test('survive a clock that ran ahead for a day', () => {
    const before = days('2026-01-01', 60)
    const there = after([...before, '2035-06-01', ...days('2026-03-02', 3)])
    expect(there).toEqual(expect.arrayContaining(['2026-01-31', ...days('2026-03-02', 3)]))
  })

  test('are the only files that are ever removed', () => {
    const others = ['notes.txt', 'zhengheng-before-upgrade.backup', 'zhengheng-2026-01-01.backup.evidence']
    expect(surplus([...others, ...days('2026-01-01', 20).map(nameOn)]).length).toBeGreaterThan(0)
    expect(surplus(others)).toEqual([])
  })
})
