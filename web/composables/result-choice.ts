import { computed, type WritableComputedRef } from 'vue'
import { resultChoices, type ResultChoice } from '../api/interim.ts'
import { useQueryState } from './query-state.ts'

/** Which results the address asks for: 正式成绩, or 截至目前. */
export function useResultChoice(): WritableComputedRef<ResultChoice> {
  const text = useQueryState('results')
  return computed({
    get: () => resultChoices.find((choice) => choice === text.value) ?? '',
    set: (choice) => (text.value = choice),
  })
}
