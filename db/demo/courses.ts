import type { Day } from '#assessment/day'
import type { Outcome } from '#assessment/score/facts'
import { triggerMeaning, type Trigger } from '#assessment/rule/trigger'
import type { WorkCalendar } from '#assessment/working-days'
import type { FindingFactRow } from '../tables.ts'
import { shift } from './days.ts'
import type { Random } from './random.ts'
import { reasons } from './wording.ts'

/** One dated fact of a finding and who records it. */
export interface Step {
  readonly type: FindingFactRow['type']
  readonly on: Day
  readonly by: 'provider' | 'editor' | 'head' | 'office'
  readonly deadline?: Day
  readonly outcome?: Outcome
  readonly reason?: string
}

/** How a finding can go. */
export const courses = [
  'closed',
  'closed-extended',
  'closed-second-try',
  'closed-resubmitted',
  'overdue',
  'overdue-rectified-late',
  'rejected-late',
  'at-once',
  'at-once-rectified',
  'appeal-upheld',
  'appeal-amended',
  'appeal-revoked',
  'reversed',
] as const
export type Course = (typeof courses)[number]

/** Whether the points are lost in the end. */
export const isLost: Readonly<Record<Course, boolean>> = {
  closed: false,
  'closed-extended': false,
  'closed-second-try': false,
  'closed-resubmitted': false,
  overdue: true,
  'overdue-rectified-late': true,
  'rejected-late': true,
  'at-once': true,
  'at-once-rectified': true,
  'appeal-upheld': true,
  'appeal-amended': true,
  'appeal-revoked': false,
  reversed: false,
}

const later = 'if-not-rectified' as const
const now = 'at-once' as const

/** What the kind's trigger must be for a course; null = either. */
export const triggerOf: Readonly<Record<Course, Trigger | null>> = {
  closed: later,
  'closed-extended': later,
  'closed-second-try': later,
  'closed-resubmitted': later,
  overdue: later,
  'overdue-rectified-late': later,
  'rejected-late': later,
  'at-once': now,
  'at-once-rectified': now,
  'appeal-upheld': now,
  'appeal-amended': now,
  'appeal-revoked': null,
  reversed: null,
}

interface Setting {
  readonly random: Random
  readonly notifiedOn: Day
  readonly deadline: Day
  /** The day `count` working days from a day. */
  readonly from: (day: Day, count: number) => Day
}

const step =
  (type: Exclude<Step['type'], 'notified' | 'decided'>, by: Step['by']) =>
  (random: Random, on: Day, deadline?: Day): Step => ({
    type,
    on,
    by,
    reason: random.pick(reasons[type]),
    ...(deadline === undefined ? {} : { deadline }),
  })
const submitted = step('submitted', 'editor')
const withdrawn = step('withdrawn', 'editor')
const accepted = step('accepted', 'provider')
const rejected = step('rejected', 'provider')
const extended = step('extended', 'provider')
const appealed = step('appealed', 'head')
const reversed = step('reversed', 'provider')
const decided = (random: Random, on: Day, outcome: Outcome): Step => ({
  type: 'decided',
  on,
  by: 'office',
  outcome,
  reason: random.pick(reasons[outcome]),
})

/** Appealed within the five working days of the preset, decided within another five. */
function appeal({ random, notifiedOn, from }: Setting, outcome: Outcome): Step[] {
  const on = from(notifiedOn, random.whole(2, 5))
  return [appealed(random, on), decided(random, from(on, random.whole(2, 5)), outcome)]
}

const rectified = ({ random, from }: Setting, on: Day): Step[] => [
  submitted(random, on),
  accepted(random, from(on, random.whole(1, 4))),
]

/** What follows the notification. The shortest deadline is ten working days. */
const followUp: Readonly<Record<Course, (setting: Setting) => Step[]>> = {
  closed: (setting) => {
    const { random, notifiedOn, from } = setting
    return rectified(setting, from(notifiedOn, random.whole(3, 9)))
  },
  'closed-extended': (setting) => {
    const { random, deadline, from } = setting
    const until = from(deadline, 10)
    return [
      extended(random, from(deadline, -random.whole(1, 3)), until),
      ...rectified(setting, from(until, -random.whole(1, 6))),
    ]
  },
  'closed-second-try': (setting) => {
    const { random, notifiedOn, deadline, from } = setting
    const first = from(notifiedOn, random.whole(2, 4))
    return [
      submitted(random, first),
      rejected(random, from(first, 2)),
      ...rectified(setting, from(deadline, -random.whole(0, 2))),
    ]
  },
  'closed-resubmitted': (setting) => {
    const { random, notifiedOn, from } = setting
    const first = from(notifiedOn, random.whole(2, 5))
    return [
      submitted(random, first),
      withdrawn(random, first),
      ...rectified(setting, from(first, random.whole(1, 3))),
    ]
  },
  overdue: () => [],
  'overdue-rectified-late': (setting) =>
    rectified(setting, setting.from(setting.deadline, setting.random.whole(2, 9))),
  'rejected-late': ({ random, deadline, from }) => [
    submitted(random, from(deadline, -random.whole(0, 2))),
    rejected(random, from(deadline, random.whole(2, 4))),
  ],
  'at-once': () => [],
  'at-once-rectified': (setting) =>
    rectified(setting, setting.from(setting.notifiedOn, setting.random.whole(2, 8))),
  'appeal-upheld': (setting) => appeal(setting, 'upheld'),
  'appeal-amended': (setting) => appeal(setting, 'amended'),
  'appeal-revoked': (setting) => appeal(setting, 'revoked'),
  reversed: ({ random, notifiedOn, from }) => [reversed(random, from(notifiedOn, random.whole(1, 3)))],
}

/** Every fact of a finding in causal order. Where nothing hangs on a deadline, none is set. */
export function stepsOf(
  course: Course,
  trigger: Trigger,
  notifiedOn: Day,
  random: Random,
  calendar: WorkCalendar,
): Step[] {
  const from = (day: Day, count: number): Day => shift(calendar, day, count)
  const deadline = from(notifiedOn, random.chance(0.75) ? 15 : 10)
  const notified: Step = {
    type: 'notified',
    on: notifiedOn,
    by: 'provider',
    ...(triggerMeaning[trigger].hasDeadline ? { deadline } : {}),
  }
  return [notified, ...followUp[course]({ random, notifiedOn, deadline, from })]
}
