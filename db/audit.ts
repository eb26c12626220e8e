import { createHash } from 'node:crypto'
import { canonicalJson } from '#assessment/canonical-json'
import { sql, type Selectable, type Transaction } from 'kysely'
import { atOneMoment, type Source } from './source.ts'
import { isSqlite } from './dialect.ts'
import { asStored } from './stored-names.ts'
import { findSetting, saveSetting } from './settings.ts'
import type { AuditRow, Tables } from './tables.ts'

/** Values that JSON holds as they are. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export interface AuditEntry {
  /** ISO moment in UTC. */
  readonly at: string
  readonly accountId: string | null
  /** What was done, e.g. `finding.record`. */
  readonly action: string
  /** Id of what it was done to. */
  readonly subject: string
  readonly detail: Json
}

/** The hash before the first entry. */
const genesis = '0'.repeat(64)
/** Any number that nothing else in the database locks. */
const LOCK = 4_307_112
const PAGE = 2000
/** The setting that holds the last entry's hash, since a chain does not show that its end was cut off. */
const LAST = 'audit.last'

function hashOf({
  seq,
  at,
  accountId,
  action,
  subject,
  detail,
  previousHash,
}: Omit<Selectable<AuditRow>, 'hash'>): string {
  const content = asStored({ seq, at, accountId, action, subject, detail, previousHash })
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}

/** Appends an entry whose SHA-256 covers its content, its place and the entry before. */
export async function appendAudit(trx: Transaction<Tables>, entry: AuditEntry): Promise<void> {
  if (!isSqlite(trx)) await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx)
  const last = await trx
    .selectFrom('auditEntries')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at: entry.at,
    accountId: entry.accountId,
    action: entry.action,
    subject: entry.subject,
    detail: canonicalJson(entry.detail),
    previousHash: last?.hash ?? genesis,
  }
  const hash = hashOf(row)
  await trx
    .insertInto('auditEntries')
    .values({ ...row, hash })
    .execute()
  await saveSetting(trx, LAST, hash)
}

export interface AuditCheck {
  /** Entries read, up to and including a broken one. */
  readonly entries: number
  /** `seq` of the first entry that is missing, moved or altered; null when the chain holds. */
  readonly brokenAt: number | null
  /** Hash of the last sound entry; kept elsewhere, it proves that nothing before it was rewritten. */
  readonly lastHash: string
}

async function recompute(db: Source): Promise<AuditCheck> {
  let entries = 0
  let previous = genesis
  for (;;) {
    const page = await db
      .selectFrom('auditEntries')
      .selectAll()
      .where('seq', '>', entries)
      .orderBy('seq')
      .limit(PAGE)
      .execute()
    for (const row of page) {
      entries++
      const holds = row.seq === entries && row.previousHash === previous && row.hash === hashOf(row)
      if (!holds) return { entries, brokenAt: entries, lastHash: previous }
      previous = row.hash
    }
    if (page.length < PAGE) break
  }
  const isWhole = ((await findSetting(db, LAST)) ?? genesis) === previous
  return { entries, brokenAt: isWhole ? null : entries + 1, lastHash: previous }
}

/** Recomputes the chain from its first entry to its last. */
export const verifyAudit = (db: Source): Promise<AuditCheck> => atOneMoment(db, recompute)
