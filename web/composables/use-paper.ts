import { useEventListener } from '@vueuse/core'
import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { useRoute } from 'vue-router'

/** What a card of so many columns of twelve has room for between the margins of an A4 page, in CSS pixels; upright, cards are as wide as the page. */
const cardWidths = { portrait: () => 640, landscape: (span: number) => span * 85 - 60 } as const

/** Whether the page is being printed, and how wide a card is on paper. What hangs on it is drawn before the page is taken. */
export function usePaper(span = () => 12): {
  readonly isPrinting: Ref<boolean>
  readonly cardWidth: ComputedRef<number>
} {
  const isPrinting = ref(false)
  useEventListener('beforeprint', () => (isPrinting.value = true))
  useEventListener('afterprint', () => (isPrinting.value = false))
  const route = useRoute()
  return { isPrinting, cardWidth: computed(() => cardWidths[route.meta.paper ?? 'portrait'](span())) }
}
