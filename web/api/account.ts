import type { Answer, api } from './client.ts'

/** An account as the administrators see it. */
export type AccountRecord = Answer<typeof api.accounts.$get>['items'][number]
