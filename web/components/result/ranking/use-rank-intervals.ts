import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { isAborted } from '../../../api/client.ts'
import type { DrawingMessage, RankInterval } from '../../../workers/drawing.ts'
import { fetchRobustnessInput } from '../../../api/simulation.ts'

export interface RankIntervals {
  readonly byUnit: ShallowRef<ReadonlyMap<string, RankInterval>>
  /** Share of the draws done, 0 to 1; null while nothing is being drawn. */
  readonly progress: Ref<number | null>
  readonly failed: Ref<boolean>
}

interface Wanted {
  readonly assessmentId: string
  readonly asOf: string
  /** When the scores shown were fetched: newer ones are drawn anew. */
  readonly fetchedAt: Date | null
}

/** Rank intervals for what a page shows, drawn in a worker; what is no longer wanted is broken off. */
export function useRankIntervals(wanted: () => Wanted | null): RankIntervals {
  const byUnit: RankIntervals['byUnit'] = shallowRef(new Map())
  const progress = ref<number | null>(null)
  const failed = ref(false)
  let asking: AbortController | null = null
  let worker: Worker | null = null

  function breakOff(): void {
    asking?.abort()
    worker?.terminate()
    worker = null
    progress.value = null
  }
  function fail(): void {
    breakOff()
    failed.value = true
  }
  function hear({ data }: MessageEvent<DrawingMessage>): void {
    if (data.type === 'progress') {
      progress.value = data.share
      return
    }
    byUnit.value = new Map(data.intervals.map((interval) => [interval.unitId, interval]))
    breakOff()
  }
  async function draw({ assessmentId, asOf }: Wanted): Promise<void> {
    const attempt = new AbortController()
    asking = attempt
    progress.value = 0
    try {
      const [rankings, { default: IntervalWorker }] = await Promise.all([
        fetchRobustnessInput(assessmentId, asOf, attempt.signal),
        import('../../../workers/rank-intervals.ts?worker'),
      ])
      if (attempt !== asking) return
      worker = new IntervalWorker()
      worker.addEventListener('message', hear)
      worker.addEventListener('error', fail)
      worker.postMessage(rankings)
    } catch (reason) {
      if (attempt === asking && !isAborted(reason)) fail()
    }
  }

  watch(
    () => JSON.stringify(wanted()),
    () => {
      breakOff()
      failed.value = false
      const next = wanted()
      if (next) void draw(next)
      else byUnit.value = new Map()
    },
    { immediate: true },
  )
  onScopeDispose(breakOff)
  return { byUnit, progress, failed }
}
