import { z } from 'zod'
import { statuses, type FindingStatus } from '#assessment/score/scorecard'
import type { LedgerLine } from './wire.ts'
import { day, paging } from '../http/wire.ts'

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
  /** Of the units of one ranking group. */
  group: z.string().max(100).optional(),
  /** The month in which points began to be lost, `YYYY-MM`. */
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
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

/** Numbers for texts in the order people expect; each text is compared once, however many lines bear it. */
function placesOf(texts: readonly string[]): (text: string) => number {
  const places = new Map([...new Set(texts)].sort(byNumber.compare).map((text, index) => [text, index]))
  return (text) => places.get(text) ?? 0
}

/** A number such as 2017-432 as what stands before its last digits, and these. */
function partsOf(number: string): { prefix: string; last: number } {
  const digits = /\d{0,15}$/.exec(number)?.[0] ?? ''
  return { prefix: number.slice(0, number.length - digits.length), last: Number(digits) }
}

/** The lines in the order asked for, those alike by number, and those of the same number by the unit charged. */
function ordered(lines: readonly LedgerLine[], sort: LedgerQuery['sort']): LedgerLine[] {
  const sign = sort.startsWith('-') ? -1 : 1
  const key = sort.replace('-', '') as SortKey
  const keyed = lines.map((line) => ({ line, value: valueOf[key](line), ...partsOf(line.number) }))
  const prefix = placesOf(keyed.map((one) => one.prefix))
  const unit = placesOf(lines.map(({ chargedUnit }) => chargedUnit))
  const isText = key === 'number' ? false : keyed.some(({ value }) => typeof value === 'string')
  const place = isText ? placesOf(keyed.map(({ value }) => String(value))) : Number
  return keyed
    .map(({ line, value, prefix: before, last }) => ({
      line,
      keys: [
        key === 'number' ? 0 : place(String(value)),
        prefix(before),
        last,
        unit(line.chargedUnit),
      ] as const,
    }))
    .sort(({ keys: a }, { keys: b }) => sign * (a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]))
    .map(({ line }) => line)
}

/** Whether every word stands somewhere in the line; a number goes with the name of either unit, with or without a space between. */
function mentions(line: LedgerLine, q: string): boolean {
  const { fullNumber, what, unit, chargedUnit, kindName, source } = line
  const texts = [fullNumber, fullNumber.replace(' ', ''), what, unit, chargedUnit, kindName, source ?? '']
  return q.split(/\s+/).every((word) => texts.some((text) => text.includes(word)))
}

/** The lines asked for in their order, and how many there are of each status before the status is narrowed. */
export function queryLedger(lines: readonly LedgerLine[], query: LedgerQuery) {
  const { status, kind, unit, group, month, q, sort } = query
  const counts = Object.fromEntries(statuses.map((each) => [each, 0])) as Record<FindingStatus, number>
  const matching = lines.filter(
    (line) =>
      (kind === undefined || line.kind === kind) &&
      (unit === undefined || line.unitId === unit || line.chargedUnitId === unit) &&
      (group === undefined || line.group === group) &&
      (month === undefined || line.countsOn?.startsWith(month)) &&
      (!q || mentions(line, q)),
  )
  for (const line of matching) counts[line.status]++
  const wanted = status?.split(',')
  const found = ordered(
    matching.filter((line) => !wanted || wanted.includes(line.status)),
    sort,
  )
  return { found, counts }
}
