import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../db/database.ts'
import { emptyDatabase, startPostgres } from '../fixtures/postgres.ts'
import { foundCity } from './city.ts'
import { swingClock } from './clock.ts'
import { fuzz } from './fuzz.ts'
import { killAtRandom, type Outcome, type Place } from './killing.ts'
import { lastEvening, lastHour } from './last-hour.ts'
import { failStorage, smallDisk, unwritable, type Storage } from './storage.ts'
import { bundleServer } from './tortured-server.ts'
import { runTwo } from './two-processes.ts'
import { interruptUpgrade } from './upgrade.ts'
import { damageWal } from './wal.ts'

/*
 * npm run torture [-- SEED [PART…]]: everything on loopback, in temporary folders, and bounded. Each part tells its line; the last line sums up,
 * and the exit status is 1 when anything was lost, half-done or late. A seed repeats a run; without parts all of them run.
 */
const ROUNDS = { sqlite: 200, postgres: 40, upgrade: 20, wal: 30 } as const
const MINUTE = 60_000
/** Requests to each database. */
const FUZZ = 10_000
/**
 * Everything that 500 people do in the last hour, in twelve minutes: five times the pace of the hour, as if the rush of its last minutes never
 * ended. An editor signs in, opens inbox and form, saves every entry, a file to every fourth, then the head hands in.
 */
const CROWD = { units: 250, duration: 12 * MINUTE } as const
/**
 * What the slowest hundredth of requests may take, in milliseconds, and by how many megabytes the resident memory may grow after a third of the time,
 * when every cache is full: more than 8000 requests come then, so that 12 KB left behind by each would be told.
 */
const LIMIT = { p99: 500, growth: 100 } as const
const [seed = String(Date.now()), ...chosen] = process.argv.slice(2)

let load: string | null = null
const total = { rounds: 0, acknowledged: 0, lost: 0, halfDone: 0, isChainWhole: true, faults: 0 }

function count(
  outcome: Omit<Outcome, 'rounds' | 'failures'> & Partial<Pick<Outcome, 'rounds' | 'failures'>>,
): void {
  total.rounds += outcome.rounds ?? 1
  total.acknowledged += outcome.acknowledged
  total.lost += outcome.lost
  total.halfDone += outcome.halfDone.length
  total.isChainWhole &&= outcome.chain !== null
  total.faults += outcome.failures?.length ?? 0
}

const say = (part: string, outcome: unknown): void =>
  console.log(`${part.padEnd(24)} ${JSON.stringify(outcome)}`)
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'zhengheng-torture-'))

/** Runs a part on a copy of the city, which is founded once. */
async function onCopy<T>(city: Place, use: (place: Place) => Promise<T>): Promise<T> {
  const dataDir = newFolder()
  cpSync(city.dataDir, dataDir, { recursive: true })
  const place = { ...city, dataDir, databaseUrl: `file:${join(dataDir, 'zhengheng.db')}` }
  return use(place).finally(() => rmSync(dataDir, { recursive: true, force: true }))
}

async function failing(name: string, storage: Storage | null, code: string): Promise<void> {
  if (storage === null) return say(name, 'cannot be made to fail on this machine')
  const outcome = await failStorage(storage)
  count(outcome)
  const isClear = [outcome.records, outcome.uploads].every((codes) => codes.join() === code)
  const goesOn = outcome.reading.join() === '200' && outcome.recovered.join() === '201,201'
  if (!isClear || !goesOn) total.faults++
  say(name, outcome)
}

async function killing(city: Place): Promise<void> {
  const killed = await onCopy(city, (place) => killAtRandom(place, ROUNDS.sqlite, seed))
  count(killed)
  say('kill -9, SQLite', killed)
}

async function swinging(city: Place): Promise<void> {
  const swung = await onCopy(city, (place) => swingClock(place, MINUTE / 3))
  count(swung)
  say('clock back and forth', swung)
}

async function upgrading({ dataDir }: Place): Promise<void> {
  for (const release of ['003-facts', '005-self-assessment', '009-bonuses']) {
    const upgraded = await interruptUpgrade(join(dataDir, 'zhengheng.db'), release, ROUNDS.upgrade, seed)
    total.rounds += upgraded.trials
    total.faults += upgraded.faults.length
    say(`upgrade from ${release.slice(0, 3)}`, upgraded)
  }
}

