import { answer, api, type Answer } from '../api/client.ts'
import { useSelection } from '../stores/selection.ts'

export type Preset = Answer<typeof api.schemes.presets.$get>[number]

type Beginning = Parameters<typeof api.assessments.$post>[0]['json']

/** Begins an assessment and makes it the chosen one; resolves with its id. */
export function useNewAssessment(): (beginning: Beginning) => Promise<string> {
  const selection = useSelection()
  return async (json) => {
    const { id } = await answer(api.assessments.$post({ json }))
    await selection.load()
    selection.remember(id)
    return id
  }
}
