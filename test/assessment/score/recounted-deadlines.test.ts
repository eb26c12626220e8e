import { expect, test } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import type { Finding } from '#assessment/score/facts'
import { deadlineOf } from '#assessment/score/finding-status'
import { recountedDeadlines } from '#assessment/score/recounted-deadlines'
import { kindsOf } from '#assessment/rule/scheme'
import { withAnnouncement } from '#assessment/working-days'
import { finding, plainCalendar } from '../../fixtures/facts.ts'

const kind = '专项督查'
const on = '2018-01-29'
/** Spring festival 2018: 15–21 February free, 11 and 24 February worked. */
const calendar = withAnnouncement(plainCalendar, 2018, [
  { name: '春节', use: 'off', from: '2018-02-05', to: '2018-02-09' },
  { name: '春节', use: 'worked', from: '2018-02-11', to: '2018-02-11' },
])
const supervised = kindsOf(municipal).get(kind)
const before = supervised ? deadlineOf(supervised, on, plainCalendar) : ''
const after = supervised ? deadlineOf(supervised, on, calendar) : ''
const found = (findings: readonly Finding[], asOf = '2018-02-01') =>
  recountedDeadlines(municipal, findings, asOf, calendar, [plainCalendar]).map(
    ({ finding: { id }, deadline, recounted }) => [id, deadline, recounted],
  )

test('a deadline that was counted before the holidays were announced is told with the one that it has now', () => {
  expect([before, after]).toEqual(['2018-02-19', '2018-02-23'])
  expect(found([finding('f', kind, { on, deadline: before })])).toEqual([['f', before, after]])
})

test('so is none that people chose, that follows the calendar by itself, or that nobody can move any more', () => {
  const [day] = ['2018-02-01']
  const standing = { on, deadline: before }
  expect(
    found([
      finding('chosen', kind, { on, deadline: '2018-03-30' }),
      finding('counted', kind, { on, deadline: null }),
      finding('counted now', kind, { on, deadline: after }),
      finding('moved', kind, { ...standing, then: [{ type: 'extended', on: day, deadline: '2018-03-09' }] }),
      finding('waiting', kind, { ...standing, then: [{ type: 'submitted', on: day }] }),
      finding('reversed', kind, { ...standing, then: [{ type: 'reversed', on: day }] }),
      { ...finding('not notified', kind, standing), facts: [] },
    ]),
  ).toEqual([])
})