async function damaging(city: Place): Promise<void> {
  const damaged = await onCopy(city, (place) => damageWal(place, ROUNDS.wal, seed))
  total.rounds += damaged.trials
  total.halfDone += damaged.halfDone.length
  total.isChainWhole &&= damaged.isChainWhole
  say('damaged log', damaged)
}

async function onPostgres(): Promise<void> {
  const server = await startPostgres()
  const dataDir = newFolder()
  try {
    const databaseUrl = await emptyDatabase(server.address)
    const place = { databaseUrl, dataDir, city: await foundCity(databaseUrl) }
    const killed = await killAtRandom(place, ROUNDS.postgres, seed)
    count(killed)
    say('kill -9, PostgreSQL', killed)
    const two = await runTwo(place, MINUTE / 3)
    count(two)
    total.faults += two.unseen
    say('two processes', two)
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function crowding(): Promise<void> {
  const dataDir = newFolder()
  try {
    const databaseUrl = `file:${join(dataDir, 'zhengheng.db')}`
    const city = await foundCity(databaseUrl, lastHour.slice(0, 10))
    const evening = await lastEvening({ databaseUrl, dataDir, city }, CROWD)
    const { people, requests, busiest, errors, p50, p99, memory } = evening
    total.faults += errors.length
    if (p99 > LIMIT.p99) total.faults++
    if (memory.end - memory.third > LIMIT.growth) total.faults++
    say('the last hour', evening)
    load =
      `${people} people, ${requests} requests, ${busiest} in the busiest second, ${errors.length} errors, p50 ${p50} ms, p99 ${p99} ms, ` +
      `memory ${Object.values(memory).join(' → ')} MB`
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The whole OpenAPI document on both databases, the same requests for the same seed. */
async function fuzzing(): Promise<void> {
  const server = await startPostgres()
  const dataDir = newFolder()
  try {
    const places = {
      'fuzz, SQLite': `file:${join(dataDir, 'fuzz.db')}`,
      'fuzz, PostgreSQL': await emptyDatabase(server.address),
    }
    for (const [name, databaseUrl] of Object.entries(places)) {
      const db = await openDatabase(databaseUrl)
      const outcome = await fuzz(db, dataDir, Number(seed) || 1, FUZZ).finally(() => db.destroy())
      total.rounds += outcome.requests
      total.halfDone += outcome.halfDone.length
      total.faults += outcome.faults.length
      total.isChainWhole &&= outcome.chain !== null
      say(name, outcome)
    }
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Every page on screen and on paper, as everybody, in both languages. */
async function sweeping(): Promise<void> {
  const files = ['every-page', 'printed-pages', 'long-words'].map((name) => `test/browser/${name}.test.ts`)
  const run = spawn('npx', ['vitest', 'run', '--project', 'browser', ...files], {
    stdio: 'inherit',
    env: { ...process.env, SWEEP: 'whole' },
  })
  const [code] = (await once(run, 'exit')) as [number | null]
  if (code !== 0) total.faults++
  say('every page', { sound: code === 0 })
}

const parts: Readonly<Record<string, (city: Place) => Promise<void>>> = {
  kill: killing,
  'disk-full': () => failing('disk full', smallDisk(), 'disk-full'),
  'io-error': () => failing('I/O error', unwritable(), 'storage-failed'),
  clock: swinging,
  upgrade: upgrading,
  wal: damaging,
  postgres: onPostgres,
  fuzz: fuzzing,
  'last-hour': crowding,
  pages: sweeping,
}

async function torture(): Promise<void> {
  const unknown = chosen.filter((name) => !(name in parts))
  if (unknown.length > 0)
    throw new Error(`no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`)
  console.log(`seed ${seed}`)
  await bundleServer()
  const dataDir = newFolder()
  try {
    const databaseUrl = `file:${join(dataDir, 'zhengheng.db')}`
    const city = { databaseUrl, dataDir, city: await foundCity(databaseUrl) }
    for (const [name, run] of Object.entries(parts))
      if (chosen.length === 0 || chosen.includes(name)) await run(city)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
  const { rounds, acknowledged, lost, halfDone, isChainWhole, faults } = total
  if (load !== null) console.log(`the last hour: ${load}`)
  console.log(
    `torture: ${rounds} rounds, ${acknowledged} acknowledged writes, ${lost} lost, ${halfDone} half-done, ` +
      `chain ${isChainWhole ? 'holds' : 'BROKEN'}, ${faults} other faults`,
  )
  if (lost + halfDone + faults > 0 || !isChainWhole) process.exitCode = 1
}

await torture()
