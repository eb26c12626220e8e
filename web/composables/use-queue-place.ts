import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { placesInQueue } from '../api/queue.ts'
import { underWay } from '../api/under-way.ts'

/** A request that takes longer may be waiting for its turn; milliseconds. */
const patience = 1000
const pause = 2000
/** How often the queue is looked at for a download, of which a page does not learn when it begins. */
const looks = 3

/** How many go before the first of one's own files that waits for its turn; null while none does. */
export function useQueuePlace(): Ref<number | null> {
  const before = ref<number | null>(null)
  let timer: number | undefined
  let looksLeft = 0
  let isOver = false

  async function look(): Promise<void> {
    timer = undefined
    if (underWay.value === 0 && looksLeft === 0) {
      before.value = null
      return
    }
    const places = await placesInQueue().catch(() => [])
    before.value = places[0] ?? null
    looksLeft = places.length > 0 ? looks : Math.max(0, looksLeft - 1)
    lookIn(pause)
  }
  function lookIn(milliseconds: number): void {
    if (!isOver) timer ??= window.setTimeout(() => void look(), milliseconds)
  }
  function onClick({ target }: MouseEvent): void {
    if (!(target instanceof Element) || !target.closest('a[download][href*="/api/"]')) return
    looksLeft = looks
    lookIn(patience)
  }

  watch(underWay, (requests) => {
    if (requests > 0) lookIn(patience)
  })
  document.addEventListener('click', onClick)
  onScopeDispose(() => {
    isOver = true
    window.clearTimeout(timer)
    document.removeEventListener('click', onClick)
  })
  return before
}
