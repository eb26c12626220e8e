import type { Random } from '../../db/demo/random.ts'
import { workbookOf } from '../fixtures/workbooks.ts'
import { today, type City } from './city.ts'

/** Something that the server said is done: a row with this value in this column must be there for ever. */
export interface Acknowledged {
  readonly table:
    | 'findings'
    | 'finding_facts'
    | 'verified_marks'
    | 'imports'
    | 'publications'
    | 'publication_steps'
    | 'evidence'
  readonly column: 'id' | 'reason' | 'file_name'
  readonly value: string
}

type Caller = keyof City['cookies']

interface Call {
  readonly as: Caller
  readonly body?: unknown
  readonly form?: FormData
  readonly method?: string
  readonly version?: string
}

/** A client of one server. */
export interface Client {
  readonly city: City
  readonly random: Random
  /** A text that nothing else in the database holds. */
  readonly mark: () => string
  /** Gives the answer when it says that the deed is done; null when it was refused. Throws when the server is gone, and when it failed. */
  readonly call: (path: string, call: Call) => Promise<Readonly<Record<string, unknown>> | null>
}

/** How every text begins that a deed leaves in the database. */
export const MARK = 'T-'

export function clientOf(url: string, city: City, random: Random): Client {
  return {
    city,
    random,
    mark: () => MARK + random.whole(0, 2 ** 40).toString(36) + random.whole(0, 2 ** 40).toString(36),
    call: async (path, { as, body, form, method, version }) => {
      const response = await fetch(url + path, {
        method: method ?? (body === undefined && form === undefined ? 'GET' : 'POST'),
        headers: {
          cookie: city.cookies[as],
          origin: url,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(version === undefined ? {} : { 'if-match': version }),
        },
        body: form ?? (body === undefined ? null : JSON.stringify(body)),
      })
      const text = await response.text()
      if (response.status >= 500) throw new Error(`${path}: ${response.status} ${text}`)
      return response.ok ? (JSON.parse(text) as Record<string, unknown>) : null
    },
  }
}

const providers = {
  agency: '举报查实',
  inspection: '专项督查',
  press: '舆情回应',
  police: '网站安全隐患',
} as const

const fileForm = (
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  fields: Record<string, string> = {},
): FormData => {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.set(key, value)
  form.set('file', new File([bytes], name))
  return form
}

async function recordFinding(
  { city, mark, call }: Client,
  about: {
    readonly unitIds: readonly string[]
    readonly evidence?: readonly string[]
    readonly as: keyof typeof providers
  },
): Promise<string[]> {
  const { as, unitIds, evidence = [] } = about
  const body = {
    kind: providers[as],
    unitIds,
    what: mark(),
    notifiedOn: today,
    reason: '当日通知',
    evidence,
    allowDuplicate: true,
  }
  const answer = await call(`/api/assessments/${city.current}/findings`, { as, body })
  const recorded = (answer?.findings ?? []) as readonly { readonly id: string }[]
  return recorded.map(({ id }) => id)
}

const findingsDone = (ids: readonly string[]): Acknowledged[] =>
  ids.map((value) => ({ table: 'findings', column: 'id', value }))

/** A problem at one unit or at several at once. */
async function finding(client: Client): Promise<Acknowledged[]> {
  const { city, random } = client
  const unitIds = Array.from({ length: random.whole(1, 5) }, () => random.pick(city.units).id)
  const as = random.pick(Object.keys(providers) as (keyof typeof providers)[])
  return findingsDone(await recordFinding(client, { as, unitIds: [...new Set(unitIds)] }))
}

/** A problem with its evidence: the file first, then the fact that rests on it. */
async function findingWithEvidence(client: Client): Promise<Acknowledged[]> {
  const { city, random, call, mark } = client
  const bytes = new TextEncoder().encode(`${mark()}\n`.repeat(random.whole(1, 20_000)))
  const form = fileForm('依据.txt', bytes, { assessmentId: city.current })
  const staged = await call('/api/evidence', { as: 'inspection', form })
  if (!staged) return []
  const id = String(staged.id)
  const unitIds = [random.pick(city.units).id]
  const recorded = await recordFinding(client, { as: 'inspection', unitIds, evidence: [id] })
  return [{ table: 'evidence', column: 'id', value: id }, ...findingsDone(recorded)]
}

