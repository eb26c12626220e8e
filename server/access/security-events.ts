import { appendAudit, type AuditEntry } from '../../db/audit.ts'
import type { Db } from '../../db/source.ts'
import type { Log } from '../log.ts'
import type { Deed } from './deeds.ts'
import { addressGroup } from './address-group.ts'

/** Something that the audit log tells although nobody changed anything: a refusal, a failed sign-in, a download. */
export type SecurityEvent = Pick<AuditEntry, 'accountId' | 'subject'> & {
  readonly action: Deed
  readonly address: string
  readonly detail: Readonly<Record<string, string | null>>
  readonly outcome: 'done' | 'refused'
}

export interface SecurityEvents {
  /** Writes it, or counts it with what happened before it; never throws, since what was asked is answered in any case. */
  readonly note: (event: SecurityEvent) => Promise<void>
  /** Writes what was only counted so far. */
  readonly flush: () => Promise<void>
}

const HOUR = 3_600_000
/** Different things of one account or, without a session, one address that are told one by one in an hour; what comes after is counted. */
const perSource: Readonly<Record<SecurityEvent['outcome'], number>> = { refused: 30, done: 500 }
/** The same of all together who have no session, so that many addresses cannot fill the log either. */
const perStranger = 600

/** Equal events of an hour. */
interface Counted {
  readonly event: SecurityEvent
  readonly since: string
  until: string
  times: number
  /** How many of them an entry has told already. */
  told: 0 | 1
}

const keyOf = ({ action, accountId, address, subject, detail }: SecurityEvent): string =>
  JSON.stringify([action, accountId ?? addressGroup(address), subject, detail])

/**
 * Bounds what people without any right can write: the first of equal events is told at once, those that repeat it within the hour are counted and told
 * in one entry, and so are those beyond the bounds, by account or address alone and in the end by nothing but what they are.
 */
export function createSecurityEvents({
  db,
  clock,
  log,
}: {
  readonly db: Db
  readonly clock: () => Date
  readonly log: Log
}): SecurityEvents {
  let counted = new Map<string, Counted>()
  let bySource = new Map<string, number>()
  let ofStrangers = 0
  let endsAt = 0

  const append = (entries: readonly AuditEntry[]): Promise<void> =>
    db
      .transaction()
      .execute(async (trx) => {
        for (const entry of entries) await appendAudit(trx, entry)
      })
      .catch((error: unknown) => log.error({ err: error }, 'security events were not written'))

  async function flush(): Promise<void> {
    const over = [...counted.values()].filter(({ times, told }) => times > told)
    counted = new Map()
    bySource = new Map()
    ofStrangers = 0
    endsAt = 0
    const at = clock().toISOString()
    const entries = over.map(({ event, since, until, times }) => ({
      ...event,
      at,
      detail: { ...event.detail, times, since, until },
    }))
    if (entries.length > 0) await append(entries)
  }

  /** The event as it is told, or without what would tell it from others once its source has had its share. */
  function bounded(event: SecurityEvent): { readonly event: SecurityEvent; readonly isTold: boolean } {
    const source = JSON.stringify([event.action, event.accountId ?? addressGroup(event.address)])
    const before = bySource.get(source) ?? 0
    const isStranger = event.accountId === null
    if (isStranger && ofStrangers >= perStranger)
      return { event: { ...event, address: '', subject: '', detail: {} }, isTold: false }
    if (before >= perSource[event.outcome])
      return { event: { ...event, subject: '', detail: {} }, isTold: false }
    bySource.set(source, before + 1)
    if (isStranger) ofStrangers++
    return { event, isTold: true }
  }

  function count(event: SecurityEvent, at: string): boolean {
    const key = keyOf(event)
    const equal = counted.get(key)
    if (equal) {
      equal.times++
      equal.until = at
      return false
    }
    const { event: kept, isTold } = bounded(event)
    if (!isTold && counted.has(keyOf(kept))) return count(kept, at)
    counted.set(keyOf(kept), { event: kept, since: at, until: at, times: 1, told: isTold ? 1 : 0 })
    return isTold
  }

  return {
    flush,
    async note(event) {
      const now = clock()
      if (endsAt !== 0 && now.getTime() >= endsAt) await flush()
      if (endsAt === 0) endsAt = now.getTime() + HOUR
      const at = now.toISOString()
      if (count(event, at)) await append([{ ...event, at }])
    },
  }
}
