import { answer, api, versioned } from './client.ts'

/* Whom to ask at the assessing units. */

const contacts = api['office-contacts']

export const fetchContacts = (signal: AbortSignal) => versioned(contacts.$get({}, { init: { signal } }))

/** Throws ApiProblem; status 412 when somebody else changed it meanwhile. */
export const saveContact = (json: { name: string; telephone: string | null }, etag: string) =>
  answer(contacts.own.$put({ json }, { headers: { 'If-Match': etag } }))
