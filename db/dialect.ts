import {
  CompiledQuery,
  PostgresAdapter,
  PostgresDialect,
  PostgresDriver,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type Kysely,
  type PostgresDialectConfig,
  type SqliteDatabase,
  type TransactionSettings,
} from 'kysely'
import type { AuditKey } from './audit-key.ts'
import { keepingPrepared } from './prepared.ts'

/** How many wait for a connection. */
interface Queue {
  waiting: number
}

async function inLine<T>(queue: Queue, turn: Promise<T>): Promise<T> {
  queue.waiting++
  return turn.finally(() => queue.waiting--)
}

/** Where another thread finds a database: its address, or everything in one that lies in memory alone. */
export type Whereabouts = string | Uint8Array

/** What is known of a database beside what it holds. */
class Bound {
  auditKey: AuditKey | null = null
  whereabouts: (() => Whereabouts) | null = null
  /** What acted on its rows by itself when it was opened, as `actingText` says it; null = nobody looked. */
  acting: string | null = null
}

/** SQLite rolls back DDL like anything else, so that a migration interrupted half-way leaves nothing. */
class QueuedSqliteAdapter extends SqliteAdapter {
  readonly queue: Queue = { waiting: 0 }
  readonly bound = new Bound()

  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** What {@link SqliteFileDialect} needs of a connection. */
interface Config {
  readonly database: SqliteDatabase & { readonly inTransaction: boolean }
}

/** Takes the write lock at the start: a deferred transaction that turns to writing fails at once when another process wrote. */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Config['database']
  readonly #queue: Queue

  constructor(config: Config, queue: Queue) {
    super({ database: keepingPrepared(config.database) })
    this.#database = config.database
    this.#queue = queue
  }

  override acquireConnection(): Promise<DatabaseConnection> {
    return inLine(this.#queue, super.acquireConnection())
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    const mode = settings?.accessMode === 'read only' ? 'deferred' : 'immediate'
    await connection.executeQuery(CompiledQuery.raw(`begin ${mode}`))
  }

  /** SQLite rolls back by itself when the disk is full or fails; asking for it again would hide the reason. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection)
  }
}

/** Kysely's SQLite dialect with transactional migrations and immediate write transactions. */
export class SqliteFileDialect extends SqliteDialect {
  readonly #config: Config
  readonly #adapter = new QueuedSqliteAdapter()

  constructor(config: Config) {
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config, this.#adapter.queue)
  }

  override createAdapter(): SqliteAdapter {
    return this.#adapter
  }
}

class QueuedPostgresAdapter extends PostgresAdapter {
  readonly queue: Queue = { waiting: 0 }
  readonly bound = new Bound()
}

/** A connection that broke cannot roll back; what broke it is what counts, and the server has undone the work. */
class LenientDriver extends PostgresDriver {
  readonly #queue: Queue

  constructor(config: PostgresDialectConfig, queue: Queue) {
    super(config)
    this.#queue = queue
  }

  override acquireConnection(): Promise<DatabaseConnection> {
    return inLine(this.#queue, super.acquireConnection())
  }

  override rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return super.rollbackTransaction(connection).catch(() => undefined)
  }
}

/** Kysely's PostgreSQL dialect, telling why a transaction failed when its connection broke. */
export class PostgresPoolDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig
  readonly #adapter = new QueuedPostgresAdapter()

  constructor(config: PostgresDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    return new LenientDriver(this.#config, this.#adapter.queue)
  }

  override createAdapter(): PostgresAdapter {
    return this.#adapter
  }
}

/** Whether the database is SQLite; PostgreSQL otherwise. */
export const isSqlite = (db: Pick<Kysely<unknown>, 'getExecutor'>): boolean =>
  db.getExecutor().adapter instanceof SqliteAdapter

const ours = (
  db: Pick<Kysely<unknown>, 'getExecutor'>,
): QueuedSqliteAdapter | QueuedPostgresAdapter | undefined => {
  const { adapter } = db.getExecutor()
  return adapter instanceof QueuedSqliteAdapter || adapter instanceof QueuedPostgresAdapter
    ? adapter
    : undefined
}

/** How many requests of this process wait for a connection to the database. */
export const waitingIn = (db: Pick<Kysely<unknown>, 'getExecutor'>): number => ours(db)?.queue.waiting ?? 0

/** From now on the audit log of this database is signed with a key, in every transaction on it. */
export function bindAuditKey(db: Pick<Kysely<unknown>, 'getExecutor'>, key: AuditKey): void {
  const adapter = ours(db)
  if (adapter) adapter.bound.auditKey = key
}

/** Whether the audit log of this database is signed. */
export const isSigned = (db: Pick<Kysely<unknown>, 'getExecutor'>): boolean => auditKeyOf(db) !== null

/** The key of the audit log; null where the database was opened without. */
export const auditKeyOf = (db: Pick<Kysely<unknown>, 'getExecutor'>): AuditKey | null =>
  ours(db)?.bound.auditKey ?? null

/** From now on a deed is refused once something else acts on the rows of this database than is said here. */
export function bindActing(db: Pick<Kysely<unknown>, 'getExecutor'>, acting: string): void {
  const adapter = ours(db)
  if (adapter) adapter.bound.acting = acting
}

/** What may act on the rows of this database by itself; null where nobody looked when it was opened. */
export const actingOf = (db: Pick<Kysely<unknown>, 'getExecutor'>): string | null =>
  ours(db)?.bound.acting ?? null

/** From now on other threads may be told where this database is. */
export function bindWhereabouts(
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  whereabouts: () => Whereabouts,
): void {
  const adapter = ours(db)
  if (adapter) adapter.bound.whereabouts = whereabouts
}

/** Where another thread finds this database. Throws for one that was not opened by `openDatabase`. */
export function whereaboutsOf(db: Pick<Kysely<unknown>, 'getExecutor'>): Whereabouts {
  const whereabouts = ours(db)?.bound.whereabouts
  if (!whereabouts) throw new Error('nobody knows where this database is')
  return whereabouts()
}
