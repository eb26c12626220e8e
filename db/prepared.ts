import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { bounded } from './bounded.ts'

/** How many statements stay prepared; the program's own are fewer. */
const STATEMENTS = 512
/** Longer ones, as with hundreds of rows to insert, are hardly asked twice in the same words. */
const LONGEST = 8000

const changesTables = /^\s*(create|alter|drop)\b/i

/**
 * The same database with its statements kept prepared, since preparing one takes longer than running it. Kysely has one connection
 * and lets one query at a time use it, so that no statement is asked while it is still being read.
 */
export function keepingPrepared<Database extends SqliteDatabase>(database: Database): SqliteDatabase {
  let statements = bounded<SqliteStatement>(STATEMENTS)
  return {
    prepare(sql) {
      if (changesTables.test(sql)) statements = bounded<SqliteStatement>(STATEMENTS)
      const prepared = statements.get(sql)
      if (prepared) return prepared
      const statement = database.prepare(sql)
      if (sql.length <= LONGEST) statements.set(sql, statement)
      return statement
    },
    close: () => database.close(),
  }
}
