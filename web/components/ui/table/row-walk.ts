import { computed, ref, type WritableComputedRef, type Ref } from 'vue'

const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
}

/**
 * Arrow keys, Home and End walk the links of a list, which is one stop of the Tab key: only the link of `current` has
 * a tabindex of 0. Enter opens a link by itself. `places` are the rows that open, in order; `show` brings one into the
 * page that is not drawn yet.
 */
export function useRowWalk(
  list: Ref<HTMLElement | undefined>,
  places: () => readonly number[],
  show: (place: number) => Promise<void> = () => Promise.resolve(),
): { current: WritableComputedRef<number>; walk: (event: KeyboardEvent) => Promise<void> } {
  const reached = ref(0)
  const current = computed({
    get: () => (places().includes(reached.value) ? reached.value : (places()[0] ?? 0)),
    set: (place) => (reached.value = place),
  })
  const linkAt = (place: number) => list.value?.querySelector<HTMLElement>(`a[data-place="${place}"]`)

  async function walk(event: KeyboardEvent): Promise<void> {
    const step = steps[event.key]
    const from = event.target instanceof HTMLElement ? event.target.dataset.place : undefined
    if (!step || from === undefined) return
    event.preventDefault()
    const stops = places()
    const place = stops[step(stops.indexOf(Number(from)), stops.length - 1)] ?? 0
    current.value = place
    await show(place)
    linkAt(place)?.focus()
  }
  return { current, walk }
}

/** Whether a click on a row means the row: not a link or field in it, and no text being marked. */
export const meansRow = ({ target }: MouseEvent): boolean =>
  !(target instanceof Element && target.closest('a, button, input, label, select, textarea')) &&
  !window.getSelection()?.toString()
