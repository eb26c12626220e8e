import { addDays, type Day } from '#assessment/day'
import type { LedgerKind } from '#assessment/rule/scheme'
import type { WorkCalendar } from '#assessment/working-days'
import { courses, isLost, stepsOf, triggerOf, type Course, type Step } from './courses.ts'
import type { Place } from './city.ts'
import { workingDayBy } from './days.ts'
import type { Form } from './form.ts'
import { randomFor, type Random } from './random.ts'
import { whatFor } from './wording.ts'

/** A finding with everything that ever happens to it. */
export interface Story {
  readonly kind: LedgerKind
  /** Whether it costs points once everything in it has happened. */
  readonly lost: boolean
  /** Name of the unit where it occurred. */
  readonly place: string
  readonly what: string
  readonly foundOn: Day
  readonly steps: readonly Step[]
  /** Where an appeal moved it; null unless one did. */
  readonly movedTo: string | null
}

const courseWeights: Readonly<Record<Course, number>> = {
  closed: 76,
  'closed-extended': 5,
  'closed-second-try': 6,
  'closed-resubmitted': 3,
  overdue: 16,
  'overdue-rectified-late': 18,
  'rejected-late': 8,
  'at-once': 26,
  'at-once-rectified': 24,
  'appeal-upheld': 6,
  'appeal-amended': 2,
  'appeal-revoked': 7,
  reversed: 3,
}

/** How often each kind is found; the two big checks come twice a year. */
const kindWeights: Readonly<Record<string, number>> = {
  上级检查通报: 5,
  调度和网上检查: 12,
  举报查实: 8,
  专项督查: 5,
  舆情回应: 7,
  网站安全隐患: 4,
}

/** January to December. */
const monthWeights = [3, 3, 8, 8, 8, 12, 9, 7, 8, 7, 12, 12] as const

function courseFor(random: Random, lost: boolean, isCountyDepartment: boolean): Course {
  const possible = courses.filter(
    (course) => isLost[course] === lost && (isCountyDepartment || course !== 'appeal-amended'),
  )
  return random.weighted(possible, (course) => courseWeights[course])
}

/** No agency records a problem of its own. */
function kindFor(random: Random, kinds: readonly LedgerKind[], course: Course, place: string): LedgerKind {
  const trigger = triggerOf[course]
  const possible = kinds.filter((kind) => [null, kind.trigger].includes(trigger) && kind.provider !== place)
  return random.weighted(possible, ({ key }) => kindWeights[key] ?? 1)
}

/** A working day of the year under assessment, early enough that its deadline passes before the results are drawn up. */
function notificationDay(random: Random, year: number, calendar: WorkCalendar): Day {
  const month = random.weighted(
    monthWeights.map((weight, index) => ({ number: index + 1, weight })),
    ({ weight }) => weight,
  ).number
  const day = `${year}-${String(month).padStart(2, '0')}-${String(random.whole(8, 28)).padStart(2, '0')}`
  return workingDayBy(calendar, day)
}

export interface LedgerPlan {
  readonly year: number
  readonly kinds: readonly LedgerKind[]
  readonly calendar: WorkCalendar
}

/** The year of one participant: problems at itself or at the departments it answers for. */
export function storiesOf(
  { year, kinds, calendar }: LedgerPlan,
  participant: Place,
  departments: readonly Place[],
  form: Form,
): Story[] {
  const random = randomFor(`${year} ledger ${participant.name}`)
  const told = new Set<string>()
  const outcomes = [...Array<boolean>(form.lost).fill(true), ...Array<boolean>(form.settled).fill(false)]
  return outcomes.map((lost) => {
    const place = departments.length > 0 && random.chance(0.8) ? random.pick(departments) : participant
    const course = courseFor(random, lost, departments.length > 1 && place !== participant)
    const kind = kindFor(random, kinds, course, place.name)
    const notifiedOn = notificationDay(random, year, calendar)
    let what = whatFor(random, kind.key, place.field)
    for (let tries = 0; told.has(what) && tries < 20; tries++) what = whatFor(random, kind.key, place.field)
    told.add(what)
    return {
      kind,
      lost,
      place: place.name,
      what,
      foundOn: workingDayBy(calendar, addDays(notifiedOn, -random.whole(1, 6))),
      steps: stepsOf(course, kind.trigger, notifiedOn, random, calendar),
      movedTo:
        course === 'appeal-amended' ? random.pick(departments.filter((one) => one !== place)).name : null,
    }
  })
}
