import { kindsOf } from '../../rule/scheme.ts'
import { isProvisional } from '../../score/finding-status.ts'
import { entriesOn } from '../../score/scorecard.ts'
import { isAnnounced } from '../../working-days.ts'
import type { CheckItem, ToPublish } from './items.ts'

/** Deadlines counted in working days that reach into a year without announced holidays: they may have to be moved. */
export function calendarItems({ scheme, calendar, assessed }: ToPublish): CheckItem[] {
  const kinds = kindsOf(scheme)
  const years = new Map<number, { count: number; unit: string; findingId: string; number: string }>()
  const entries = assessed.scorecards.flatMap((card) =>
    entriesOn(card).map((entry) => ({ ...entry, unit: card.unit })),
  )
  for (const { kind, notifiedOn, deadline, unit, findingId, number } of entries) {
    if (deadline === null || isAnnounced(calendar, deadline)) continue
    if (!isProvisional(kinds.get(kind), notifiedOn, deadline, calendar)) continue
    const year = Number(deadline.slice(0, 4))
    const before = years.get(year) ?? { count: 0, unit, findingId, number }
    years.set(year, { ...before, count: before.count + 1 })
  }
  return [...years].map(([year, first]) => ({ code: 'unannounced-deadlines', year, ...first }))
}
