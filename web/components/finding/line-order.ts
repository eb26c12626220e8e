import type { LedgerItem } from '../../api/result.ts'

const byNumber = new Intl.Collator('zh', { numeric: true })

const textOf: Readonly<Record<string, (line: LedgerItem) => string>> = {
  number: ({ number }) => number,
  unit: ({ chargedUnit, unit }) => `${chargedUnit} ${unit}`,
  kind: ({ kindName }) => kindName,
  status: ({ status }) => status,
  notifiedOn: ({ notifiedOn }) => notifiedOn ?? '',
  deadline: ({ deadline }) => deadline ?? '',
  worth: ({ worth }) => worth,
}

/** Lines of the ledger by one column, `-` before its name for the largest first; the finding's number decides ties. */
export function inOrder<Line extends LedgerItem>(lines: readonly Line[], sort: string): Line[] {
  const text = textOf[sort.replace(/^-/, '')]
  if (!text) return [...lines]
  const sign = sort.startsWith('-') ? -1 : 1
  return [...lines].sort(
    (a, b) => sign * (byNumber.compare(text(a), text(b)) || byNumber.compare(a.number, b.number)),
  )
}
