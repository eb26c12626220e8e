import { computed, type WatchSource } from 'vue'
import { useLoad, type Loaded } from './use-load.ts'
import { useSelection } from '../stores/selection.ts'
import { fetchAssessment, type AssessmentDetail } from '../api/result.ts'

/** The assessment on screen with its scheme, and what else a page asks for on the chosen day, as one answer. */
export function useAssessment<T>(
  fetchRest: (assessment: AssessmentDetail, asOf: string, signal: AbortSignal) => Promise<T>,
  sources: readonly WatchSource[] = [],
): Loaded<{ assessment: AssessmentDetail; asOf: string; rest: T }> {
  const selection = useSelection()
  const about = computed(() => `${selection.assessmentId} ${selection.askedDay}`)
  return useLoad(
    async (signal) => {
      const assessment = await fetchAssessment(selection.assessmentId ?? '', signal)
      selection.renew(assessment)
      const asOf = selection.askedDay || assessment.defaultAsOf
      return { assessment, asOf, rest: await fetchRest(assessment, asOf, signal) }
    },
    [about, ...sources],
  )
}
