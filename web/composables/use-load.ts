import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import { isAborted } from '../api/client.ts'

export interface Loaded<T> {
  /** The last answer; it stays on screen while a newer one is fetched or has failed. */
  readonly value: ShallowRef<T | null>
  readonly loading: Ref<boolean>
  /** Why the last attempt failed; null once one succeeds. */
  readonly problem: ShallowRef<unknown>
  /** When `value` was fetched. */
  readonly fetchedAt: Ref<Date | null>
  readonly reload: () => Promise<void>
}

/**
 * Server state for a page: fetched at once and again whenever a source changes; a newer request aborts the older
 * one, so the last one asked for wins.
 */
export function useLoad<T>(
  fetchValue: (signal: AbortSignal) => Promise<T>,
  sources: readonly WatchSource[] = [],
): Loaded<T> {
  const value: ShallowRef<T | null> = shallowRef(null)
  const loading = ref(false)
  const problem = shallowRef<unknown>(null)
  const fetchedAt = ref<Date | null>(null)
  let current = new AbortController()

  async function reload(): Promise<void> {
    current.abort()
    const attempt = new AbortController()
    current = attempt
    loading.value = true
    try {
      const next = await fetchValue(attempt.signal)
      if (attempt !== current) return
      value.value = next
      fetchedAt.value = new Date()
      problem.value = null
    } catch (reason) {
      if (attempt === current && !isAborted(reason)) problem.value = reason
    } finally {
      if (attempt === current) loading.value = false
    }
  }

  watch(sources as WatchSource[], reload)
  void reload()
  onScopeDispose(() => current.abort())
  return { value, loading, problem, fetchedAt, reload }
}
