import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { migrations } from '../../db/migrations/index.ts'
import { objectsIn } from '../../db/schema-check.ts'
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

const schemaAt = async (address: string) => {
  const db = await openDatabase(address)
  return objectsIn(db).finally(() => db.destroy())
}

describe('a database of an earlier release, migrated on SQLite', () => {
  const at = temporaryFolder()
  test.each(releasesFor('sqlite'))(
    'from $last has the tables of a fresh one',
    async ({ last, statements }) => {
      const file = join(at.path, `${last}.db`)
      const database = new Database(file)
      database.exec(statements)
      database.exec(notedBy(last))
      database.close()
      const schema = await schemaAt(`file:${file}`)
      expect(schema.length).toBeGreaterThan(50)
      expect(schema).toEqual(await schemaAt(`file:${join(at.path, 'fresh.db')}`))
    },
  )

  test('the newest migration belongs to a release or is still to be released', () => {
    const names = Object.keys(migrations)
    for (const { last } of releasesFor('sqlite')) expect(names).toContain(last)
  })
})

describe('a database of an earlier release, migrated on PostgreSQL', () => {
  async function withClient<T>(address: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: address })
    await client.connect()
    return use(client).finally(() => client.end())
  }
  test.each(releasesFor('postgres'))(
    'from $last has the tables of a fresh one',
    async ({ last, statements }) => {
      const address = await emptyDatabase(postgresAddress())
      await withClient(address, (client) => client.query(statements + notedBy(last)))
      const schema = await schemaAt(address)
      expect(schema.length).toBeGreaterThan(100)
      expect(schema).toEqual(await schemaAt(await migratedDatabase(postgresAddress())))
    },
  )
})
