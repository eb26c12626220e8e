import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foundCity, startsAt, today, type City } from './city.ts'
import type { Acknowledged } from './deeds.ts'
import { breaches, faultsIn } from './laws.ts'
import { startTortured } from './tortured-server.ts'

/** What a server did while its storage failed it, and afterwards. */
export interface StorageOutcome {
  /** Codes of the problems that records and uploads were answered with. */
  readonly records: readonly string[]
  readonly uploads: readonly string[]
  /** Statuses of reading meanwhile. */
  readonly reading: readonly number[]
  /** Statuses of a record and an upload by the same server once the storage served again. */
  readonly recovered: readonly number[]
  readonly acknowledged: number
  readonly lost: number
  readonly halfDone: readonly string[]
  readonly chain: number | null
}

interface Answer {
  readonly status: number
  readonly code: string
}

const TRIES = 6
const MEBIBYTE = 1024 * 1024

/** Asks again, as browsers do, where the server closed a kept connection: it does so after refusing an upload half-way. */
const ask = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url, init).catch(() => fetch(url, init))

/** People at work on one server, whatever it answers. */
function peopleAt(url: string, { cookies, current, units }: City, acknowledged: Acknowledged[]) {
  async function answerOf(response: Response, table: 'findings' | 'evidence'): Promise<Answer> {
    const { id, code = '' } = (await response.json()) as { readonly id?: string; readonly code?: string }
    if (id !== undefined) acknowledged.push({ table, column: 'id', value: id })
    return { status: response.status, code }
  }
  const headers = { cookie: cookies.inspection, origin: url }
  return {
    record: async (): Promise<Answer> => {
      const body = {
        kind: '专项督查',
        unitIds: units.map(({ id }) => id),
        what: 'T-'.padEnd(2000, '长'),
        notifiedOn: today,
        reason: '当日通知',
        allowDuplicate: true,
      }
      const response = await ask(`${url}/api/assessments/${current}/findings`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return answerOf(response, 'findings')
    },
    upload: async (): Promise<Answer> => {
      const form = new FormData()
      form.set('assessmentId', current)
      form.set('file', new File(['依据\n'.repeat(MEBIBYTE / 8)], '依据.txt'))
      return answerOf(await ask(`${url}/api/evidence`, { method: 'POST', headers, body: form }), 'evidence')
    },
    read: async (): Promise<number[]> => {
      const paths = ['standings', 'findings?size=50', `units/${units[0]?.id}/scorecard`, 'overview']
      const statuses: number[] = []
      for (const path of paths) {
        const response = await ask(`${url}/api/assessments/${current}/${path}`, {
          headers: { cookie: cookies.office },
        })
        await response.arrayBuffer()
        statuses.push(response.status)
      }
      return statuses
    },
  }
}

/** How a storage is made to fail under a running server, and to serve again. */
export interface Storage {
  readonly dataDir: string
  readonly fail: (pid: number) => void
  readonly mend: (pid: number) => void
  readonly remove: () => void
}

/** Lets a storage fail under a server in use, and gives what came of it. */
export async function failStorage({ dataDir, fail, mend, remove }: Storage): Promise<StorageOutcome> {
  const databaseUrl = `file:${join(dataDir, 'zhengheng.db')}`
  try {
    const city = await foundCity(databaseUrl)
    const server = await startTortured({ databaseUrl, dataDir, startsAt })
    const pid = Number(server.process.pid)
    const acknowledged: Acknowledged[] = []
    const people = peopleAt(server.url, city, acknowledged)
    try {
      await people.record()
      await people.upload()
      fail(pid)
      const [records, uploads, reading]: [string[], string[], number[]] = [[], [], []]
      for (let tries = 0; tries < TRIES; tries++) {
        records.push((await people.record()).code)
        uploads.push((await people.upload()).code)
        reading.push(...(await people.read()))
      }
      mend(pid)
      const recovered = [(await people.record()).status, (await people.upload()).status]
      await server.stop()
      const { lost, halfDone, chain } = await breaches(databaseUrl, dataDir, acknowledged)
      return {
        records: [...new Set(records)].filter((code) => code !== ''),
        uploads: [...new Set(uploads)].filter((code) => code !== ''),
        reading: [...new Set(reading)],
        recovered,
        acknowledged: acknowledged.length,
        lost: lost.length,
        halfDone: [...halfDone, ...(await faultsIn(databaseUrl, dataDir))],
        chain,
      }
    } catch (error) {
      const { exitCode, signalCode } = server.process
      throw new Error(`the server (${exitCode ?? signalCode ?? 'alive'}) said: ${server.said()}`, {
        cause: error,
      })
    } finally {
      await server.kill()
    }
  } finally {
    remove()
  }
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'zhengheng-torture-'))

/** Writing beyond so many bytes of a file fails with EFBIG, which SQLite reports as an I/O error. */
const WRITABLE = 64 * 1024

const hasPrlimit = (): boolean => {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Files that cannot be written on, for every user on Linux; null where there is no `prlimit`. */
export function unwritable(): Storage | null {
  if (process.platform !== 'linux' || !hasPrlimit()) return null
  const dataDir = newFolder()
  const limit = (pid: number, bytes: string) =>
    execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:unlimited`])
  return {
    dataDir,
    fail: (pid) => limit(pid, String(WRITABLE)),
    mend: (pid) => limit(pid, 'unlimited'),
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

/** A small disk of its own that is filled to the last block; null where none can be mounted. */
export function smallDisk(): Storage | null {
  const dataDir = newFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', dataDir], { stdio: 'ignore' })
  } catch {
    rmSync(dataDir, { recursive: true })
    return null
  }
  const filler = join(dataDir, 'filler')
  return {
    dataDir,
    fail: () => {
      const { bavail, bsize } = statfsSync(dataDir)
      writeFileSync(filler, Buffer.alloc(bavail * bsize))
    },
    mend: () => rmSync(filler),
    remove: () => {
      execFileSync('umount', ['--lazy', dataDir])
      rmSync(dataDir, { recursive: true })
    },
  }
}
