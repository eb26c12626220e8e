import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { keepingPrepared } from '../../db/prepared.ts'

test('a statement is prepared once, and anew when tables change under it', () => {
  const database = new Database(':memory:')
  const prepared: string[] = []
  const kept = keepingPrepared({
    prepare: (sql) => {
      prepared.push(sql)
      return database.prepare<unknown[], unknown>(sql)
    },
    close: () => database.close(),
  })
  const all = () => kept.prepare('select * from units').all([])
  kept.prepare('create table units (id text)').run([])
  for (const id of ['a', 'b']) kept.prepare('insert into units values (?)').run([id])
  expect([all(), all()]).toEqual([
    [{ id: 'a' }, { id: 'b' }],
    [{ id: 'a' }, { id: 'b' }],
  ])
  kept.prepare('alter table units add column name text').run([])
  expect(all()).toEqual([
    { id: 'a', name: null },
    { id: 'b', name: null },
  ])
  expect(prepared).toEqual([
    'create table units (id text)',
    'insert into units values (?)',
    'select * from units',
    'alter table units add column name text',
    'select * from units',
  ])
  kept.close()
  expect(database.open).toBe(false)
})
