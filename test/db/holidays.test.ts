import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addWorkingDays, isAnnounced, isWorkingDay, workingDaysBetween } from '#assessment/working-days'
import { announcedCalendar, insertAnnouncement, loadCalendar } from '../../db/holidays.ts'
import { eachDatabase } from '../fixtures/databases.ts'

test('the announced calendar knows holidays and the weekends worked for them', () => {
  const calendar = announcedCalendar()
  expect([...calendar.announced]).toHaveLength(23)
  expect([isAnnounced(calendar, '2003-12-31'), isAnnounced(calendar, '2004-01-01')]).toEqual([false, true])
  expect([isAnnounced(calendar, '2026-12-31'), isAnnounced(calendar, '2027-01-01')]).toEqual([true, false])
  // 国办发明电〔2017〕12 号: 15 to 21 February 2018 free, 11 and 24 February worked.
  const worked = [
    '2018-02-11',
    '2018-02-14',
    '2018-02-15',
    '2018-02-21',
    '2018-02-22',
    '2018-02-24',
    '2018-02-25',
  ]
  expect(worked.map((day) => isWorkingDay(calendar, day))).toEqual([
    true,
    true,
    false,
    false,
    true,
    true,
    false,
  ])
  expect(addWorkingDays(calendar, '2018-02-09', 5)).toBe('2018-02-22')
  // 261 weekdays less the eleven days of the law; whatever else is free is made up for.
  expect(workingDaysBetween(calendar, '2017-12-31', '2018-12-31')).toBe(250)
})

test('it is the same in every time zone', () => {
  const module = join(import.meta.dirname, '../../db/holidays.ts')
  const script = `import(${JSON.stringify(module)}).then(({ announcedCalendar }) => {
    const { holidays, workdays } = announcedCalendar()
    console.log(JSON.stringify([[...holidays], [...workdays]]))
  })`
  const calendar = announcedCalendar()
  const here = JSON.stringify([[...calendar.holidays], [...calendar.workdays]])
  const there = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], {
    env: { ...process.env, TZ: 'America/Los_Angeles' },
    cwd: join(import.meta.dirname, '../..'),
    encoding: 'utf8',
  })
  expect(there.trim()).toBe(here)
})

eachDatabase('the calendar', (open) => {
  test('is what the program brings, until somebody enters another arrangement', async () => {
    const db = await open()
    expect(await loadCalendar(db)).toEqual(announcedCalendar())
    const span = { name: null, use: 'off' as const, from: '2027-01-01', to: '2027-01-03' }
    const row = { id: 'h', year: 2027, spans: [span], reason: null, recordedBy: null }
    await db
      .transaction()
      .execute((trx) => insertAnnouncement(trx, { ...row, recordedAt: '2026-11-05T00:00:00Z' }))
    const calendar = await loadCalendar(db)
    expect([isWorkingDay(calendar, '2027-01-01'), isAnnounced(calendar, '2027-06-01')]).toEqual([false, true])
    expect(isWorkingDay(calendar, '2018-02-15')).toBe(false)
  })
})
