import { describe, expect, test } from 'vitest'
import {
  isInRange,
  lastDay,
  saysNotApplicable,
  typedCount,
  typedDay,
  typedDayWithin,
  typedMarks,
  typedNumber,
  typedPoints,
} from '#assessment/typed'

const today = '2026-11-30'

describe('a number as people type it', () => {
  test.each([
    ['2', '2'],
    ['2分', '2'],
    [' １．５ 分', '1.5'],
    ['1,500', '1500'],
    ['１，５００．２５', '1500.25'],
    ['85.50%', '85.5'],
    ['85％', '85'],
    ['2。5', '2.5'],
    ['3 项', '3'],
    ['12个', '12'],
    ['3.', '3'],
    ['-0.0', '0'],
    ['+3', '3'],
    ['−1.5', '-1.5'],
    ['007', '7'],
    ['.5', '0.5'],
  ])('%s is %s', (text, value) => expect(typedNumber(text)).toEqual({ value }))

  test.each([
    ['1,5', '1.5'],
    ['12,34', '12.34'],
    ['1,5分', '1.5'],
  ])('%s is refused, and %s offered', (text, offer) =>
    expect(typedNumber(text)).toEqual({ refused: 'odd-comma', offer }),
  )

  test.each(['', '分', '两分', '1.2.3', '1e5', 'NaN', '9'.repeat(31), '1,5,0'])('%s is none', (text) =>
    expect(typedNumber(text)).toEqual({ refused: 'not-a-number' }),
  )
})

describe('a number in a field that bounds it', () => {
  test('marks have at most four decimals and are not below 0', () => {
    expect(typedMarks('１．２５００分')).toEqual({ value: '1.25' })
    expect(typedMarks('1.00001')).toEqual({ refused: 'too-many-decimals' })
    expect(typedMarks('-1')).toEqual({ refused: 'negative' })
    expect(typedMarks('1,5')).toEqual({ refused: 'odd-comma', offer: '1.5' })
    expect(typedMarks('优')).toEqual({ refused: 'not-a-number' })
  })

  test('points have at most two, and a most', () => {
    expect(typedPoints('1,000.5', 200_000)).toEqual({ value: 100_050 })
    expect(typedPoints('1.005', 1000)).toEqual({ refused: 'too-many-decimals' })
    expect(typedPoints('-0.5', 1000)).toEqual({ refused: 'negative' })
    expect(typedPoints('11', 1000)).toEqual({ refused: 'too-large' })
    expect(typedPoints('1,5', 1000)).toEqual({ refused: 'odd-comma', offer: '1.5' })
  })

  test('a count is whole', () => {
    expect(typedCount('３个', 20)).toEqual({ value: 3 })
    expect(typedCount('1.5', 20)).toEqual({ refused: 'not-whole' })
    expect(typedCount('-1', 20)).toEqual({ refused: 'negative' })
    expect(typedCount('21', 20)).toEqual({ refused: 'too-large' })
    expect(typedCount('x', 20)).toEqual({ refused: 'not-a-number' })
  })

  test.each(['不适用', ' 不 适 用 ', 'N/A', '／', '—', '无'])('%s says that it is not applicable', (text) =>
    expect(saysNotApplicable(text)).toBe(true),
  )
  test.each(['', '0', '无关'])('%s does not', (text) => expect(saysNotApplicable(text)).toBe(false))
})

describe('a day as people type it', () => {
  test.each([
    ['2018-02-10'],
    ['2018.2.10'],
    ['2018/2/10'],
    ['2018年2月10日'],
    ['２０１８年２月１０号'],
    ['20180210'],
    [' 2018 - 2 - 10 '],
  ])('%s is read', (text) => expect(typedDay(text, today)).toEqual({ value: '2018-02-10' }))

  test.each(['2018-02-30', '2018.2/10', '二月十日', '', '2018-13-01', '2018', '2月30日', '13-1'])(
    '%s is no day',
    (text) => expect(typedDay(text, today)).toEqual({ refused: 'not-a-day' }),
  )

  test.each(['12月9日', '12-9', '12.9', '12/09'])('%s has no year; the assessed one is offered', (text) => {
    expect(typedDay(text, today, 2025)).toEqual({ refused: 'day-without-year', offer: '2025-12-09' })
    expect(typedDay(text, today)).toEqual({ refused: 'day-without-year', offer: null })
  })

  test('days lie between 2000 and ten years after today', () => {
    expect(typedDay('1999-12-31', today)).toEqual({ refused: 'day-out-of-range' })
    expect(typedDay('2000-01-01', today)).toEqual({ value: '2000-01-01' })
    expect(typedDay('2036-11-30', today)).toEqual({ value: '2036-11-30' })
    expect(typedDay('2036-12-01', today)).toEqual({ refused: 'day-out-of-range' })
    expect(isInRange('9999-12-31', today)).toBe(false)
    expect(lastDay('2028-02-29')).toBe('2038-02-28')
  })
})

describe('a day of an assessment as people type it', () => {
  const year = { from: '2018-01-01', until: '2019-02-28' }

  test.each([
    ['12-1', '2018-12-01'],
    ['12月1日', '2018-12-01'],
    ['１２．１', '2018-12-01'],
    ['2019-01-15', '2019-01-15'],
  ])('%s is %s', (text, value) => expect(typedDayWithin(text, year, today)).toEqual({ value }))

  test('of two days in it the last that is not after today is meant, else the first', () => {
    expect(typedDayWithin('2-10', year, '2018-06-01')).toEqual({ value: '2018-02-10' })
    expect(typedDayWithin('2-10', year, '2019-03-01')).toEqual({ value: '2019-02-10' })
    expect(typedDayWithin('2-10', year, '2018-01-05')).toEqual({ value: '2018-02-10' })
  })

  test.each(['2001-12-01', '2019-03-01', '2017-12-31'])('%s lies outside', (text) =>
    expect(typedDayWithin(text, year, today)).toEqual({ refused: 'day-outside' }),
  )

  test('a day without a year that lies in none of its years is outside, too', () => {
    const weeks = { from: '2018-02-01', until: '2018-03-01' }
    expect(typedDayWithin('12-1', weeks, today)).toEqual({ refused: 'day-outside' })
  })

  test('twelve alone is no day', () => {
    expect(typedDayWithin('12', year, today)).toEqual({ refused: 'not-a-day' })
  })
})
