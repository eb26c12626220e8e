import { setTimeout as wait } from 'node:timers/promises'
import { randomFor } from '../../db/demo/random.ts'
import { startsAt } from './city.ts'
import type { Acknowledged } from './deeds.ts'
import { doEverything, type Outcome, type Place } from './killing.ts'
import { breaches, faultsIn } from './laws.ts'
import { startTortured } from './tortured-server.ts'

/**
 * How far the clock is set forward or back, in hours: nearly half of what a session outlives unused, so that nobody is signed out. It starts
 * just before midnight, so that the day changes with it.
 */
const SWINGS = 0.24

/** Lets everything go on for some milliseconds while the clock is set forward and back ten times a second. */
export async function swingClock({ databaseUrl, dataDir, city }: Place, forMs: number): Promise<Outcome> {
  const acknowledged: Acknowledged[] = []
  const server = await startTortured({ databaseUrl, dataDir, startsAt, clockSwings: SWINGS })
  const ended = doEverything(server, city, randomFor('clock'), (deeds) => acknowledged.push(...deeds))
  await wait(forMs)
  await server.kill()
  const failures = await ended
  const { lost, halfDone, chain } = await breaches(databaseUrl, dataDir, acknowledged)
  const faults = await faultsIn(databaseUrl, dataDir)
  return {
    rounds: 1,
    acknowledged: acknowledged.length,
    lost: lost.length,
    halfDone: [...halfDone, ...faults],
    chain,
    failures,
  }
}
