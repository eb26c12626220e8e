import { computed, type ComputedRef } from 'vue'
import { t } from '../i18n.ts'
import { useSelection } from '../stores/selection.ts'

/** Where the figures of an assessment's page come from, for the head of a file: the assessment and the day. */
export function useTableSource(): ComputedRef<string> {
  const selection = useSelection()
  return computed(() =>
    t('states.table.source', { name: selection.assessment?.name ?? '', day: selection.asOf }),
  )
}
