import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import { kindsOf } from '#assessment/rule/scheme'
import { roles, type Role } from '#assessment/vocabulary'
import { fillDemo } from '../../db/demo.ts'
import { accessAskedBy } from '../../server/access/allow.ts'
import { scopeOf, type Action } from '../../server/access/permissions.ts'
import { createApp } from '../../server/app.ts'
import { freezeResults } from '../../server/frozen-results.ts'
import { watchReports } from '../../server/watched-reports.ts'
import { openLog } from '../../server/log.ts'
import { pdf } from '../evidence/samples.ts'
import { appOn, openMemory, type Answer, type Caller } from '../fixtures/app.ts'
import { temporaryFolder } from '../fixtures/databases.ts'
import { documentedBy, type Documented } from '../fixtures/closed-document.ts'

/** A day in the middle of the fictional city's third year. */
const today = '2026-11-22'
/** Answers looked at for each route and role, of files one, and addresses tried to find them. */
const enough = 2
const most = 300

const db = await openMemory()
const folder = temporaryFolder()
const test = appOn(db, null, folder.path)
/** These lead a browser on and answer with nothing else. */
const leading = new Set(['/api/single-sign-on/begin', '/api/single-sign-on/end'])
const routes = new Map<string, readonly (Role | 'anyone')[]>()
for (const { method, path, handler } of createApp({ db, log: openLog('silent') }).routes) {
  const asked = accessAskedBy(handler)
  if (method !== 'GET' || asked === undefined || leading.has(path)) continue
  const allowed = roles.filter((role) => asked === 'session' || scopeOf(role, asked as Action) !== undefined)
  routes.set(path, asked === 'public' ? ['anyone'] : allowed)
}

/** Roles that may ask for something of which the city has nothing for them, each with its reason. */
const nothingFor: Readonly<Record<string, string>> = {}

interface Account {
  readonly call: Caller
  readonly unitId: string | null
}
const accounts = new Map<string, Account[]>()
let documented: (path: string) => Documented | undefined
const secrets = { calendar: '', wall: '' }

type Given = Readonly<Record<string, string>>
type Values = (given: Given) => Promise<readonly string[]>

/** Ids in a table, of one assessment where the address names it before. */
const idsIn =
  (table: 'assessments' | 'schemes' | 'evidence'): Values =>
  async () =>
    (await db.selectFrom(table).select('id').execute()).map(({ id }) => id)
const idsOfAssessment =
  (table: 'findings' | 'publications' | 'externalBatches' | 'reports'): Values =>
  async ({ id = '' }) =>
    (await db.selectFrom(table).select('id').where('assessmentId', '=', id).execute()).map(({ id }) => id)
const participants: Values = async ({ id = '' }) =>
  (await db.selectFrom('participants').select('unitId').where('assessmentId', '=', id).execute()).map(
    ({ unitId }) => unitId,
  )

/** The values that a parameter of an address has in the city, by what stands before it; those of a query by its name. */
const valuesOf: Readonly<Record<string, Values>> = {
  'assessments/:id': idsIn('assessments'),
  'schemes/:id': idsIn('schemes'),
  'diff/:otherId': idsIn('schemes'),
  'evidence/:id': idsIn('evidence'),
  'units/:unitId': participants,
  'self-assessments/:unitId': participants,
  'letters/:unitId': participants,
  'findings/:findingId': idsOfAssessment('findings'),
  'reports/:reportId': idsOfAssessment('reports'),
  'batches/:batchId': idsOfAssessment('externalBatches'),
  'publications/:publicationId': idsOfAssessment('publications'),
  'calendar/:file': async () => [secrets.calendar],
  'wall/:token': async () => [secrets.wall],
  q: async () => ['市', '整改'],
  head: async () => [`1:${'0'.repeat(64)}`],
  units: async (given) => [(await participants(given)).slice(0, 3).join(',')],
  unitId: participants,
  kind: async () => [...kindsOf(municipal).keys()],
}

/** Some of a list, from all of it, and the account's own unit before all others. */
const sample = (values: readonly string[], { unitId }: Account): readonly string[] => {
  const step = Math.ceil(values.length / 40)
  const some = values.filter((_, index) => index % step === 0)
  return unitId !== null && values.includes(unitId) ? [unitId, ...some] : some
}

