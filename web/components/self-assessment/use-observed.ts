import { computed, type ComputedRef } from 'vue'
import { decimal, format, type Rational } from '#assessment/rational'
import type { LeafScale } from '#assessment/rule/scheme'
import { marksFrom } from '#assessment/score/leaf-scale'
import { brief } from '../result/exact-text.ts'
import { exactValue } from '../result/exact-value.ts'

/** The marks that follow from what was observed; null where nothing was, it makes no sense, or marks are free. */
function marksFollowing(scale: LeafScale, observation: string, full: string): Rational | null {
  if (scale.type === 'free' || observation.trim() === '') return null
  const result = marksFrom(scale, observation, full)
  return 'marks' in result ? exactValue(result.marks) : null
}

/** The same as an input shows them; blank where none follow. */
export function followingText(scale: LeafScale, observation: string, full: string): string {
  const marks = marksFollowing(scale, observation, full)
  return marks === null ? '' : brief(format(marks, 4))
}

/** What was observed at an indicator, and the marks that follow from it. */
export interface Observed {
  readonly following: ComputedRef<Rational | null>
  /** Whether marks are other than those that follow. */
  readonly departs: (marks: string | null) => boolean
  /** What goes along with the marks. */
  readonly told: () => { observation?: string | null }
}

/** The observation at a leaf whose marks follow from one; where marks are free, nothing is observed. */
export function useObserved(scale: () => LeafScale, full: () => string, observation: () => string): Observed {
  const following = computed(() => marksFollowing(scale(), observation(), full()))
  return {
    following,
    departs: (marks) =>
      following.value !== null &&
      (marks === null || format(decimal(marks), 4) !== format(following.value, 4)),
    told: () => (scale().type === 'free' ? {} : { observation: observation().trim() || null }),
  }
}
