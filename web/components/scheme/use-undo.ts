import { useEventListener, useManualRefHistory, watchDebounced } from '@vueuse/core'
import { computed, ref, watch, type Ref } from 'vue'

/** What is typed within this many milliseconds is one step. */
const pause = 500
const most = 100

/** Steps back and forth through the states of a plain value; a pause in typing ends a step, and so does another field. */
export function useUndo<Value>(value: Ref<Value>) {
  const history = useManualRefHistory(value, { clone: true, capacity: most })
  const open = ref(false)

  function endStep(): void {
    open.value = false
    if (JSON.stringify(value.value) !== JSON.stringify(history.last.value.snapshot)) history.commit()
  }
  watch(value, () => (open.value = true), { deep: true })
  watchDebounced(value, endStep, { deep: true, debounce: pause })
  useEventListener('focusin', endStep)

  return {
    canUndo: computed(() => open.value || history.canUndo.value),
    canRedo: computed(() => !open.value && history.canRedo.value),
    undo: () => {
      endStep()
      history.undo()
    },
    redo: () => {
      endStep()
      history.redo()
    },
  }
}