/** Addresses of a route that may lead somewhere, of its parameters one by one. */
async function* addressesOf(path: string, needs: readonly string[], account: Account) {
  const parameters = [...(path.match(/[\w-]+\/:\w+/g) ?? []), ...needs]
  async function* filled(index: number, given: Given, address: string): AsyncGenerator<string> {
    const parameter = parameters[index]
    if (parameter === undefined) return yield address
    const values = valuesOf[parameter]
    if (!values) throw new Error(`nobody says which values ${parameter} of ${path} has`)
    const [before, name = parameter] = parameter.split('/:')
    for (const value of sample(await values(given), account)) {
      const next = parameter.includes('/:')
        ? address.replace(parameter, `${before}/${value}`)
        : `${address}${address.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`
      yield* filled(index + 1, { ...given, [name]: value }, next)
    }
  }
  yield* filled(0, {}, path)
}

/** Hands in a rectification with a file, so that there is one to fetch. */
async function withEvidence(assessmentId: string): Promise<void> {
  const editor = await test.as('editor')
  const open = await editor(`/api/assessments/${assessmentId}/findings?status=open`)
  const [finding] = open.json.items ?? []
  const form = new FormData()
  form.set('assessmentId', assessmentId)
  form.set('file', new File([new Uint8Array(pdf)], '整改报告.pdf'))
  const { json } = await editor('/api/evidence', { form })
  const address = `/api/assessments/${assessmentId}/findings/${String(finding?.findingId)}`
  const detail = await editor(address)
  const handedIn = await editor(`${address}/facts`, {
    body: { type: 'submitted', on: today, evidence: [String(json.id)] },
    headers: { 'if-match': String(detail.json.etag) },
  })
  if (handedIn.status !== 201) throw new Error(handedIn.text)
}

const mediaTypeOf = ({ headers }: Answer): string => headers.get('content-type')?.split(';')[0] ?? ''

beforeAll(async () => {
  test.clock.now = new Date(`${today}T02:00:00Z`)
  const { assessmentId } = await fillDemo(db, {
    freeze: freezeResults,
    watch: watchReports,
    today,
    passwordHash: 'hash',
  })
  const rows = await db.selectFrom('accounts').select(['username', 'role', 'unitId']).execute()
  for (const { username, role, unitId } of rows)
    accounts.set(role, [...(accounts.get(role) ?? []), { call: await test.as(username), unitId }])
  accounts.set('anyone', [{ call: test.anyone, unitId: null }])
  documented = documentedBy((await test.anyone('/api/openapi.json')).json)

  const office = await test.as('office')
  secrets.calendar = String((await office('/api/calendar/token', { method: 'POST' })).json.path).replace(
    '/api/calendar/',
    '',
  )
  const link = await office(`/api/assessments/${assessmentId}/wall-links`, {
    body: { name: '大厅', hours: 1 },
  })
  await withEvidence(assessmentId)
  secrets.wall = String(link.json.path).replace('/wall/', '')
}, 120_000)
afterAll(() => db.destroy())

it('the application has GET routes to compare', () => expect(routes.size).toBeGreaterThan(60))

describe.each([...routes])('GET %s answers what the document says', (path, allowed) => {
  it.each(allowed)('to %s', async (role) => {
    const about = documented(path)
    if (!about) throw new Error('not documented')
    const wanted = about.isFile ? 1 : enough
    let compared = 0
    let tried = 0
    for (const account of accounts.get(role) ?? []) {
      for await (const address of addressesOf(path, about.needs, account)) {
        if (compared === wanted || tried++ === most) break
        const answer = await account.call(address)
        const mediaType = mediaTypeOf(answer)
        expect(about.faultsIn(answer.status, mediaType, answer.json), address).toBeNull()
        if (answer.status === 200) compared++
      }
    }
    const reason = nothingFor[`${path} ${role}`]
    expect(compared > 0, reason ?? `${tried} addresses tried`).toBe(reason === undefined)
  })
})
