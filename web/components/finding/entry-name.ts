import type { LedgerEntry } from '#assessment/score/scorecard'
import { named } from '../../scheme-names.ts'

/** What an entry is called in the language on screen: its kind, with the severity where the kind has several. */
export const entryName = ({ kindName, severity }: Pick<LedgerEntry, 'kindName' | 'severity'>): string =>
  severity === null ? named(kindName) : `${named(kindName)}·${named(severity)}`
