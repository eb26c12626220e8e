import { useIntervalFn } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { ApiProblem, isAborted } from '../../../api/client.ts'
import { fetchWall, type WallResults } from '../../../api/wall.ts'

const minute = 60_000
/** How long until results are asked for again; sooner while there are none, or the server is away. */
const refreshAfter = { shown: 3 * minute, waiting: minute, away: 15_000 } as const

/**
 * - `loading`: not answered yet; `away`: the server cannot be reached and nothing is known yet
 * - `waiting`: nothing is published; `shown`: results are there
 * - `expired`: the link's time is over; `gone`: there is no such link (any more)
 */
export type WallState = 'loading' | 'away' | 'waiting' | 'shown' | 'expired' | 'gone'

export interface Wall {
  readonly state: Ref<WallState>
  readonly results: ShallowRef<WallResults | null>
  /** When the results shown were fetched, if the last attempt to renew them failed. */
  readonly staleSince: Ref<Date | null>
}

/** What a wall shows, renewed every few minutes until its link ends; then nothing is kept. */
export function useWall(token: string): Wall {
  const state = ref<WallState>('loading')
  const results: Wall['results'] = shallowRef(null)
  const staleSince = ref<Date | null>(null)
  let fetchedAt: Date | null = null
  /** On this machine's clock. */
  let endsAt = Infinity
  let askAt = 0
  let asking: AbortController | null = null

  function end(how: 'expired' | 'gone'): void {
    state.value = how
    results.value = null
    pause()
  }
  async function ask(): Promise<void> {
    asking = new AbortController()
    try {
      const told = await fetchWall(token, asking.signal)
      fetchedAt = new Date()
      staleSince.value = null
      endsAt = fetchedAt.getTime() + Date.parse(told.expiresAt) - Date.parse(told.now)
      results.value = told.results
      state.value = told.results ? 'shown' : 'waiting'
      askAt = Date.now() + refreshAfter[state.value]
    } catch (reason) {
      if (isAborted(reason)) return
      if (reason instanceof ApiProblem && reason.status === 404) {
        end(Date.now() >= endsAt - minute ? 'expired' : 'gone')
        return
      }
      if (state.value === 'loading') state.value = 'away'
      staleSince.value = fetchedAt
      askAt = Date.now() + refreshAfter.away
    } finally {
      asking = null
    }
  }
  const look = (): void => {
    if (Date.now() >= endsAt) end('expired')
    else if (!asking && Date.now() >= askAt) void ask()
  }
  const { pause } = useIntervalFn(look, 1000)
  void ask()
  onScopeDispose(() => asking?.abort())
  return { state, results, staleSince }
}
