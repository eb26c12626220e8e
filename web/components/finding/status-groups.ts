import type { FindingStatus } from '#assessment/score/scorecard'

/** The tabs of the ledger, each a set of statuses; `all` is none in particular. */
export const statusGroups = ['open', 'lost', 'gained', 'closed', 'cancelled', 'all'] as const
export type StatusGroup = (typeof statusGroups)[number]

export const statusesOf: Record<StatusGroup, readonly FindingStatus[]> = {
  open: ['not-notified', 'open', 'pending-review'],
  lost: ['lost'],
  gained: ['gained'],
  closed: ['closed'],
  cancelled: ['revoked', 'reversed'],
  all: [],
}

/** How many findings each tab holds. */
export function groupCounts(
  counts: Readonly<Partial<Record<FindingStatus, number>>>,
): Record<StatusGroup, number> {
  const sum = (statuses: readonly FindingStatus[]): number =>
    statuses.reduce((total, status) => total + (counts[status] ?? 0), 0)
  const all = Object.values(counts).reduce<number>((total, count) => total + (count ?? 0), 0)
  return {
    open: sum(statusesOf.open),
    lost: sum(statusesOf.lost),
    gained: sum(statusesOf.gained),
    closed: sum(statusesOf.closed),
    cancelled: sum(statusesOf.cancelled),
    all,
  }
}

/** The group an address names; anything else means all. */
export const groupNamed = (name: string): StatusGroup => statusGroups.find((group) => group === name) ?? 'all'
