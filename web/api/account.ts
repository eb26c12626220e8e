import type { Answer, api } from './client.ts'

/** An account as the administrators see it. */
export type AccountRecord = Answer<typeof api.accounts.$get>['items'][number]
/** What the owner of an account is handed. */
export type Slip = Answer<typeof api.accounts.grants.$post>['slips'][number]
