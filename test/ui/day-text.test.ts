import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays } from '#assessment/day'
import { readDay } from '../../web/components/ui/day-text.ts'

it.each([
  '2018-02-10',
  '2018-2-10',
  '2018.2.10',
  '2018/02/10',
  '2018年2月10日',
  '2018年02月10',
  '20180210',
  ' 2018 年 2 月 10 日 ',
  '２０１８－０２－１０',
  '２０１８．２．１０',
  '２０１８年２月１０日',
])('reads %s as people write it', (text) => expect(readDay(text)).toEqual({ day: '2018-02-10' }))

it.each(['2026-02-30', '2026年2月29日', '2026.13.1', '2026-00-10', '20260431'])(
  'says that there is no %s instead of putting it right',
  (text) => expect(readDay(text)).toEqual({ fault: 'none' }),
)

it.each([
  '2月10日',
  '2018-02',
  '18-2-10',
  '2018-2/10',
  '2018年2-10',
  '明天',
  '2018-02-10 14:00',
  '2018021',
  '10/02/2018',
])('does not guess what %s might mean', (text) => expect(readDay(text)).toEqual({ fault: 'unread' }))

it('reads back every day in every way of writing it', () => {
  const day = fc.integer({ min: 0, max: 80_000 }).map((count) => addDays('1900-01-01', count))
  fc.assert(
    fc.property(day, (on) => {
      const [year, month, date] = on.split('-').map(Number)
      for (const text of [
        on,
        `${year}.${month}.${date}`,
        `${year}年${month}月${date}日`,
        on.replaceAll('-', ''),
      ])
        expect(readDay(text)).toEqual({ day: on })
    }),
  )
})
