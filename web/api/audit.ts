import type { InferRequestType } from 'hono/client'
import { answer, api, type Answer } from './client.ts'

/** What the audit log is searched for. */
export type AuditQuery = InferRequestType<typeof api.audit.$get>['query']
export type AuditEntry = Answer<typeof api.audit.$get>['items'][number]

export const fetchAudit = (query: AuditQuery, signal: AbortSignal) =>
  answer(api.audit.$get({ query }, { init: { signal } }))

/** Whether the log still has the entry of a head, `ENTRY:HASH`, that was kept elsewhere. */
export const checkHead = (head: string) => answer(api.audit.check.$get({ query: { head } }))
