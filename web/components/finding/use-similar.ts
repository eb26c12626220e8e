import { shallowRef, watch, type ShallowRef } from 'vue'
import { isAborted } from '../../api/client.ts'
import { findSimilar, type Similar } from './similar.ts'

/** What is looked for: the finding about to be recorded, and the units it would be recorded at. */
export interface Sought {
  readonly about: Parameters<typeof findSimilar>[1]
  readonly unitIds: readonly string[]
}

const pauseMs = 400

/** The findings that resemble one being typed, asked for when typing pauses; none while there is too little to compare (null). */
export function useSimilar(
  assessmentId: string,
  sought: () => Sought | null,
): ShallowRef<readonly Similar[]> {
  const similar = shallowRef<readonly Similar[]>([])
  let looking = new AbortController()
  watch(
    () => JSON.stringify(sought()),
    () => {
      looking.abort()
      const attempt = new AbortController()
      looking = attempt
      const now = sought()
      if (now === null) {
        similar.value = []
        return
      }
      setTimeout(async () => {
        if (attempt.signal.aborted) return
        try {
          similar.value = await findSimilar(assessmentId, now.about, now.unitIds, attempt.signal)
        } catch (reason) {
          // Saving asks again and says what is wrong.
          if (!isAborted(reason)) similar.value = []
        }
      }, pauseMs)
    },
    { immediate: true },
  )
  return similar
}
