import { QueueFull } from './ended.ts'

/** How many may run and wait, together and of one person. */
export interface QueueLimits {
  readonly threads: number
  readonly threadsOfOne: number
  readonly waiting: number
  readonly waitingOfOne: number
}

interface Waiting {
  readonly person: string
  /** The how manieth of the person's jobs it was when it came: everybody's first goes before anybody's second. */
  readonly round: number
  readonly start: () => void
}

export interface JobQueue {
  /** Waits for a thread; gives how to give it back. Rejects with QueueFull, and with the signal's reason once it is called off. */
  readonly enter: (person: string, signal?: AbortSignal) => Promise<() => void>
  /** For each job of a person that waits, how many go before it. */
  readonly placesOf: (person: string) => readonly number[]
}

const countOf = (people: Iterable<string>, person: string): number =>
  [...people].filter((each) => each === person).length

/** Who may use a thread, and in which order. A person's own jobs run one after the other, so that nobody holds every thread. */
export function createQueue(limits: QueueLimits): JobQueue {
  const running: string[] = []
  const waiting: Waiting[] = []

  const mayStart = (person: string): boolean =>
    running.length < limits.threads && countOf(running, person) < limits.threadsOfOne

  function startNext(): void {
    const at = waiting.findIndex(({ person }) => mayStart(person))
    const [next] = at < 0 ? [] : waiting.splice(at, 1)
    next?.start()
  }

  function begin(person: string): () => void {
    running.push(person)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      running.splice(running.indexOf(person), 1)
      startNext()
    }
  }

  async function enter(person: string, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted()
    if (mayStart(person)) return begin(person)
    const own = waiting.filter((job) => job.person === person).length
    if (own >= limits.waitingOfOne) throw new QueueFull('own')
    if (waiting.length >= limits.waiting) throw new QueueFull('everybody')
    return new Promise((resolve, reject) => {
      const job: Waiting = {
        person,
        round: own + countOf(running, person),
        start: () => {
          signal?.removeEventListener('abort', leave)
          resolve(begin(person))
        },
      }
      const leave = (): void => {
        waiting.splice(waiting.indexOf(job), 1)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', leave, { once: true })
      const after = waiting.findIndex(({ round }) => round > job.round)
      waiting.splice(after < 0 ? waiting.length : after, 0, job)
    })
  }

  return {
    enter,
    placesOf: (person) => waiting.flatMap((job, before) => (job.person === person ? [before] : [])),
  }
}
