import { answer, api, type Answer } from '../api/client.ts'
import { useLoad, type Loaded } from './use-load.ts'

export type Unit = Answer<typeof api.units.$get>['items'][number]

const pageSize = 500

/** Every unit that the person may see, fetched page by page. */
export function useUnits(): Loaded<Unit[]> {
  return useLoad(async (signal) => {
    const units: Unit[] = []
    for (let page = 1, total = 1; units.length < total; page++) {
      const query = { page: String(page), size: String(pageSize) }
      const part = await answer(api.units.$get({ query }, { init: { signal } }))
      units.push(...part.items)
      total = part.items.length === 0 ? 0 : part.total
    }
    return units
  })
}
