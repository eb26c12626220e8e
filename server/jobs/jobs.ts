import { randomUUID } from 'node:crypto'
import type { Tinypool } from 'tinypool'
import { JobEnded, type Ending } from './ended.ts'
import { poolLimits, seconds } from './limits.ts'
import { createQueue, type JobQueue, type QueueLimits } from './queue.ts'
import { startThreads } from './threads.ts'
import type { JobName, Jobs } from './worker.ts'

export interface JobOptions {
  /** Calls the job off, waiting or running; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Until it is given up, from its start on; by default the time of its kind. */
  readonly milliseconds?: number | undefined
}

type Answer<Name extends JobName> = Awaited<ReturnType<Jobs[Name]>>

/** Does heavy work in a thread of its own once there is one. Rejects with JobEnded and QueueFull. */
export type InThread = <Name extends JobName>(
  name: Name,
  order: Parameters<Jobs[Name]>[0],
  options?: JobOptions,
) => Promise<Answer<Name>>

/** What an act finds that needs heavy work. */
export interface WithThreads {
  readonly inThread: InThread
}

export interface JobDesk {
  /** Work for somebody, whose jobs take turns. */
  readonly by: (person: string) => InThread
  /** For each job of a person that waits, how many go before it. */
  readonly placesOf: (person: string) => readonly number[]
}

/** What unpacks into buffers, which are no part of the heap that a thread is bound to. */
const unpacksBesideItsHeap: ReadonlySet<JobName> = new Set(['report-text'])

/** Ends a job when the process grew by more than its heap may hold since it began. Gives how to stop watching. */
function watchMemory(megabytes: number, end: () => void): () => void {
  const before = process.memoryUsage.rss()
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() - before > megabytes * 2 ** 20) end()
  }, poolLimits.watchMilliseconds)
  return () => clearInterval(watch)
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'

/** A few threads and the queue before them. */
export function createJobs(
  limits: QueueLimits & { readonly heapMegabytes: number } = poolLimits,
  queue: JobQueue = createQueue(limits),
  threads: Tinypool = startThreads(limits.threads, limits.heapMegabytes),
): JobDesk {
  async function work(name: JobName, order: unknown, options: JobOptions): Promise<unknown> {
    const { signal, milliseconds = seconds[name] * 1000 } = options
    signal?.throwIfAborted()
    const ending = new AbortController()
    const end = (why: Ending) => ending.abort(new JobEnded(why))
    const leave = () => ending.abort(signal?.reason)
    signal?.addEventListener('abort', leave, { once: true })
    const timer = setTimeout(() => end('too-slow'), milliseconds)
    const unwatch = unpacksBesideItsHeap.has(name)
      ? watchMemory(limits.heapMegabytes, () => end('too-much-memory'))
      : null
    try {
      return await threads.run({ name, order }, { signal: ending.signal })
    } catch (error) {
      if (ending.signal.aborted) throw ending.signal.reason
      throw isOutOfMemory(error) ? new JobEnded('too-much-memory') : error
    } finally {
      clearTimeout(timer)
      unwatch?.()
      signal?.removeEventListener('abort', leave)
    }
  }

  const by =
    (person: string): InThread =>
    async <Name extends JobName>(
      name: Name,
      order: Parameters<Jobs[Name]>[0],
      options: JobOptions = {},
    ): Promise<Answer<Name>> => {
      const giveBack = await queue.enter(person, options.signal)
      try {
        return (await work(name, order, options)) as Answer<Name>
      } finally {
        giveBack()
      }
    }
  return { by, placesOf: queue.placesOf }
}

let shared: JobDesk | undefined
/** The desk of this process. */
export const sharedJobs = (): JobDesk => (shared ??= createJobs())

/** Work that nobody asked for by a request, as at the console: it takes turns with nobody's. */
export const unasked: InThread = (...asked) => sharedJobs().by(randomUUID())(...asked)
