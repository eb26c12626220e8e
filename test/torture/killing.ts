import { setTimeout as wait } from 'node:timers/promises'
import { randomFor, type Random } from '../../db/demo/random.ts'
import { startsAt, type City } from './city.ts'
import { clientOf, habits, type Acknowledged, type Client, type Habit } from './deeds.ts'
import { breaches, faultsIn } from './laws.ts'
import { startTortured, type TorturedServer } from './tortured-server.ts'

export interface Place {
  readonly databaseUrl: string
  readonly dataDir: string
  readonly city: City
}

export interface Outcome {
  readonly rounds: number
  readonly acknowledged: number
  readonly lost: number
  readonly halfDone: readonly string[]
  /** Entries of the audit log at the end; null when its chain broke. */
  readonly chain: number | null
  /** Answers that were none of what a server may say, one line each. */
  readonly failures: readonly string[]
}

/** How long a server lives at most after the first deed was done, in milliseconds; every fifth dies while it warms up. */
const LONGEST = 1200
const COLD = 5
const LONGEST_START = 10_000

const isGone = (error: unknown): boolean =>
  error instanceof TypeError && /^(fetch failed|terminated)$/.test(error.message)

/** Keeps a habit until the server is gone. */
async function keepDoing(
  { deed, rest }: Habit,
  client: Client,
  done: (acknowledged: readonly Acknowledged[]) => void,
): Promise<string | null> {
  for (;;) {
    try {
      done(await deed(client))
      await wait(client.random.next() * rest)
    } catch (error) {
      return isGone(error) ? null : String(error)
    }
  }
}

/** Starts every deed on a server; `end` gives what failed once the server is gone. */
export function doEverything(
  server: TorturedServer,
  city: City,
  random: Random,
  done: (acknowledged: readonly Acknowledged[]) => void,
): Promise<readonly string[]> {
  const client = clientOf(server.url, city, random)
  const loops = habits.map((habit) => keepDoing(habit, client, done))
  return Promise.all(loops).then((failures) => failures.filter((failure) => failure !== null))
}

/**
 * Kills servers at random moments under everything that people do, on one place, each after the other, and looks after every one what is lost
 * or half-done. Stops at the first breach, so that it can be looked at.
 */
export async function killAtRandom(
  { databaseUrl, dataDir, city }: Place,
  rounds: number,
  seed: string,
): Promise<Outcome> {
  const random = randomFor(seed)
  const acknowledged: Acknowledged[] = []
  let outcome: Outcome = { rounds: 0, acknowledged: 0, lost: 0, halfDone: [], chain: 0, failures: [] }
  for (let round = 1; round <= rounds; round++) {
    const server = await startTortured({ databaseUrl, dataDir, startsAt })
    const warm = new AbortController()
    const ended = doEverything(server, city, random, (deeds) => {
      acknowledged.push(...deeds)
      if (deeds.length > 0) warm.abort()
    })
    if (round % COLD !== 0) await wait(LONGEST_START, null, { signal: warm.signal }).catch(() => null)
    await wait(random.next() * LONGEST)
    await server.kill()
    const failures = await ended
    const { lost, halfDone, chain } = await breaches(databaseUrl, dataDir, acknowledged)
    outcome = {
      rounds: round,
      acknowledged: acknowledged.length,
      lost: lost.length,
      halfDone,
      chain,
      failures,
    }
    if (lost.length > 0 || halfDone.length > 0 || chain === null || failures.length > 0) return outcome
  }
  return { ...outcome, halfDone: await faultsIn(databaseUrl, dataDir) }
}
