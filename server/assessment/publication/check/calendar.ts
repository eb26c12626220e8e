import { isAnnounced } from '../../working-days.ts'
import type { CheckItem, ToPublish } from './items.ts'

/** Deadlines counted in working days that reach into a year without announced holidays: they may have to be moved. */
export function calendarItems({ scheme, calendar, assessed }: ToPublish): CheckItem[] {
  const working = new Set(
    scheme.components.flatMap((component) =>
      component.method !== 'deductions'
        ? []
        : component.kinds
            .filter(
              ({ trigger, rectifyWithin }) =>
                trigger === 'if-not-rectified' && rectifyWithin.count === 'working',
            )
            .map(({ key }) => key),
    ),
  )
  const years = new Map<number, { count: number; findingId: string; number: string }>()
  for (const { components } of assessed.scorecards) {
    for (const { steps } of components) {
      if (steps.method !== 'deductions') continue
      for (const { kind, deadline, findingId, number } of steps.findings) {
        if (deadline === null || !working.has(kind) || isAnnounced(calendar, deadline)) continue
        const year = Number(deadline.slice(0, 4))
        const known = years.get(year) ?? { count: 0, findingId, number }
        years.set(year, { ...known, count: known.count + 1 })
      }
    }
  }
  return [...years].map(([year, known]) => ({ code: 'unannounced-deadlines', year, ...known }))
}
