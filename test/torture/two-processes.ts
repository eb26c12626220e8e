import { setTimeout as wait } from 'node:timers/promises'
import { randomFor } from '../../db/demo/random.ts'
import { startsAt, today, type City } from './city.ts'
import type { Acknowledged } from './deeds.ts'
import { doEverything, type Outcome, type Place } from './killing.ts'
import { breaches, faultsIn } from './laws.ts'
import { startTortured, type TorturedServer } from './tortured-server.ts'

export interface TwoOutcome extends Outcome {
  /** Findings recorded by one process that the other did not show at once. */
  readonly unseen: number
}

const LOOKS = 10

/** Whether each process shows at once what the other recorded. */
async function countUnseen(servers: readonly TorturedServer[], city: City): Promise<number> {
  let unseen = 0
  for (let look = 0; look < LOOKS; look++) {
    const [here, there] = look % 2 === 0 ? servers : servers.toReversed()
    const path = `/api/assessments/${city.current}/findings`
    const recorded = await fetch(`${here?.url}${path}`, {
      method: 'POST',
      headers: {
        cookie: city.cookies.inspection,
        origin: String(here?.url),
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        kind: '专项督查',
        unitIds: [city.department],
        what: `T-两个进程 ${look}`,
        notifiedOn: today,
        reason: '当日通知',
        allowDuplicate: true,
      }),
    })
    const { number } = (await recorded.json()) as { readonly number: string }
    const headers = { cookie: city.cookies.office }
    const ledger = await (await fetch(`${there?.url}${path}?size=500`, { headers })).text()
    if (!ledger.includes(`"${number}"`)) unseen++
  }
  return unseen
}

/** Two processes on one PostgreSQL, opened at the same moment; one of them is killed half-way, while the other goes on. */
export async function runTwo({ databaseUrl, dataDir, city }: Place, forMs: number): Promise<TwoOutcome> {
  const random = randomFor('two')
  const acknowledged: Acknowledged[] = []
  const start = () => startTortured({ databaseUrl, dataDir, startsAt })
  const servers = await Promise.all([start(), start()])
  try {
    const unseen = await countUnseen(servers, city)
    const ended = servers.map((server) =>
      doEverything(server, city, random, (deeds) => acknowledged.push(...deeds)),
    )
    await wait(forMs / 2)
    await servers[0].kill()
    await wait(forMs / 2)
    await servers[1].kill()
    const failures = (await Promise.all(ended)).flat()
    const { lost, halfDone, chain } = await breaches(databaseUrl, dataDir, acknowledged)
    const faults = await faultsIn(databaseUrl, dataDir)
    return {
      rounds: 2,
      acknowledged: acknowledged.length,
      lost: lost.length,
      halfDone: [...halfDone, ...faults],
      chain,
      failures,
      unseen,
    }
  } finally {
    await Promise.all(servers.map((server) => server.kill()))
  }
}
