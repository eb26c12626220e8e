import type { Day } from '#assessment/day'
import type { Overview } from '../../../api/result.ts'

interface KindRow {
  readonly kind: string
  readonly name: string
  /** Problems that began to cost points, per month. */
  readonly counts: readonly number[]
  readonly total: number
}

/** Problems by kind and month: one row a kind, the most frequent first, one column a month. */
export interface MonthTable {
  /** `YYYY-MM`. */
  readonly months: readonly string[]
  readonly rows: readonly KindRow[]
  readonly totals: readonly number[]
  readonly total: number
  readonly highest: number
}

function monthsBetween(first: string, last: string): string[] {
  const months: string[] = []
  for (let month = first; month <= last && months.length < 36;) {
    months.push(month)
    const [year = 0, number = 0] = month.split('-').map(Number)
    month = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
  }
  return months
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** The table from the year's start to the latest month with a loss, at least to `asOf` inside the year. */
export function monthTable(losses: Overview['losses'], year: number, asOf: Day): MonthTable {
  const known = losses.map(({ month }) => month)
  const endOfYear = `${year}-12`
  const now = asOf.slice(0, 7)
  const reached = now < endOfYear ? now : endOfYear
  const first = [`${year}-01`, ...known].reduce((a, b) => (a < b ? a : b))
  const last = [reached, ...known].reduce((a, b) => (a > b ? a : b))
  const months = monthsBetween(first, last)
  const names = new Map(losses.map(({ kind, name }) => [kind, name]))
  const rows = [...names]
    .map(([kind, name]) => {
      const counts = months.map(
        (month) => losses.find((loss) => loss.kind === kind && loss.month === month)?.count ?? 0,
      )
      return { kind, name, counts, total: sum(counts) }
    })
    .sort((a, b) => b.total - a.total)
  const totals = months.map((_, index) => sum(rows.map((row) => row.counts[index] ?? 0)))
  return {
    months,
    rows,
    totals,
    total: sum(totals),
    highest: Math.max(1, ...rows.flatMap((row) => row.counts)),
  }
}

/** The months with most problems: those within nine tenths of the highest, two at most; empty when nothing stands out. */
export function peakMonths({ months, totals }: MonthTable): { months: string[]; count: number } {
  const most = Math.max(0, ...totals)
  const peaks = months
    .map((month, index) => ({ month, count: totals[index] ?? 0 }))
    .filter(({ count }) => most > 1 && count >= most * 0.9)
  return peaks.length > 2
    ? { months: [], count: 0 }
    : { months: peaks.map(({ month }) => month), count: sum(peaks.map(({ count }) => count)) }
}
