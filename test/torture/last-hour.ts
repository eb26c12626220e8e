import { setTimeout as wait } from 'node:timers/promises'
import { randomFor, type Random } from '../../db/demo/random.ts'
import { freePort } from '../fixtures/free-port.ts'
import type { City } from './city.ts'
import { addCrowd, crowdPassword, type Pair } from './crowd.ts'
import { startTortured } from './tortured-server.ts'

/** Eleven at night in China on the day when the half-year's forms are due. */
export const lastHour = '2026-07-15T15:00:00.000Z'
const PLACE = { component: 'self', window: 'H1' } as const
const query = new URLSearchParams(PLACE)
/** Every fourth entry gets a file, of so many bytes. */
const FILE_EVERY = 4
const FILE_BYTES = [50_000, 400_000] as const
const MEGABYTE = 1024 * 1024
/** Parts of the time in which an editor has begun at the latest, and is at work. */
const [LATEST_START, WORK] = [0.6, 0.3] as const

const steps = ['sign in', 'open inbox', 'open form', 'save draft', 'upload', 'submit'] as const
type Step = (typeof steps)[number]
const moments = ['start', 'third', 'twoThirds', 'end'] as const
type Moment = (typeof moments)[number]

/** What the people of one evening met. Times in milliseconds, memory in megabytes. */
export interface Evening {
  readonly people: number
  readonly requests: number
  readonly submitted: number
  readonly p50: number
  readonly p99: number
  readonly slowest: number
  readonly p99Of: Readonly<Record<Step, number>>
  /** Resident memory before the first came, after a third of the time, after two thirds, and when the last had gone. */
  readonly memory: Readonly<Record<Moment, number>>
  /** Most requests in a second. */
  readonly busiest: number
  /** Processor time of the server a request. */
  readonly cpuPerRequest: number
  /** Answers that were none of those expected, one line each. */
  readonly errors: readonly string[]
}

interface Call {
  readonly body?: unknown
  readonly form?: FormData
  readonly method?: 'PUT'
  readonly version?: string
}

interface Person {
  /** Takes one step and gives the answer; null when it was an error, which is noted. */
  readonly call: (step: Step, path: string, call?: Call) => Promise<unknown>
}

interface Times {
  readonly taken: Record<Step, number[]>
  /** Requests by the second in which they were sent. */
  readonly sent: Map<number, number>
  readonly errors: string[]
}

/** A person at a browser that keeps its cookie. */
function personAt(url: string, { taken, sent, errors }: Times): Person {
  let cookie = ''
  return {
    call: async (step, path, { body, form, method, version } = {}) => {
      const from = performance.now()
      const second = Math.floor(from / 1000)
      sent.set(second, (sent.get(second) ?? 0) + 1)
      try {
        const response = await fetch(url + path, {
          method: method ?? (body === undefined && form === undefined ? 'GET' : 'POST'),
          headers: {
            cookie,
            origin: url,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(version === undefined ? {} : { 'if-match': version }),
          },
          body: form ?? (body === undefined ? null : JSON.stringify(body)),
        })
        const text = await response.text()
        taken[step].push(performance.now() - from)
        const [set] = response.headers.getSetCookie()
        cookie = set?.split(';')[0] ?? cookie
        if (response.ok) return JSON.parse(text)
        errors.push(`${step}: ${response.status} ${text.slice(0, 200)}`)
      } catch (error) {
        errors.push(`${step}: ${String(error)}`)
      }
      return null
    },
  }
}

interface Form {
  readonly etag: string
  readonly areas: readonly {
    readonly leaves: readonly { readonly key: string; readonly entry: { readonly etag: string } | null }[]
  }[]
}

interface Stage {
  readonly url: string
  readonly city: City
  readonly random: Random
  /** How long all of it lasts, in milliseconds. */
  readonly duration: number
  readonly times: Times
}

async function signIn(person: Person, username: string): Promise<void> {
  await person.call('sign in', '/api/auth/sign-in', { body: { username, password: crowdPassword } })
  await person.call('open inbox', '/api/inbox')
}

