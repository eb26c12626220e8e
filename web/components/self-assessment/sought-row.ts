import { nextTick, onMounted, watch, type Ref } from 'vue'

/**
 * Goes to the row of a table that an address names by its `data-row`: into sight, and with the keyboard to its first field, unless something on the page is in use already.
 */
export function useSoughtRow(
  table: Readonly<Ref<HTMLElement | undefined>>,
  sought: Readonly<Ref<string>>,
): void {
  async function go(): Promise<void> {
    await nextTick()
    if (sought.value === '') return
    const row = table.value?.querySelector<HTMLElement>(`[data-row="${CSS.escape(sought.value)}"]`)
    if (!row) return
    const { activeElement } = document
    const isFree = activeElement === null || !activeElement.matches('a, button, input, textarea, select')
    if (isFree) {
      const field = row.querySelector<HTMLElement>('input, textarea') ?? row
      if (field === row) row.tabIndex = -1
      field.focus({ preventScroll: true })
    }
    row.scrollIntoView({ block: 'center' })
  }
  onMounted(go)
  watch(sought, go)
}
