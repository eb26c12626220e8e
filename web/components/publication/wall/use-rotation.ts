import { useEventListener, useIntervalFn } from '@vueuse/core'
import { ref, type Ref } from 'vue'

export interface Rotation {
  readonly at: Ref<number>
  /** Seconds until the next scene. */
  readonly left: Ref<number>
  readonly paused: Ref<boolean>
  readonly go: (to: number) => void
  readonly pause: () => void
}

/** Turns from scene to scene by itself; ← → step, the space bar stops and goes on. */
export function useRotation(count: () => number, seconds: number): Rotation {
  const at = ref(0)
  const left = ref(seconds)
  const paused = ref(false)

  function go(to: number): void {
    const many = Math.max(1, count())
    at.value = ((to % many) + many) % many
    left.value = seconds
  }
  const pause = (): void => {
    paused.value = !paused.value
  }
  function tick(): void {
    if (at.value >= Math.max(1, count())) go(0)
    if (paused.value || count() < 2) return
    left.value--
    if (left.value <= 0) go(at.value + 1)
  }
  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'ArrowRight') go(at.value + 1)
    else if (event.key === 'ArrowLeft') go(at.value - 1)
    else if (event.key === ' ' && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault()
      pause()
    }
  }
  useIntervalFn(tick, 1000)
  useEventListener(window, 'keydown', press)
  return { at, left, paused, go, pause }
}
