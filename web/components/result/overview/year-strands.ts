import type { Day } from '#assessment/day'
import type { Scheme } from '#assessment/rule/scheme'
import { workingDaysBetween, type WorkCalendar } from '#assessment/working-days'
import type { Overview } from '../../../api/result.ts'
import type { Course } from '../../../api/year.ts'
import { t } from '../../../i18n.ts'
import { named } from '../../../scheme-names.ts'
import { dayInProse } from '../../../locales/format.ts'

/** A line of the year: a stretch of time or single days on the axis, and how far it has come. */
export interface Strand {
  readonly name: string
  readonly stretch?: { readonly from: Day; readonly to: Day; readonly place: number }
  readonly marks?: readonly { readonly on: Day; readonly look: 'diamond' | 'square' }[]
  readonly progress: readonly string[]
  readonly behind?: boolean
}

export interface Year {
  readonly overview: Overview
  readonly course: Course
  readonly scheme: Scheme
  readonly startsOn: Day
  readonly endsOn: Day
  readonly calendar: WorkCalendar
}

type Component = Scheme['components'][number]

function strandsOf(
  { overview, scheme, startsOn, endsOn }: Year,
  component: Component,
  place: number,
): Strand[] {
  const { asOf, findings } = overview
  if (component.method === 'deductions') {
    const isOnly = scheme.components.filter(({ method }) => method === 'deductions').length === 1
    return [
      {
        name: named(component.name),
        stretch: { from: startsOn, to: endsOn, place },
        progress: isOnly
          ? [t('result.overview.year.findings', { n: findings.total, lost: findings.lost })]
          : [],
      },
    ]
  }
  if (component.method === 'external')
    return overview.external
      .filter(({ component: key }) => key === component.key)
      .map(({ imported, of }) => ({
        name: named(component.name),
        progress: [t('result.overview.year.imported', { done: imported, of })],
        behind: imported < of && asOf > endsOn,
      }))
  const windows = overview.windows.filter(({ component: key }) => key === component.key)
  return windows.map(({ name, dueOn, submitted, verified, of }, index) => ({
    name: t('result.overview.year.window', { component: named(component.name), window: named(name) }),
    stretch: { from: windows[index - 1]?.dueOn ?? startsOn, to: dueOn, place },
    progress: [
      t('result.overview.year.handedIn', { day: dayInProse(dueOn, false), submitted, verified, of }),
    ],
    behind: dueOn < asOf && verified < of,
  }))
}

/** The parts of the scheme, the stages so far, and the days that the rules set. */
export function yearStrands(year: Year): Strand[] {
  const { overview, course, scheme, calendar } = year
  const { asOf, milestones } = overview
  const stages = course.changes.filter(({ on }) => on <= asOf)
  const left = (on: Day): string =>
    on < asOf
      ? t('result.overview.year.past')
      : t('states.daysLeft', { n: workingDaysBetween(calendar, asOf, on) })
  return [
    ...scheme.components.flatMap((component, place) => strandsOf(year, component, place)),
    {
      name: t('result.overview.year.stages'),
      marks: stages.map(({ on }) => ({ on, look: 'square' as const })),
      progress: stages.map(({ on, stage }) =>
        t('result.overview.year.stage', {
          day: dayInProse(on, false),
          stage: t(`vocabulary.stage.${stage}`),
        }),
      ),
    },
    {
      name: t('result.overview.year.milestones'),
      marks: milestones.map(({ on }) => ({ on, look: 'diamond' as const })),
      progress: milestones.map(({ name, on }) =>
        t('result.overview.year.milestone', {
          name: named(name),
          day: dayInProse(on, false),
          left: left(on),
        }),
      ),
    },
  ].filter(({ marks }: Strand) => marks === undefined || marks.length > 0)
}

/** What should be done by now and is not, in words. */
export function behindWords({ overview: { asOf, windows, external }, endsOn }: Year): string[] {
  return [
    ...windows
      .filter(({ dueOn, verified, of }) => dueOn < asOf && verified < of)
      .map(({ name, verified, of }) =>
        t('result.overview.year.behindWindow', { name: named(name), n: of - verified }),
      ),
    ...external
      .filter(({ imported, of }) => imported < of && asOf > endsOn)
      .map(({ name, imported, of }) =>
        t('result.overview.year.behindExternal', { name: named(name), n: of - imported }),
      ),
  ]
}
