import { answer, api, type Answer } from './client.ts'

export const fetchBackup = (signal: AbortSignal) =>
  answer(api.operation.backup.$get({}, { init: { signal } }))
export type Backup = Answer<typeof api.operation.backup.$get>
