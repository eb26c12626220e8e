import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { migrations } from '../../db/migrations/index.ts'
import { postgresAddress, temporaryFolder } from '../fixtures/databases.ts'
import { notedBy } from '../fixtures/old-release.ts'
import { emptyDatabase, migratedDatabase } from '../fixtures/postgres.ts'

/*
 * test/fixtures/releases holds the statements by which each release made its tables, under the name of its last
 * migration. They are never edited; a release adds its own.
 */
const folder = join(import.meta.dirname, '..', 'fixtures', 'releases')
const releasesFor = (database: 'sqlite' | 'postgres') =>
  readdirSync(folder).flatMap((file) => {
    const [last = '', written] = file.split('.')
    return written === database ? [{ last, statements: readFileSync(join(folder, file), 'utf8') }] : []
  })

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

describe('a database of an earlier release, migrated on SQLite', () => {
  const at = temporaryFolder()
  const schemaOf = (file: string): string[] => {
    const database = new Database(file, { readonly: true })
    const rows = database
      .prepare(
        "select sql from sqlite_schema where sql is not null and name not like 'kysely%' order by type, name",
      )
      .pluck()
      .all() as string[]
    database.close()
    return rows.map(oneLine)
  }
  const fresh = async (): Promise<string[]> => {
    const file = join(at.path, 'fresh.db')
    await (await openDatabase(`file:${file}`)).destroy()
    return schemaOf(file)
  }

  test.each(releasesFor('sqlite'))(
    'from $last has the tables of a fresh one',
    async ({ last, statements }) => {
      const file = join(at.path, `${last}.db`)
      const database = new Database(file)
      database.exec(statements)
      database.exec(notedBy(last))
      database.close()
      await (await openDatabase(`file:${file}`)).destroy()
      expect(schemaOf(file)).toEqual(await fresh())
    },
  )

  test('the newest migration belongs to a release or is still to be released', () => {
    const names = Object.keys(migrations)
    for (const { last } of releasesFor('sqlite')) expect(names).toContain(last)
  })
})

describe('a database of an earlier release, migrated on PostgreSQL', () => {
  const everything = `
    select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' ||
      coalesce(l.collname, '') || ' ' || a.attnotnull || ' ' || a.attidentity::text || ' ' ||
      coalesce(pg_get_expr(d.adbin, d.adrelid), '')
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      left join pg_collation l on l.oid = a.attcollation left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
    union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select pg_get_indexdef(indexrelid) from pg_index join pg_class c on c.oid = indrelid
      where c.relnamespace = 'public'::regnamespace
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace`

  async function withClient<T>(address: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: address })
    await client.connect()
    return use(client).finally(() => client.end())
  }
  const schemaOf = (address: string): Promise<string[]> =>
    withClient(address, async (client) => {
      const { rows } = await client.query<string[]>({ text: everything, rowMode: 'array' })
      return rows
        .map(([line = '']) => oneLine(line))
        .filter((line) => !line.includes('kysely'))
        .sort()
    })

  test.each(releasesFor('postgres'))(
    'from $last has the tables of a fresh one',
    async ({ last, statements }) => {
      const address = await emptyDatabase(postgresAddress())
      await withClient(address, (client) => client.query(statements + notedBy(last)))
      await (await openDatabase(address)).destroy()
      const schema = await schemaOf(address)
      expect(schema.length).toBeGreaterThan(100)
      expect(schema).toEqual(await schemaOf(await migratedDatabase(postgresAddress())))
    },
  )
})
