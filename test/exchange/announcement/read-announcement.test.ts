import { describe, expect, test } from 'vitest'
import { announcementFaultText } from '../../../server/exchange/announcement/faults.ts'
import { daysOfSpan, isWeekend } from '../../../server/assessment/working-days.ts'
import { readAnnouncement } from '../../../server/exchange/announcement/read-announcement.ts'
import { announcedCalendar } from '../../../db/holidays.ts'

const spansOf = (text: string, year: number) =>
  readAnnouncement(text, year).flatMap(({ spans }) =>
    spans.map(({ name, use, from, to }) => `${name ?? ''} ${use} ${from} ${to}`),
  )
const faultsOf = (text: string, year: number) =>
  readAnnouncement(text, year).flatMap(({ fault }) => (fault ? [fault.code] : []))

// The days of 2026 as announced, in the manner of such notices.
const year2026 = `样例：2026年放假安排
元旦、春节等各节的放假和调休日期见下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
2025年11月4日`

describe('an announcement of holidays', () => {
  test('of 2026 gives the days that the program knows', () => {
    const lines = readAnnouncement(year2026, 2026)
    expect(faultsOf(year2026, 2026)).toEqual([])
    const of = (use: 'off' | 'worked') =>
      lines
        .flatMap(({ spans }) => spans.filter((span) => span.use === use).flatMap(daysOfSpan))
        .filter((day) => use === 'worked' || !isWeekend(day))
    const known = announcedCalendar()
    const in2026 = (days: ReadonlySet<string>) => [...days].filter((day) => day.startsWith('2026')).sort()
    expect(of('off').sort()).toEqual(in2026(known.holidays))
    expect(of('worked').sort()).toEqual(in2026(known.workdays))
    expect(new Set(lines.flatMap(({ spans }) => spans.map(({ name }) => name))).size).toBe(7)
  })

  test('may begin in the year before, join a weekend, and be written in figures of full width', () => {
    expect(spansOf('元旦：2022年12月31日至2023年1月2日放假调休，共3天。', 2023)).toEqual([
      '元旦 off 2022-12-31 2023-01-02',
    ])
    expect(spansOf('元旦：12月30日至1月1日放假，共3天', 2024)).toEqual(['元旦 off 2023-12-30 2024-01-01'])
    expect(spansOf('元旦：１月１日（星期一）放假，与周末连休，共３天。', 2024)).toEqual([
      '元旦 off 2024-01-01 2024-01-01',
    ])
  })

  test('typed by hand needs no names', () => {
    expect(spansOf('1月1日-3日放假\n1月4日上班', 2026)).toEqual([
      ' off 2026-01-01 2026-01-03',
      ' worked 2026-01-04 2026-01-04',
    ])
  })

  test.each([
    ['a weekday that is another', '1月1日（周五）放假', 'weekday-differs'],
    ['a length that is another', '1月1日至3日放假，共4天', 'length-differs'],
    ['a working day that is worked', '1月5日上班', 'worked-weekday'],
    ['a day that does not exist', '2月30日放假', 'no-such-day'],
    ['a stretch of months', '1月1日至3月1日放假', 'too-long'],
    ['another year', '2027年3月1日放假', 'other-year'],
    ['a day without a word after it', '5月1日放假，5月2日', 'unread'],
    ['a day without its month', '3日放假', 'unread'],
  ])('with %s is told where it is wrong', (_, text, code) => {
    const [line] = readAnnouncement(text, 2026)
    expect([line?.fault?.code, line?.spans]).toEqual([code, []])
    if (line?.fault)
      for (const language of ['zh-CN', 'en'] as const)
        expect(announcementFaultText(line.fault, language)).not.toMatch(/[{}]|undefined/)
  })

  test('of any length ends', () => {
    const long = readAnnouncement('1月1日至3日放假。'.repeat(100_000), 2026)
    expect(long.length).toBeLessThan(3000)
  })
})
