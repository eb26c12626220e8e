import { ref, shallowRef } from 'vue'
import { answer, api, type Answer } from '../api/client.ts'
import { useSelection } from '../stores/selection.ts'

export type Preset = Answer<typeof api.schemes.presets.$get>[number]

/** Creates an assessment from a preset and makes it the chosen one. */
export function useNewAssessment() {
  const selection = useSelection()
  const busy = ref(false)
  const problem = shallowRef<unknown>(null)

  /** Resolves with the new assessment's id, or null after a failure, which `problem` tells. */
  async function create(name: string, year: number, preset: Preset['key']): Promise<string | null> {
    busy.value = true
    problem.value = null
    try {
      const made = await answer(api.assessments.$post({ json: { name, year, preset } }))
      await selection.load()
      selection.remember(made.id)
      return made.id
    } catch (reason) {
      problem.value = reason
      return null
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, create }
}
