import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'

/** What is typed within this many milliseconds is one step. */
const pause = 500
const most = 100

/** Steps back and forth through the states of a plain value; a pause in typing ends a step. */
export function useUndo<Value>(value: Ref<Value>) {
  const past = ref<string[]>([])
  const future = ref<string[]>([])
  const open = ref(false)
  let present = JSON.stringify(value.value)
  let timer: ReturnType<typeof setTimeout> | undefined

  function endStep(): void {
    clearTimeout(timer)
    open.value = false
    const now = JSON.stringify(value.value)
    if (now === present) return
    past.value = [...past.value, present].slice(-most)
    future.value = []
    present = now
  }
  watch(
    value,
    () => {
      open.value = true
      clearTimeout(timer)
      timer = setTimeout(endStep, pause)
    },
    { deep: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  function go(from: Ref<string[]>, into: Ref<string[]>): void {
    endStep()
    const next = from.value.at(-1)
    if (next === undefined) return
    from.value = from.value.slice(0, -1)
    into.value = [...into.value, present]
    present = next
    value.value = JSON.parse(next) as Value
  }
  return {
    canUndo: computed(() => open.value || past.value.length > 0),
    canRedo: computed(() => !open.value && future.value.length > 0),
    undo: () => go(past, future),
    redo: () => go(future, past),
  }
}
