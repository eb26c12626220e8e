import { describe, expect, it } from 'vitest'
import { addDays, dayOfWeek, daysBetween, isDay, later } from '#assessment/day'
import {
  addWorkingDays,
  isAnnounced,
  isWorkingDay,
  withAnnouncement,
  workingDaysBetween,
  type WorkCalendar,
} from '#assessment/working-days'

/** Spring festival 2018: 15–21 February free, 11 and 24 February worked. */
const calendar: WorkCalendar = {
  holidays: new Set(['2018-02-15', '2018-02-16', '2018-02-19', '2018-02-20', '2018-02-21']),
  workdays: new Set(['2018-02-11', '2018-02-24']),
  announced: new Set([2018]),
}

describe('days', () => {
  it.each(['2018-02-28', '2016-02-29'])('%s exists', (day) => expect(isDay(day)).toBe(true))
  it.each(['2018-02-29', '2018-13-01', '2018-2-1', '20180201', '', '2018-02-01T00:00'])('%j is none', (day) =>
    expect(isDay(day)).toBe(false),
  )
  it('count across months and years', () => {
    expect(addDays('2017-12-31', 1)).toBe('2018-01-01')
    expect(addDays('2018-03-01', -1)).toBe('2018-02-28')
    expect(daysBetween('2018-02-28', '2018-03-02')).toBe(2)
    expect(daysBetween('2018-03-02', '2018-02-28')).toBe(-2)
    expect(dayOfWeek('2018-02-11')).toBe(0)
    expect(later('2018-01-02', '2018-01-10')).toBe('2018-01-10')
    expect(later('2018-01-10', '2018-01-02')).toBe('2018-01-10')
  })
})

describe('working days with 法定节假日 and 调休', () => {
  it('a Sunday worked in exchange counts, a free Thursday does not', () => {
    expect(isWorkingDay(calendar, '2018-02-11')).toBe(true)
    expect(isWorkingDay(calendar, '2018-02-15')).toBe(false)
    expect(isWorkingDay(calendar, '2018-02-17')).toBe(false)
    expect(isWorkingDay(calendar, '2018-02-18')).toBe(false)
    expect(isWorkingDay(calendar, '2018-02-22')).toBe(true)
  })
  it('a deadline of five working days runs over the festival', () => {
    expect(addWorkingDays(calendar, '2018-02-12', 5)).toBe('2018-02-24')
    expect(addWorkingDays(calendar, '2018-02-12', 0)).toBe('2018-02-12')
  })
  it('days left count to the deadline, and are negative after it', () => {
    expect(workingDaysBetween(calendar, '2018-02-12', '2018-02-24')).toBe(5)
    expect(workingDaysBetween(calendar, '2018-02-24', '2018-02-12')).toBe(-5)
    expect(workingDaysBetween(calendar, '2018-02-12', '2018-02-12')).toBe(0)
  })
  it('a year without an announcement is known as such', () => {
    expect(isAnnounced(calendar, '2018-05-01')).toBe(true)
    expect(isAnnounced(calendar, '2019-05-01')).toBe(false)
  })
})

describe('an announcement', () => {
  const announced = withAnnouncement(calendar, 2018, [
    { name: '元旦', use: 'off', from: '2017-12-30', to: '2018-01-01' },
    { name: null, use: 'worked', from: '2017-12-31', to: '2017-12-31' },
    { name: null, use: 'off', from: '2018-02-24', to: '2018-02-26' },
  ])
  it('takes the place of what was known of its year, and reaches into the one before', () => {
    expect([...announced.holidays].sort()).toEqual(['2018-01-01', '2018-02-26'])
    expect([...announced.workdays]).toEqual(['2017-12-31'])
    expect(isWorkingDay(announced, '2018-02-15')).toBe(true)
  })
  it('that says nothing leaves an ordinary year, and other years as they are', () => {
    const none = withAnnouncement(calendar, 2019, [])
    expect([none.holidays, none.workdays]).toEqual([calendar.holidays, calendar.workdays])
    expect([...none.announced]).toEqual([2018, 2019])
    expect(withAnnouncement(calendar, 2018, []).holidays.size).toBe(0)
  })
  it('counts no weekend as a holiday and no weekday as worked instead', () => {
    const odd = withAnnouncement(calendar, 2018, [
      { name: null, use: 'off', from: '2018-03-03', to: '2018-03-03' },
      { name: null, use: 'worked', from: '2018-03-05', to: '2018-03-05' },
    ])
    expect([odd.holidays.size, odd.workdays.size]).toEqual([0, 0])
  })
})
