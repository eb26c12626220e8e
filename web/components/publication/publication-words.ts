import { t, type MessageKey } from '../../i18n.ts'
import type { Drift } from '../../api/publication.ts'

/** What kind of fact changed; of a finding, which step. */
export const factWords = ({ table, type }: Pick<Drift['changes'][number], 'table' | 'type'>): string =>
  t(
    (table === 'findingFacts' && type !== null
      ? `result.scorecard.timeline.${type}`
      : `publication.drift.table.${table}`) as MessageKey,
  )
