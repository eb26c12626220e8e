import type { JobName } from './worker.ts'

/** What heavy work may take of the machine. */
export const poolLimits = {
  /** Jobs that run at the same time; everybody together. */
  threads: 2,
  /** Of one person; the others always find a thread. */
  threadsOfOne: 1,
  /** The heap of each thread. */
  heapMegabytes: 1024,
  /** Jobs that wait; everybody together, and of one person. */
  waiting: 24,
  waitingOfOne: 6,
  /** A thread that has nothing to do ends after this time. */
  idleMilliseconds: 60_000,
  /** How often the memory outside the heaps is looked at. */
  watchMilliseconds: 200,
} as const

/** Seconds after which a full queue is worth another try. */
export const retrySeconds = 30

/** How long a job may take, from its start on, in seconds. */
export const seconds: Readonly<Record<JobName, number>> = {
  'read-book': 30,
  'read-import': 30,
  'read-sheets': 30,
  'read-any-sheets': 30,
  'read-form': 15,
  'read-scheme': 15,
  'report-text': 30,
  'check-report': 60,
  'write-template': 15,
  'write-scheme': 15,
  'write-table': 60,
  'write-form': 15,
  'write-paper-form': 15,
  'write-document': 60,
  'write-documents': 60,
  'export-book': 120,
  'export-results': 120,
  'export-publication': 60,
  'publication-proof': 60,
  'verify-publication': 120,
}
