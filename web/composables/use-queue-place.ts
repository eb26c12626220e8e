import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { placesInQueue } from '../api/queue.ts'
import { underWay } from '../api/under-way.ts'

/** A request that takes longer may be waiting for its turn; milliseconds. */
const patience = 1000
const pause = 2000

/** How many go before the first of one's own files that waits for its turn; null while none does. */
export function useQueuePlace(): Ref<number | null> {
  const before = ref<number | null>(null)
  let timer: number | undefined
  let isOver = false

  async function look(): Promise<void> {
    timer = undefined
    const places = underWay.value === 0 ? [] : await placesInQueue().catch(() => [])
    before.value = places[0] ?? null
    if (underWay.value > 0) lookIn(pause)
    else before.value = null
  }
  function lookIn(milliseconds: number): void {
    if (!isOver) timer ??= window.setTimeout(() => void look(), milliseconds)
  }

  watch(underWay, (requests) => {
    if (requests > 0) lookIn(patience)
    else before.value = null
  })
  onScopeDispose(() => {
    isOver = true
    window.clearTimeout(timer)
  })
  return before
}
