import { deleteStagedBefore, listStoredFiles } from '../../db/evidence.ts'
import type { Deps } from '../deps.ts'
import { evidenceLimits } from './limits.ts'
import { discard, listIdle } from './storage.ts'

const HOUR = 3_600_000

/** Removes evidence that waited a day for its fact, and files that no row names; gives how many files went. */
export async function purgeStaged({
  db,
  dataDir,
  clock,
}: Pick<Deps, 'db' | 'dataDir' | 'clock'>): Promise<number> {
  const before = new Date(clock().getTime() - evidenceLimits.stagedFor)
  await deleteStagedBefore(db, before.toISOString())
  const named = new Set((await listStoredFiles(db)).map(({ storedName }) => storedName))
  const orphans = (await listIdle(dataDir, before)).filter(({ name }) => !named.has(name))
  for (const { path } of orphans) await discard(path)
  return orphans.length
}

/** Runs something now and every hour, without keeping the process alive; gives how to stop it. */
export function everyHour(
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const run = (): void => {
    running = running.then(work).catch(onError)
  }
  run()
  const timer = setInterval(run, HOUR)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
