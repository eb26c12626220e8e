import { t, type MessageKey } from '../../i18n.ts'
import { clockTime, dayInProse } from '../../locales/format.ts'
import type { Drift } from '../../api/publication.ts'

const two = (value: number): string => String(value).padStart(2, '0')

const dayOf = (moment: Date): string =>
  `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`

/** A moment on the reader's clock, in prose. */
export function momentInProse(iso: string): string {
  const at = new Date(iso)
  return `${dayInProse(dayOf(at))} ${clockTime(at)}`
}

/** A moment on the reader's clock, as short as a table cell. */
export function momentInTable(iso: string): string {
  const at = new Date(iso)
  return `${dayOf(at)} ${clockTime(at)}`
}

/** What kind of fact changed; of a finding, which step. */
export const factWords = ({ table, type }: Pick<Drift['changes'][number], 'table' | 'type'>): string =>
  t(
    (table === 'findingFacts' && type !== null
      ? `result.scorecard.timeline.${type}`
      : `publication.drift.table.${table}`) as MessageKey,
  )
