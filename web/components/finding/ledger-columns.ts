import { numberAtPlace } from '#assessment/score/finding-number'
import type { WorkCalendar } from '#assessment/working-days'
import type { LedgerItem } from '../../api/result.ts'
import { t } from '../../i18n.ts'
import type { Column } from '../ui/data-table.ts'
import { daysLeft } from '../ui/days-left.ts'
import { daysWords } from './days-words.ts'
import { entryName } from './entry-name.ts'
import { costInComponent, costInComposite, costText } from './ledger-cost.ts'

/** The columns of the ledger; `ranks` tells how the rank would move with each finding. */
export function ledgerColumns(
  asOf: string,
  calendar: WorkCalendar,
  ranks: ReadonlyMap<string, string> | undefined,
): Column<LedgerItem>[] {
  const left = ({ status, notifiedOn, deadline, countsOn, effect }: LedgerItem): string | null =>
    deadline !== null && (status === 'open' || status === 'pending-review')
      ? daysWords(daysLeft(asOf, notifiedOn, deadline, calendar).left)
      : countsOn && t(`finding.ledger.since.${effect}`, { day: countsOn })
  const rank: Column<LedgerItem> = {
    key: 'rank',
    label: t('vocabulary.rank'),
    value: ({ findingId }) => ranks?.get(findingId) ?? null,
  }
  return [
    {
      key: 'number',
      label: t('finding.ledger.number'),
      value: numberAtPlace,
      kind: 'code',
      sort: 'up',
      head: true,
    },
    { key: 'unit', label: t('vocabulary.unit'), value: ({ unit }) => unit, sort: 'up' },
    { key: 'what', label: t('vocabulary.matter'), value: ({ what }) => what, none: '' },
    {
      key: 'kind',
      label: t('vocabulary.kind'),
      value: entryName,
      sort: 'up',
      optional: true,
    },
    {
      key: 'notifiedOn',
      label: t('finding.ledger.notifiedOn'),
      value: ({ notifiedOn }) => notifiedOn,
      kind: 'day',
      sort: 'down',
      optional: true,
    },
    {
      key: 'deadline',
      label: t('vocabulary.deadline'),
      value: ({ deadline }) => deadline,
      kind: 'day',
      sort: 'up',
      optional: true,
    },
    { key: 'left', label: t('finding.ledger.left'), value: left, optional: true },
    {
      key: 'status',
      label: t('finding.ledger.statusHead'),
      value: ({ status, appealed }) =>
        [t(`finding.ledger.status.${status}`), ...(appealed ? [t('finding.ledger.appealed')] : [])].join(' '),
      sort: 'up',
    },
    {
      key: 'points',
      label: t('finding.ledger.points'),
      value: (item) => costText(costInComponent(item)),
      kind: 'points',
      optional: true,
    },
    {
      key: 'worth',
      label: t('finding.ledger.worth'),
      value: (item) => costText(costInComposite(item)),
      kind: 'points',
      sort: 'down',
    },
    ...(ranks && ranks.size > 0 ? [rank] : []),
  ]
}
