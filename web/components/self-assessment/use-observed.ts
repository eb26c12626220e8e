import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { decimal, format, type Rational } from '#assessment/rational'
import type { LeafScale } from '#assessment/rule/scheme'
import { marksFrom } from '#assessment/score/leaf-scale'
import { exactValue } from '../result/exact-value.ts'

/** What was observed at an indicator, as typed here, else as it is recorded, and the marks that follow from it. */
export interface Observed {
  readonly observation: Ref<string>
  /** Null where nothing was observed, or it makes no sense. */
  readonly following: ComputedRef<Rational | null>
  /** Whether marks are other than those that follow. */
  readonly departs: (marks: string | null) => boolean
  /** What goes along with the marks. */
  readonly told: () => { observation?: string | null }
}

/** The observation at a leaf whose marks follow from one; where marks are free, nothing is observed. */
export function useObserved(scale: () => LeafScale, full: () => string, recorded: string | null): Observed {
  const observation = ref(recorded ?? '')
  const following = computed(() => {
    const how = scale()
    if (how.type === 'free' || observation.value.trim() === '') return null
    const result = marksFrom(how, observation.value, full())
    return 'marks' in result ? exactValue(result.marks) : null
  })
  return {
    observation,
    following,
    departs: (marks) =>
      following.value !== null &&
      (marks === null || format(decimal(marks), 4) !== format(following.value, 4)),
    told: () => (scale().type === 'free' ? {} : { observation: observation.value.trim() || null }),
  }
}
