import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>
/** What reads take: the database, or a transaction on it. Inside a transaction use only the transaction: SQLite has one connection. */
export type Source = Kysely<Tables> | Transaction<Tables>

/** Runs several reads on one moment of the database, also while others write. */
export function atOneMoment<T>(db: Source, read: (source: Source) => Promise<T>): Promise<T> {
  if (db.isTransaction) return read(db)
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read)
}
