import { ref, type Ref } from 'vue'

const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
}

/**
 * Arrow keys, Home and End walk the links of a list, which is one stop of the Tab key: only the link of `current` has
 * a tabindex of 0. Enter opens a link by itself. `show` brings a row into the page that is not drawn yet.
 */
export function useRowWalk(
  list: Ref<HTMLElement | undefined>,
  count: () => number,
  show: (place: number) => Promise<void> = () => Promise.resolve(),
): { current: Ref<number>; walk: (event: KeyboardEvent) => Promise<void> } {
  const current = ref(0)
  const linkAt = (place: number) => list.value?.querySelector<HTMLElement>(`a[data-place="${place}"]`)

  async function walk(event: KeyboardEvent): Promise<void> {
    const step = steps[event.key]
    const from = event.target instanceof HTMLElement ? event.target.dataset.place : undefined
    if (!step || from === undefined) return
    event.preventDefault()
    const place = step(Number(from), count() - 1)
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
