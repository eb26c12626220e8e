import type { RouteLocationRaw } from 'vue-router'
import type { InboxItem } from '../../stores/inbox.ts'

type InboxType = InboxItem['type']

/** The form that is open where somebody comes to take a step; judgements are never chosen beforehand. */
const formOf: Readonly<Partial<Record<InboxType, string>>> = {
  appeal: 'appealed',
  rectify: 'submitted',
  'rectify-again': 'submitted',
}

/** Where what waits is dealt with; of a finding, `fact` is where it is only looked at. */
export function placeOfItem(
  { type, assessmentId, findingId, component, window }: InboxItem,
  what: 'step' | 'fact',
): RouteLocationRaw {
  const params = { assessmentId }
  switch (type) {
    case 'approve':
      return { name: 'publication', params }
    case 'verify':
      return { name: 'verification', params, query: { component, window } }
    case 'sign-off':
    case 'fill-in':
    case 'fill-in-again':
      return { name: 'self', params, query: { component, window } }
    case 'decide':
      return { name: 'appeals', params, query: { finding: findingId } }
    case 'review':
      return { name: 'rectification', params, query: { finding: findingId } }
    case 'appeal':
    case 'rectify':
    case 'rectify-again':
      return {
        name: 'deductions',
        params,
        query: { finding: findingId, step: what === 'step' ? formOf[type] : undefined },
      }
  }
}

export interface DayOfItems {
  /** Null = the rule sets no day. */
  readonly on: string | null
  readonly daysLeft: number | null
  readonly items: readonly InboxItem[]
}

/** What waits by its last day, the nearest first. */
export function byDay(items: readonly InboxItem[]): DayOfItems[] {
  const days = new Map<string | null, InboxItem[]>()
  for (const item of items) days.set(item.on, [...(days.get(item.on) ?? []), item])
  return [...days].map(([on, ofDay]) => ({ on, daysLeft: ofDay[0]?.daysLeft ?? null, items: ofDay }))
}
