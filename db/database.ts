import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { CamelCasePlugin, Kysely, Migrator, type Dialect } from 'kysely'
import pg from 'pg'
import type { Db } from './source.ts'
import { bindWhereabouts, PostgresPoolDialect, SqliteFileDialect, type Whereabouts } from './dialect.ts'
import { migrations } from './migrations/index.ts'
import type { Tables } from './tables.ts'

export interface OpenOptions {
  /** Neither migrate nor seed; a missing SQLite file is an error. */
  readonly readOnly?: boolean
  /** The same, but writing is allowed. */
  readonly asItIs?: boolean
  /** How long to wait for another process's lock, in milliseconds. */
  readonly busyTimeout?: number
}

const INT8 = 20
const NUMERIC = 1700

/** The path of a `file:` address, or undefined when the address is not one. */
export function sqliteFile(url: string): string | undefined {
  if (!url.startsWith('file:')) return undefined
  return url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)
}

/** Rows are in camelCase from the query on; the database keeps its names. */
const withCamelCase = (dialect: Dialect): Db =>
  new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] })

/** SQLite gives its other files the mode of the first one: nobody but the server's own user reads any of them. */
function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
  for (const each of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(each)) chmodSync(each, 0o600)
}

function openSqlite(file: string, options: OpenOptions): Db {
  const { readOnly = false, asItIs = readOnly, busyTimeout = 5000 } = options
  if (!asItIs && file !== ':memory:') makePrivate(file)
  const database = new Database(file, { readonly: readOnly, fileMustExist: asItIs, timeout: busyTimeout })
  const db = overSqlite(database, readOnly)
  if (file === ':memory:') bindWhereabouts(db, () => database.serialize())
  return db
}

function overSqlite(database: Database.Database, readOnly: boolean): Db {
  if (!readOnly) database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  // Else `insert or replace` would delete without asking the triggers.
  database.pragma('recursive_triggers = ON')
  return withCamelCase(new SqliteFileDialect({ database }))
}

function openPostgres(url: string): Db {
  const types: pg.CustomTypesConfig = {
    getTypeParser: (oid, format) =>
      oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format),
  }
  const pool = new pg.Pool({ connectionString: url, types })
  // A lost connection is reported by the next query on it; without a listener it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return withCamelCase(new PostgresPoolDialect({ pool }))
}

/** A migrator over the static list of migrations. */
export const migratorOf = (db: Db): Migrator =>
  new Migrator({ db, provider: { getMigrations: async () => migrations } })

/**
 * Opens `file:…` (SQLite, created when missing) or `postgres://…`, brings its tables up to date and seeds the
 * announced holidays. Throws what the driver or a migration throws; nothing stays open then.
 */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<Db> {
  const file = sqliteFile(url)
  if (file === undefined && !/^postgres(ql)?:/.test(url))
    throw new Error(`not a database address: ${url.split(':')[0]}:`)
  const db = file === undefined ? openPostgres(url) : openSqlite(file, options)
  if (file !== ':memory:') bindWhereabouts(db, () => url)
  if (options.readOnly === true || options.asItIs === true) return db
  try {
    const { error } = await migratorOf(db).migrateToLatest()
    if (error !== undefined) throw error
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

/** Opens, in another thread, the database that is there, for reading alone. */
export const openElsewhere = async (whereabouts: Whereabouts): Promise<Db> =>
  typeof whereabouts === 'string'
    ? openDatabase(whereabouts, { readOnly: true })
    : overSqlite(new Database(Buffer.from(whereabouts), { readonly: true }), true)
