import { sql, type RawBuilder } from 'kysely'
import { migrationsIn } from './content.ts'
import { migratorOf, openDatabase } from './database.ts'
import { isSqlite } from './dialect.ts'
import { migrations } from './migrations/index.ts'
import type { Db, Source } from './source.ts'

/** A table, column, constraint or index, or what acts by itself when rows are read or written. */
interface DatabaseObject {
  /** `trigger findings_x on findings` */
  readonly name: string
  /** The table that it belongs to. */
  readonly table: string
  /** On one line. */
  readonly definition: string
}

/** How the database differs from the one that the program makes. */
export interface ForeignObject {
  readonly object: string
  readonly change: 'added' | 'altered' | 'missing'
}

/** Whether nothing can be falsified by it: an index that somebody added to read faster. */
export const isHarmless = ({ object, change }: ForeignObject): boolean =>
  change === 'added' && object.startsWith('index ')

/** Their form is the migrator's own affair. */
const ofMigrator: ReadonlySet<string> = new Set(['kysely_migration', 'kysely_migration_lock'])

const inSqlite = sql<DatabaseObject>`
  select type || ' ' || name || ' on ' || tbl_name as name, tbl_name as "table", sql as definition
  from sqlite_schema where sql is not null order by name`
const actingInSqlite = sql<DatabaseObject>`
  select 'trigger ' || name || ' on ' || tbl_name as name, tbl_name as "table", sql as definition
  from sqlite_schema where type = 'trigger' order by name`

/** What acts on rows by itself; a trigger goes with the function that it calls. */
const actingInPostgres = sql<DatabaseObject>`
  select 'trigger ' || tgname || ' on ' || relname as name, relname::text as "table",
      tgenabled::text || ' ' || pg_get_triggerdef(pg_trigger.oid) || ' ' || pg_get_functiondef(tgfoid) as definition
    from pg_trigger join pg_class on pg_class.oid = tgrelid
    where relnamespace = current_schema()::regnamespace and not tgisinternal
  union all select 'rule ' || rulename || ' on ' || relname, relname, pg_get_ruledef(pg_rewrite.oid)
    from pg_rewrite join pg_class on pg_class.oid = ev_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
  union all select 'policy ' || polname || ' on ' || relname, relname,
      polcmd::text || polpermissive || ' ' || coalesce(pg_get_expr(polqual, polrelid), '') || ' ' ||
      coalesce(pg_get_expr(polwithcheck, polrelid), '')
    from pg_policy join pg_class on pg_class.oid = polrelid
    where relnamespace = current_schema()::regnamespace
  order by 1`

const tablesInPostgres = sql<DatabaseObject>`
  with ours as (
    select oid, relname::text as relname, relkind::text as relkind, relrowsecurity from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm')
  )
  select 'table ' || relname as name, relname as "table", relkind || ' ' || relrowsecurity as definition from ours
  union all select 'column ' || relname || '.' || attname, relname,
      format_type(atttypid, atttypmod) || ' ' || coalesce(collname, '') || ' ' || attnotnull || ' ' ||
      attidentity::text || attgenerated::text || ' ' || coalesce(pg_get_expr(adbin, adrelid), '')
    from pg_attribute join ours on ours.oid = attrelid
    left join pg_collation on pg_collation.oid = attcollation
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attnum > 0 and not attisdropped
  union all select 'constraint ' || conname || ' on ' || relname, relname, pg_get_constraintdef(pg_constraint.oid)
    from pg_constraint join ours on ours.oid = conrelid
  union all select 'index ' || pg_class.relname || ' on ' || ours.relname, ours.relname, pg_get_indexdef(indexrelid)
    from pg_index join ours on ours.oid = indrelid join pg_class on pg_class.oid = indexrelid
  order by 1`

async function read(
  source: Source,
  queries: readonly RawBuilder<DatabaseObject>[],
  schema: string | null,
): Promise<DatabaseObject[]> {
  const objects: DatabaseObject[] = []
  for (const query of queries)
    for (const { name, table, definition } of (await query.execute(source.withoutPlugins())).rows)
      if (!ofMigrator.has(table))
        objects.push({
          name,
          table,
          definition: (schema === null ? definition : definition.replaceAll(`${schema}.`, ''))
            .replace(/\s+/g, ' ')
            .trim(),
        })
  return objects
}

/** The objects of a database, on PostgreSQL of the first schema in the path. */
export async function objectsIn(source: Source): Promise<DatabaseObject[]> {
  if (isSqlite(source)) return read(source, [inSqlite], null)
  const { rows } = await sql<{ readonly schema: string }>`select current_schema() as schema`.execute(
    source.withoutPlugins(),
  )
  return read(source, [tablesInPostgres, actingInPostgres], rows[0]?.schema ?? null)
}

/** What acts on rows by itself, in one text; nobody changes it while the program runs. */
export async function actingText(source: Source): Promise<string> {
  const query = isSqlite(source) ? actingInSqlite : actingInPostgres
  const objects = await query.execute(source.withoutPlugins())
  return objects.rows.map(({ name, definition }) => `${name}: ${definition}`).join('\n')
}

const SCRATCH = 'zhengheng_scratch'
const INSUFFICIENT_PRIVILEGE = '42501'

/** Takes what was read out of a transaction that leaves nothing behind. */
class Discarded extends Error {
  readonly objects: DatabaseObject[]

  constructor(objects: DatabaseObject[]) {
    super('discarded')
    this.objects = objects
  }
}

/** The objects that the program makes, as far as it brought this database; null where PostgreSQL does not let its user make them beside. */
async function objectsOfProgram(db: Db): Promise<DatabaseObject[] | null> {
  const ran = await migrationsIn(db)
  if (isSqlite(db)) {
    const fresh = await openDatabase('file::memory:', { asItIs: true })
    const last = ran.at(-1)
    return (async () => {
      if (last !== undefined) await migratorOf(fresh).migrateTo(last)
      return objectsIn(fresh)
    })().finally(() => fresh.destroy())
  }
  try {
    return await db.transaction().execute(async (trx) => {
      await sql`create schema ${sql.ref(SCRATCH)}`.execute(trx)
      await sql`set local search_path to ${sql.ref(SCRATCH)}`.execute(trx)
      for (const name of ran) await migrations[name]?.up(trx)
      throw new Discarded(await objectsIn(trx))
    })
  } catch (reason) {
    if (reason instanceof Discarded) return reason.objects
    if (reason instanceof Error && 'code' in reason && reason.code === INSUFFICIENT_PRIVILEGE) return null
    throw reason
  }
}

/**
 * How tables, and what acts on their rows, differ from what the program makes: a trigger of somebody else's falsifies rows before the log vouches
 * for them. What belongs to no table of the program does not count. Null where PostgreSQL does not let its user make tables beside, to compare.
 */
export async function foreignObjects(db: Db): Promise<ForeignObject[] | null> {
  const own = await objectsOfProgram(db)
  if (own === null) return null
  const tables = new Set(own.map(({ table }) => table))
  const there = new Map((await objectsIn(db)).map((object) => [object.name, object]))
  const expected = new Map(own.map(({ name, definition }) => [name, definition]))
  return [
    ...own.flatMap(({ name, definition }): ForeignObject[] => {
      const found = there.get(name)
      if (found?.definition === definition) return []
      return [{ object: name, change: found ? 'altered' : 'missing' }]
    }),
    ...[...there.values()].flatMap(({ name, table }): ForeignObject[] =>
      tables.has(table) && !expected.has(name) ? [{ object: name, change: 'added' }] : [],
    ),
  ]
}
