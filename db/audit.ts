import { createHash } from 'node:crypto'
import { canonicalJson } from '#assessment/canonical-json'
import { sql, type Selectable, type Transaction } from 'kysely'
import type { AuditKey } from './audit-key.ts'
import { allDigests, type RowDigests } from './row-digests.ts'
import { atOneMoment, type Source } from './source.ts'
import { actingOf, auditKeyOf, isSqlite } from './dialect.ts'
import { DatabaseAltered } from './outage.ts'
import { actingText } from './schema-check.ts'
import { asStored } from './stored-names.ts'
import { vouchedTables } from './vouched.ts'
import { findSetting, saveSetting } from './settings.ts'
import type { AuditRow, Tables } from './tables.ts'

/** Values that JSON holds as they are. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export interface AuditEntry {
  /** ISO moment in UTC. */
  readonly at: string
  readonly accountId: string | null
  /** From where; null where nobody knows. */
  readonly address?: string | null
  /** What was done, e.g. `finding.record`. */
  readonly action: string
  /** Id of what it was done to. */
  readonly subject: string
  readonly detail: Json
  /** `done` when left out. */
  readonly outcome?: 'done' | 'refused'
  /** The rows that were written by it. */
  readonly facts?: RowDigests | null
}

type Row = Selectable<AuditRow>
type SignedColumn = 'unitId' | 'address' | 'outcome' | 'facts' | 'keyName'
/** What an entry's hash covers; the columns that came with the key are missing before it. */
type Content = Omit<Row, 'hash' | SignedColumn> & Partial<Pick<Row, SignedColumn>>

/** The hash before the first entry. */
const genesis = '0'.repeat(64)
/** Any number that nothing else in the database locks. */
const LOCK = 4_307_112
const PAGE = 500
/** The setting that tells the last entry, signed when there is a key, since a chain does not show that its end was cut off. */
const LAST = 'audit.last'
/** The setting that names the key of the newest entries. */
const KEY = 'audit.key'
/** The entry with which a key begins: it closes what went before and vouches for every row that is there. */
const OPENING = 'audit.key'
/** The entry by which the log comes to vouch for more than before: how it was when it began. */
const WIDENING = 'audit.widen'

/** What is hashed must not move with the code: entries without a key have the columns of the first release. */
const contentOf = (row: Content): string => {
  const { seq, at, accountId, action, subject, detail, previousHash } = row
  const first = { seq, at, accountId, action, subject, detail, previousHash }
  const { unitId = null, address = null, outcome = null, facts = null, keyName = null } = row
  return canonicalJson(
    asStored(keyName === null ? first : { ...first, unitId, address, outcome, facts, keyName }),
  )
}

const hashOf = (row: Content, key: AuditKey | null): string =>
  key === null ? createHash('sha256').update(contentOf(row)).digest('hex') : key.sign(contentOf(row))

const lastMark = (hash: string, key: AuditKey | null): string => key?.sign(`last ${hash}`) ?? hash

/** Where an entry stands, and its hash. */
type Link = Pick<Row, 'seq' | 'hash'>

async function write(
  trx: Transaction<Tables>,
  key: AuditKey | null,
  last: Link,
  { at, accountId, address, action, subject, detail, outcome, facts }: AuditEntry,
): Promise<Link> {
  const account =
    key && accountId
      ? await trx.selectFrom('accounts').select('unitId').where('id', '=', accountId).executeTakeFirst()
      : undefined
  const signed = key && {
    unitId: account?.unitId ?? null,
    address: address ?? null,
    outcome: outcome ?? 'done',
    facts: facts ? canonicalJson(facts) : null,
    keyName: key.name,
  }
  const row = {
    seq: last.seq + 1,
    at,
    accountId,
    action,
    subject,
    detail: canonicalJson(detail),
    previousHash: last.hash,
    ...signed,
  }
  const hash = hashOf(row, key)
  await trx
    .insertInto('auditEntries')
    .values({ ...row, hash })
    .execute()
  return { seq: row.seq, hash }
}

async function lastEntry(trx: Transaction<Tables>): Promise<Link> {
  if (!isSqlite(trx)) await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx)
  const last = await trx
    .selectFrom('auditEntries')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? { seq: 0, hash: genesis }
}

/** What logs that began earlier do not vouch for from their beginning. */
const joined = Object.entries(vouchedTables).flatMap(([name, vouched]) => (vouched.joined ? [name] : []))

/** What a signed log does not vouch for yet. */
async function notVouched(trx: Transaction<Tables>): Promise<string[]> {
  const entries = await trx
    .selectFrom('auditEntries')
    .select('detail')
    .where('action', 'in', [OPENING, WIDENING])
    .where('keyName', 'is not', null)
    .execute()
  const vouched = new Set(
    entries.flatMap(({ detail }) => (JSON.parse(detail) as { readonly vouches?: string[] }).vouches ?? []),
  )
  return joined.filter((name) => !vouched.has(name))
}

