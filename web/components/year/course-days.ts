import type { Day } from '#assessment/day'
import type { Course } from '../../api/year.ts'

export type CourseEntry =
  | {
      readonly type: 'stage'
      readonly on: Day
      readonly stage: Course['stage']
      readonly reason: string | null
      readonly by: string | null
    }
  | { readonly type: 'milestone'; readonly on: Day; readonly name: string; readonly clause: string }
  | {
      readonly type: 'window'
      readonly on: Day
      readonly component: string
      readonly name: string
      readonly putOffFrom: Day | null
    }
  | { readonly type: 'closed'; readonly on: Day; readonly component: string; readonly name: string }
  | { readonly type: 'today'; readonly on: Day }

const order: Readonly<Record<CourseEntry['type'], number>> = {
  stage: 0,
  milestone: 1,
  window: 2,
  closed: 3,
  today: 4,
}

/** Everything dated of a year in one row of days, today among them; a milestone that only repeats a window's day and a window are both kept. */
export function courseEntries(course: Course): CourseEntry[] {
  const entries: CourseEntry[] = [
    ...course.changes.map((one) => ({ type: 'stage' as const, ...one })),
    ...course.milestones.map(({ on, name, clause }) => ({ type: 'milestone' as const, on, name, clause })),
    ...course.windows.flatMap((one): CourseEntry[] => [
      {
        type: 'window',
        on: one.dueOn,
        component: one.componentName,
        name: one.name,
        putOffFrom: one.dueOn > one.ruleDueOn ? one.ruleDueOn : null,
      },
      ...(one.closedOn === null
        ? []
        : [{ type: 'closed' as const, on: one.closedOn, component: one.componentName, name: one.name }]),
    ]),
    { type: 'today', on: course.today },
  ]
  return entries.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : order[a.type] - order[b.type]))
}
