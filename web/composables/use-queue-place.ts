import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { placesInQueue } from '../api/queue.ts'
import { underWay } from '../api/under-way.ts'

/** A request that takes longer may be waiting for its turn; milliseconds. */
const patience = 1000
const pause = 2000
/** The queue is told at once: a server that does not tell it for so long after `patience` answers nothing. */
const silence = 4000

interface Waiting {
  /** How many go before the first of one's own files that waits for its turn; null while none does. */
  readonly before: Ref<number | null>
  /** Whether the server has answered nothing for five seconds. */
  readonly isSilent: Ref<boolean>
}

/** Why a request of one's own takes long. */
export function useQueuePlace(): Waiting {
  const before = ref<number | null>(null)
  const isSilent = ref(false)
  let timer: number | undefined
  let isOver = false

  async function look(): Promise<void> {
    timer = undefined
    const silent = window.setTimeout(() => (isSilent.value = underWay.value > 0), silence)
    const places = underWay.value === 0 ? [] : await placesInQueue().catch(() => [])
    window.clearTimeout(silent)
    isSilent.value = false
    before.value = places[0] ?? null
    if (underWay.value > 0) lookIn(pause)
    else before.value = null
  }
  function lookIn(milliseconds: number): void {
    if (!isOver) timer ??= window.setTimeout(() => void look(), milliseconds)
  }

  watch(underWay, (requests) => {
    if (requests > 0) lookIn(patience)
    else {
      before.value = null
      isSilent.value = false
    }
  })
  onScopeDispose(() => {
    isOver = true
    window.clearTimeout(timer)
  })
  return { before, isSilent }
}