/** Fills in the form from the first entry to the last, with rests between. */
async function edit({ url, city, random, duration, times }: Stage, { unitId, editor }: Pair): Promise<void> {
  const person = personAt(url, times)
  const path = `/api/assessments/${city.current}/self-assessments/${unitId}`
  await signIn(person, editor)
  const form = (await person.call('open form', `${path}?${query}`)) as Form | null
  const leaves = (form?.areas ?? []).flatMap((area) => area.leaves)
  for (const [index, { key, entry }] of leaves.entries()) {
    await wait((2 * random.next() * WORK * duration) / leaves.length)
    const body = { ...PLACE, leaf: key, marks: '1', notApplicable: false, note: `已完成第 ${index + 1} 项` }
    await person.call('save draft', `${path}/draft`, { method: 'PUT', version: entry?.etag ?? '', body })
    if (index % FILE_EVERY !== 0) continue
    const upload = new FormData()
    upload.set('assessmentId', city.current)
    upload.set('file', new File(['证'.repeat(random.whole(...FILE_BYTES) / 3)], `佐证${index + 1}.txt`))
    const staged = (await person.call('upload', '/api/evidence', { form: upload })) as {
      readonly id: string
    } | null
    if (staged === null) continue
    const meant = { ...PLACE, leaf: key, evidenceId: staged.id }
    await person.call('upload', `${path}/evidence`, { method: 'PUT', body: meant })
  }
}

/** Reads what the editor has filled in and hands it in. */
async function handIn({ url, city, random, duration, times }: Stage, { unitId, head }: Pair): Promise<void> {
  const person = personAt(url, times)
  const path = `/api/assessments/${city.current}/self-assessments/${unitId}`
  await signIn(person, head)
  const form = (await person.call('open form', `${path}?${query}`)) as Form | null
  await wait(random.next() * 0.05 * duration)
  await person.call('submit', `${path}/submission`, { version: form?.etag ?? '', body: PLACE })
  await person.call('open form', `${path}?${query}`)
}

const quantile = (values: readonly number[], part: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0)
}

/** Reads one value of the metrics. */
async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(url)).text()
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1])
}

/** Lets a crowd of editors and heads, two a unit, sign in, fill in, upload and hand in within so many milliseconds, more of them towards the end. */
export async function lastEvening(
  {
    databaseUrl,
    dataDir,
    city,
  }: { readonly databaseUrl: string; readonly dataDir: string; readonly city: City },
  { units, duration }: { readonly units: number; readonly duration: number },
): Promise<Evening> {
  const pairs = await addCrowd(databaseUrl, city.current, units)
  const metricsPort = await freePort()
  const metrics = `http://127.0.0.1:${metricsPort}/metrics`
  const server = await startTortured({ databaseUrl, dataDir, startsAt: lastHour, metricsPort })
  const random = randomFor('last hour')
  const times: Times = {
    taken: { 'sign in': [], 'open inbox': [], 'open form': [], 'save draft': [], upload: [], submit: [] },
    sent: new Map(),
    errors: [],
  }
  const memoryNow = async () =>
    Math.round((await metric(metrics, 'process_resident_memory_bytes')) / MEGABYTE)
  try {
    const stage: Stage = { url: server.url, city, random, duration, times }
    const start = await memoryNow()
    const cpuBefore = await metric(metrics, 'process_cpu_seconds_total')
    const crowd = pairs.map(async (pair) => {
      await wait(LATEST_START * duration * Math.sqrt(random.next()))
      await edit(stage, pair)
      await handIn(stage, pair)
    })
    const memoryAfter = (part: number) => wait(part * duration).then(memoryNow)
    const watching = Promise.all([memoryAfter(1 / 3), memoryAfter(2 / 3)])
    const [[third, twoThirds]] = await Promise.all([watching, Promise.all(crowd)])
    const end = await memoryNow()
    const cpu = (await metric(metrics, 'process_cpu_seconds_total')) - cpuBefore
    const all = Object.values(times.taken).flat()
    return {
      people: 2 * units,
      requests: all.length,
      submitted: times.taken.submit.length,
      p50: quantile(all, 0.5),
      p99: quantile(all, 0.99),
      slowest: quantile(all, 1),
      p99Of: Object.fromEntries(
        steps.map((step) => [step, quantile(times.taken[step], 0.99)]),
      ) as Evening['p99Of'],
      memory: { start, third, twoThirds, end },
      busiest: Math.max(...times.sent.values()),
      cpuPerRequest: Number(((1000 * cpu) / all.length).toPrecision(3)),
      errors: times.errors,
    }
  } finally {
    await server.stop()
  }
}
