import type { ForeignObject } from '../../db/schema-check.ts'
import type { Tampering } from '../../db/vouched-check.ts'

const what: Readonly<Record<Tampering['change'], string>> = {
  added: 'was added, and no audit entry tells of it',
  altered: 'was altered',
  missing: 'is missing',
}

/** A row that is not as the audit log says, in one line for whoever keeps the program running. */
export function tamperingLine({ table, key, change, about, entry }: Tampering): string {
  const vouching = entry === null ? '' : `; audit entry ${entry.seq} (${entry.action}) tells how it was`
  return `${table} ${key}${about === null ? '' : ` (${about})`} ${what[change]}${vouching}`
}

const became: Readonly<Record<ForeignObject['change'], string>> = {
  added: 'is not the program’s',
  altered: 'is not as the program makes it',
  missing: 'is missing',
}

/** A table, trigger or the like that is not the program's own, in one line. */
export const foreignLine = ({ object, change }: ForeignObject): string => `${object} ${became[change]}`
