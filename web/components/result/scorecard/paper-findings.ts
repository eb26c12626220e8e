import type { LedgerEntry, Scorecard } from '#assessment/score/scorecard'
import { entriesOn } from '#assessment/score/scorecard'
import { costlyFirst } from './finding-order.ts'

/** Lines that two pages of A4 have for tables, headings taken off. */
const lines = 72
/** Lines of a row of the composition, of a problem, and of a table's title and head. */
const rowLines = { part: 3, finding: 2, head: 3 } as const
const fewest = 3

/** A scorecard's problems as two pages have room for them: those that cost or may cost points first; how many are left, and how many are settled. */
export function paperFindings(
  card: Scorecard,
  /** Rows of the other tables, and how many tables there are; null where there is room for all. */
  beside: { readonly rows: number; readonly tables: number } | null,
): { readonly shown: readonly LedgerEntry[]; readonly left: number; readonly settled: number } {
  const all = costlyFirst(entriesOn(card))
  const costly = all.filter(({ countsOn, atRisk }) => countsOn !== null || atRisk > 0)
  const settled = all.length - costly.length
  if (beside === null) return { shown: costly, left: 0, settled }
  const taken = card.components.length * rowLines.part + beside.rows + (beside.tables + 2) * rowLines.head
  const room = Math.max(fewest, Math.floor((lines - taken) / rowLines.finding))
  const shown = costly.slice(0, room)
  return { shown, left: costly.length - shown.length, settled }
}
