import { ref } from 'vue'

/** How many requests have not been answered to the end. */
export const underWay = ref(0)

export async function whileUnderWay<Told>(work: () => Promise<Told>): Promise<Told> {
  underWay.value++
  try {
    return await work()
  } finally {
    underWay.value--
  }
}
