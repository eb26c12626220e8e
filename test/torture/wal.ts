import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { randomFor } from '../../db/demo/random.ts'
import { startsAt } from './city.ts'
import type { Acknowledged } from './deeds.ts'
import { doEverything, type Place } from './killing.ts'
import { breaches } from './laws.ts'
import { startTortured } from './tortured-server.ts'

/** What came of a damaged write-ahead log. */
export interface WalOutcome {
  readonly trials: number
  /** Trials in which deeds were lost, and those of them that the server told of. */
  readonly losing: number
  readonly told: number
  /** Trials that left a broken database, which the server would not serve. */
  readonly refused: number
  /** Trials after which nothing was lost and the server told of damage all the same. */
  readonly toldInVain: number
  readonly halfDone: readonly string[]
  readonly isChainWhole: boolean
}

/** Deeds done before the kill. */
const ENOUGH = 60

/** The server refuses a database that its log has left broken, and says so; anything else is a fault. */
function unlessRefused(error: unknown): null {
  if (error instanceof Error && error.message.includes('A damaged write-ahead log has left')) return null
  throw error
}

/** Damages the log that a killed server left behind, each time another way, and starts a server on what is left. */
export async function damageWal({ dataDir, city }: Place, trials: number, seed: string): Promise<WalOutcome> {
  const random = randomFor(seed)
  const databaseUrl = `file:${join(dataDir, 'zhengheng.db')}`
  const acknowledged: Acknowledged[] = []
  const server = await startTortured({ databaseUrl, dataDir, startsAt })
  const enough = new AbortController()
  const ended = doEverything(server, city, random, (deeds) => {
    acknowledged.push(...deeds)
    if (acknowledged.length >= ENOUGH) enough.abort()
  })
  await wait(60_000, null, { signal: enough.signal }).catch(() => null)
  await server.kill()
  await ended
  let [losing, told, refused, toldInVain, isChainWhole] = [0, 0, 0, 0, true]
  const halfDone: string[] = []
  for (let trial = 0; trial < trials; trial++) {
    const copy = mkdtempSync(join(tmpdir(), 'zhengheng-torture-'))
    cpSync(dataDir, copy, { recursive: true })
    const log = join(copy, 'zhengheng.db-wal')
    const bytes = readFileSync(log)
    if (random.chance(0.2)) truncateSync(log, random.whole(0, bytes.length))
    else {
      const [at, length] = [random.whole(0, bytes.length - 1), random.whole(1, 5000)]
      for (let offset = at; offset < Math.min(at + length, bytes.length); offset++)
        bytes[offset] = random.whole(0, 255)
      writeFileSync(log, bytes)
    }
    rmSync(`${join(copy, 'zhengheng.db')}-shm`, { force: true })
    const place = { databaseUrl: `file:${join(copy, 'zhengheng.db')}`, dataDir: copy }
    const again = await startTortured({ ...place, startsAt }).catch(unlessRefused)
    if (again === null) {
      refused++
      rmSync(copy, { recursive: true })
      continue
    }
    await again.stop()
    const found = await breaches(place.databaseUrl, copy, acknowledged)
    const isTold = again.said().includes('damaged')
    const isKept = readdirSync(copy).some((name) => name.includes('-wal.damaged-'))
    if (found.lost.length > 0) losing++
    if (isTold && isKept) {
      if (found.lost.length > 0) told++
      else toldInVain++
    }
    halfDone.push(...found.halfDone)
    isChainWhole &&= found.chain !== null
    rmSync(copy, { recursive: true })
  }
  return { trials, losing, told, refused, toldInVain, halfDone, isChainWhole }
}
