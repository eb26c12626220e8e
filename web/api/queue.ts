import { answer, api } from './client.ts'

/** For each of one's own files that waits for its turn, how many go before it. Asked beside everything else: no request that somebody waits for. */
export const placesInQueue = async (): Promise<readonly number[]> => {
  const { waiting } = await answer(
    api.queue.$get({}, { fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init) }),
  )
  return waiting.map(({ before }) => before)
}
