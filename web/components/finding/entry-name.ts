import type { LedgerEntry } from '#assessment/score/scorecard'

/** What an entry is called: its kind, with the severity where the kind has several. */
export const entryName = ({ kindName, severity }: Pick<LedgerEntry, 'kindName' | 'severity'>): string =>
  severity === null ? kindName : `${kindName}·${severity}`
