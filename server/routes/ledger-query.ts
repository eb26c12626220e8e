import { z } from 'zod'
import { statuses, type FindingStatus } from '#assessment/scorecard'
import type { LedgerLine } from './ledger.ts'
import { day, paging } from './wire.ts'

const sortKeys = ['number', 'unit', 'kind', 'status', 'notifiedOn', 'deadline', 'points', 'worth'] as const
type SortKey = (typeof sortKeys)[number]

const sorts = sortKeys.flatMap((key) => [key, `-${key}`] as const)

/** How a list of findings is narrowed and ordered; several statuses are joined by commas. */
export const ledgerQuery = paging.extend({
  status: z
    .string()
    .max(200)
    .refine((text) => text.split(',').every((status) => (statuses as readonly string[]).includes(status)))
    .optional(),
  kind: z.string().max(100).optional(),
  unit: z.string().max(64).optional(),
  q: z.string().trim().max(100).optional(),
  asOf: day.optional(),
  sort: z.enum(sorts).default('-notifiedOn'),
})
type LedgerQuery = z.infer<typeof ledgerQuery>

const valueOf: Readonly<Record<SortKey, (line: LedgerLine) => string | number>> = {
  number: ({ number }) => number,
  unit: ({ chargedUnit, unit }) => `${chargedUnit} ${unit}`,
  kind: ({ kindName }) => kindName,
  status: ({ status }) => statuses.indexOf(status),
  notifiedOn: ({ notifiedOn }) => notifiedOn ?? '',
  deadline: ({ deadline }) => deadline ?? '',
  points: ({ points, atRisk }) => points + atRisk,
  worth: ({ worth }) => Number(worth),
}

const byNumber = new Intl.Collator('zh', { numeric: true })

function ordering(sort: LedgerQuery['sort']): (a: LedgerLine, b: LedgerLine) => number {
  const sign = sort.startsWith('-') ? -1 : 1
  const value = valueOf[sort.replace('-', '') as SortKey]
  return (a, b) => {
    const [left, right] = [value(a), value(b)]
    const order =
      typeof left === 'string' && typeof right === 'string'
        ? byNumber.compare(left, right)
        : Number(left) - Number(right)
    return sign * (order || byNumber.compare(a.number, b.number))
  }
}

const mentions = (line: LedgerLine, q: string): boolean =>
  [line.number, line.what, line.unit, line.chargedUnit, line.kindName, line.source ?? ''].some((text) =>
    text.includes(q),
  )

/** The lines asked for in their order, and how many there are of each status before the status is narrowed. */
export function queryLedger(lines: readonly LedgerLine[], query: LedgerQuery) {
  const { status, kind, unit, q, sort } = query
  const counts = Object.fromEntries(statuses.map((each) => [each, 0])) as Record<FindingStatus, number>
  const matching = lines.filter(
    (line) =>
      (kind === undefined || line.kind === kind) &&
      (unit === undefined || line.unitId === unit || line.chargedUnitId === unit) &&
      (!q || mentions(line, q)),
  )
  for (const line of matching) counts[line.status]++
  const wanted = status?.split(',')
  const found = matching.filter((line) => !wanted || wanted.includes(line.status)).sort(ordering(sort))
  return { found, counts }
}