/** Closes a chain, plain or of another key, with its head as the first entry of this key. */
async function open(trx: Transaction<Tables>, key: AuditKey, last: Link, at: string) {
  const before = await findSetting(trx, KEY)
  const closes = { entries: last.seq, lastHash: last.hash, key: before ?? null }
  const opened = await write(trx, key, last, {
    at,
    accountId: null,
    action: OPENING,
    subject: key.name,
    detail: { closes, vouches: joined },
    facts: await allDigests(trx),
  })
  await saveSetting(trx, KEY, key.name)
  await saveSetting(trx, LAST, lastMark(opened.hash, key))
  return opened
}

/** Begins the chain of the key with which the database was opened, unless it has begun, and has it vouch for all that it does today. */
export async function beginKeyedChain(trx: Transaction<Tables>, at: string): Promise<void> {
  const key = auditKeyOf(trx)
  const last = await lastEntry(trx)
  if (!key) return
  if ((await findSetting(trx, KEY)) !== key.name) await open(trx, key, last, at)
  const vouches = await notVouched(trx)
  if (vouches.length === 0) return
  const facts = await allDigests(trx, vouches)
  await appendAudit(trx, {
    at,
    accountId: null,
    action: WIDENING,
    subject: key.name,
    detail: { vouches },
    facts,
  })
}

/** The name of the key that the newest entries are signed with; undefined before there was one. */
export const keyNameIn = (db: Source): Promise<string | undefined> => findSetting(db, KEY)

/**
 * Appends an entry whose hash covers its content, its place and the entry before, signed with the key of the log. Throws where the log is signed
 * and the database was opened without its key, and DatabaseAltered where something acts on rows that did not when it was opened.
 */
export async function appendAudit(trx: Transaction<Tables>, entry: AuditEntry): Promise<void> {
  const [key, acting] = [auditKeyOf(trx), actingOf(trx)]
  if (acting !== null && acting !== (await actingText(trx))) throw new DatabaseAltered()
  let last = await lastEntry(trx)
  const keyName = await findSetting(trx, KEY)
  if (!key && keyName !== undefined) throw new Error(`the audit log is signed with the key ${keyName}`)
  if (key && keyName !== key.name) last = await open(trx, key, last, entry.at)
  const { hash } = await write(trx, key, last, entry)
  await saveSetting(trx, LAST, lastMark(hash, key))
}

/** The place and hash of an entry; undefined when there is none. */
export const entryAt = (db: Source, seq: number): Promise<Link | undefined> =>
  db.selectFrom('auditEntries').select(['seq', 'hash']).where('seq', '=', seq).executeTakeFirst()

/** The place and hash of the last entry about something; undefined when there is none. Whoever keeps it can prove everything up to there. */
export const lastEntryAbout = (db: Source, subject: string): Promise<Link | undefined> =>
  db
    .selectFrom('auditEntries')
    .select(['seq', 'hash'])
    .where('subject', '=', subject)
    .where('outcome', 'is distinct from', 'refused')
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()

export interface AuditCheck {
  /** Entries read, up to and including a broken one. */
  readonly entries: number
  /** `seq` of the first entry that is missing, moved or altered; null when the chain holds. */
  readonly brokenAt: number | null
  /** Hash of the last sound entry; kept elsewhere, it proves that nothing before it was rewritten. */
  readonly lastHash: string
  /** How many entries are signed with another key than the one at hand, so that only their order was checked. */
  readonly unproven: number
  /** Whether the newest entries are signed. */
  readonly isSigned: boolean
}

/** Whether an entry may stand where it stands, and its hash is its own as far as the key at hand tells. */
function holds(
  row: Row,
  before: { readonly hash: string; readonly keyName: string | null },
  key: AuditKey | null,
) {
  const keyName = row.keyName ?? null
  if (row.previousHash !== before.hash) return false
  if (keyName !== before.keyName && (keyName === null || row.action !== OPENING)) return false
  if (keyName === before.keyName && row.action === OPENING) return false
  if (keyName !== null && keyName !== key?.name) return true
  return row.hash === hashOf(row, keyName === null ? null : key)
}

async function recompute(db: Source, read: (entry: Row) => void, key = auditKeyOf(db)): Promise<AuditCheck> {
  let [entries, unproven] = [0, 0]
  let last: { hash: string; keyName: string | null } = { hash: genesis, keyName: null }
  const ended = (brokenAt: number | null): AuditCheck => ({
    entries,
    brokenAt,
    lastHash: last.hash,
    unproven,
    isSigned: last.keyName !== null,
  })
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
      if (row.seq !== entries || !holds(row, last, key)) return ended(entries)
      last = { hash: row.hash, keyName: row.keyName ?? null }
      if (last.keyName !== null && last.keyName !== key?.name) unproven++
      read(row)
    }
    if (page.length < PAGE) break
  }
  // Who has the key knows that its entries are the last ones; who has not, cannot tell whether the end was cut off.
  if (key ? last.keyName !== key.name : last.keyName !== null) return ended(key ? entries + 1 : null)
  const mark = (await findSetting(db, LAST)) ?? genesis
  return ended(mark === lastMark(last.hash, key) ? null : entries + 1)
}

/** Recomputes the chain from its first entry to its last, telling each sound one. */
export const verifyAudit = (
  db: Source,
  read: (entry: Selectable<AuditRow>) => void = () => undefined,
): Promise<AuditCheck> => atOneMoment(db, (source) => recompute(source, read))
