import { answer, api, type Answer } from '../api/client.ts'
import { everyPage, mostAtOnce } from '../api/every-page.ts'
import { useLoad, type Loaded } from './use-load.ts'

export type Unit = Answer<typeof api.units.$get>['items'][number]

/** Every unit that the person may see. */
export const fetchUnits = (signal?: AbortSignal): Promise<Unit[]> =>
  everyPage((page) => {
    const query = { page: String(page), size: String(mostAtOnce) }
    return answer(api.units.$get({ query }, signal ? { init: { signal } } : {}))
  })

export const useUnits = (): Loaded<Unit[]> => useLoad(fetchUnits)
