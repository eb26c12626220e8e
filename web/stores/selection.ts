import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useRoute } from 'vue-router'
import { answer, api, type Answer } from '../api/client.ts'

export type Assessment = Answer<typeof api.assessments.$get>['items'][number]

const storageKey = 'zhengheng.assessment'

/**
 * Which assessment and which day the pages show. Both live in the address (`/assessments/:assessmentId/…?asOf=`),
 * so that it can be sent to a colleague; outside an assessment's pages the last one looked at stays chosen.
 */
export const useSelection = defineStore('selection', () => {
  const route = useRoute()
  const assessments = ref<Assessment[]>([])
  const loaded = ref(false)
  const remembered = ref(localStorage.getItem(storageKey))

  const assessmentId = computed(() => {
    const inAddress = route.params.assessmentId
    if (typeof inAddress === 'string') return inAddress
    const known = assessments.value.some((item) => item.id === remembered.value)
    return known ? remembered.value : (assessments.value[0]?.id ?? null)
  })
  const assessment = computed(() => assessments.value.find((item) => item.id === assessmentId.value) ?? null)
  /** The day in the address; empty for the one that the assessment opens on. */
  const askedDay = computed(() => (typeof route.query.asOf === 'string' ? route.query.asOf : ''))
  const asOf = computed(() => askedDay.value || (assessment.value?.defaultAsOf ?? ''))

  async function load(): Promise<void> {
    const page = await answer(api.assessments.$get({ query: { size: '100' } }))
    assessments.value = page.items
    loaded.value = true
  }

  /** What is newly known of an assessment: its publication, its today. */
  function renew(known: Assessment): void {
    assessments.value = assessments.value.map((item) => (item.id === known.id ? known : item))
  }

  function remember(id: string): void {
    remembered.value = id
    localStorage.setItem(storageKey, id)
  }

  function forget(): void {
    assessments.value = []
    loaded.value = false
  }

  return { assessments, loaded, assessmentId, assessment, askedDay, asOf, load, renew, remember, forget }
})