/** A problem at the department, its appeal, and the decision. */
async function appeal(client: Client): Promise<Acknowledged[]> {
  const { city, mark, call } = client
  const [id] = await recordFinding(client, { as: 'inspection', unitIds: [city.department] })
  if (id === undefined) return []
  const path = `/api/assessments/${city.current}/findings/${id}/facts`
  const done = findingsDone([id])
  const steps = [
    { as: 'head', type: 'appealed' },
    { as: 'office2', type: 'decided', outcome: 'upheld' },
  ] as const
  for (const [index, { as, ...step }] of steps.entries()) {
    const reason = mark()
    const answer = await call(path, { as, version: `"${index + 1}"`, body: { ...step, reason } })
    if (!answer) break
    done.push({ table: 'finding_facts', column: 'reason', value: reason })
  }
  return done
}

interface DeskItem {
  readonly unitId: string
  readonly leaf: string
  readonly etag: string
}

/** Marks given for a unit's half-year form, leaf by leaf. */
async function verification(client: Client): Promise<Acknowledged[]> {
  const { city, random, mark, call } = client
  const desk = `/api/assessments/${city.current}/verification`
  const place = { component: 'self', window: 'H1' }
  const query = new URLSearchParams({ ...place, handedIn: '1', size: '5', page: String(random.whole(1, 40)) })
  const listed = await call(`${desk}/marks?${query}`, { as: 'agency' })
  const done: Acknowledged[] = []
  for (const item of (listed?.items ?? []) as readonly DeskItem[]) {
    const reason = mark()
    const body = { ...place, unitId: item.unitId, leaf: item.leaf, marks: '1', reason }
    const answer = await call(`${desk}/mark`, { as: 'agency', method: 'PUT', version: item.etag, body })
    if (answer) done.push({ table: 'verified_marks', column: 'reason', value: reason })
  }
  return done
}

/** Problems in an imported workbook; all of them come or none. */
export const IMPORTED = 30

async function workbookImport({ city, random, mark, call }: Client): Promise<Acknowledged[]> {
  const name = `${mark()}.xlsx`
  const bytes = await workbookOf({
    考核对象: [['单位', '分组'], ...city.units.map((unit) => [unit.name, unit.group])],
    平时考核台账: [
      ['单位', '扣分类别', '事由', '通知日期'],
      ...Array.from({ length: IMPORTED }, (_, index) => [
        random.pick(city.units).name,
        '举报查实',
        `${name} ${index}`,
        '2026-06-01',
      ]),
    ],
  })
  const path = `/api/assessments/${city.current}/import`
  const answer = await call(path, { as: 'office', form: fileForm(name, new Uint8Array(bytes)) })
  return answer ? [{ table: 'imports', column: 'file_name', value: name }] : []
}

/** Last year's results once more, approved by the leader or taken back. */
async function publication({ city, random, mark, call }: Client): Promise<Acknowledged[]> {
  const path = `/api/assessments/${city.published}/publications`
  const list = (await call(path, { as: 'office' }))?.items as readonly { id: string; state: string }[]
  const waiting = list.find(({ state }) => state === 'prepared')
  if (!waiting) {
    const answer = await call(path, { as: 'office', body: { asOf: today, reason: mark() } })
    return answer ? [{ table: 'publications', column: 'id', value: String(answer.id) }] : []
  }
  const [as, type] = random.chance(0.5)
    ? (['leader', 'approved'] as const)
    : (['office', 'withdrawn'] as const)
  const reason = mark()
  const answer = await call(`${path}/${waiting.id}/steps`, { as, body: { type, reason } })
  return answer ? [{ table: 'publication_steps', column: 'reason', value: reason }] : []
}

/** Reading, which goes on beside everything else. */
async function reading({ city, random, call }: Client): Promise<Acknowledged[]> {
  const unit = random.pick(city.units).id
  const path = random.pick(['standings', `units/${unit}/scorecard`, 'findings?size=50', 'overview'])
  await call(`/api/assessments/${city.current}/${path}`, { as: 'office' })
  return []
}

/** A deed done again and again, and how long its people rest between, in milliseconds. */
export interface Habit {
  readonly deed: (client: Client) => Promise<Acknowledged[]>
  readonly rest: number
}

/** Everything that goes on while a server is killed. */
export const habits: readonly Habit[] = [
  { deed: finding, rest: 0 },
  { deed: finding, rest: 0 },
  { deed: findingWithEvidence, rest: 0 },
  { deed: appeal, rest: 0 },
  { deed: verification, rest: 0 },
  { deed: workbookImport, rest: 500 },
  { deed: publication, rest: 800 },
  { deed: reading, rest: 200 },
]
