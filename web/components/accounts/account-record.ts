import type { Answer, api } from '../../api.ts'

/** An account as the administrators see it. */
export type AccountRecord = Answer<typeof api.accounts.$get>['items'][number]
