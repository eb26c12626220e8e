import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { roles, type Role } from '#assessment/vocabulary'
import type { Db } from '../../db/source.ts'
import { verifyAudit } from '../../db/audit.ts'
import { accessAskedBy } from '../../server/access/allow.ts'
import { scopeOf } from '../../server/access/permissions.ts'
import { problemTexts } from '../../server/http/problems/texts.ts'
import { appOn, withYear, workbookForm, type Answer, type Call, type TestApp } from '../fixtures/app.ts'
import { publish } from '../fixtures/published.ts'
import { smallYear } from '../fixtures/workbooks.ts'
import { hostileTexts, makerOf, type Maker } from './schema-values.ts'

type Schema = { readonly [name: string]: unknown }
interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: unknown
}
interface Operation {
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  /** Roles that may ask for it at all. */
  readonly allowed: readonly Role[]
  readonly content: Readonly<Record<string, { readonly schema: unknown }>>
}

/** Operations that would ask other machines. */
const outward = new Set(['POST /api/mail/test', 'GET /api/single-sign-on/begin'])
/** What an answer must never tell: where our code stands, what we ask the database, or how it refuses. */
const tells =
  /\bat [^\n]*\.(ts|js):\d+|node_modules|SQLITE_|\b(select|insert|update|delete)\b[^\n]{0,80}\b(from|into|set|where)\b|syntax error|duplicate key|violates|constraint failed|invalid byte sequence/i
/** Each use of a session changes it, refused or not. */
const changing = new Set(['sessions'])

export interface Fuzzed {
  readonly requests: number
  readonly operations: number
  readonly byStatus: Readonly<Record<string, number>>
  /** What was found, with the request that shows it again. */
  readonly faults: readonly string[]
  /** Refused writes that left something behind. */
  readonly halfDone: readonly string[]
  readonly chain: number | null
}

async function tablesOf(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables()
  return tables.map(({ name }) => name).filter((name) => !name.startsWith('kysely') && !changing.has(name))
}

/** What the log tells of refusals and downloads is no part of a deed, nor is the mark of its end. */
const isTold = ({ action, key }: Readonly<Record<string, unknown>>): boolean =>
  key === 'audit.last' ||
  ['access.refused', 'session.failed', 'session.locked', 'file.download'].includes(String(action))

async function stateOf(db: Db, tables: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const table of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db)
    hash.update(table)
    for (const row of rows
      .filter((each) => !isTold(each))
      .map((each) => JSON.stringify(each))
      .sort())
      hash.update(row)
  }
  return hash.digest('hex')
}

/** Who may ask for what, by method and path. */
function allowedIn({ app }: TestApp): ReadonlyMap<string, readonly Role[]> {
  const allowed = new Map<string, readonly Role[]>()
  for (const { method, path, handler } of app.routes) {
    const asked = accessAskedBy(handler)
    if (asked === undefined) continue
    const isForAll = asked === 'public' || asked === 'session'
    const key = `${method} ${path.replace(/:(\w+)/g, '{$1}')}`
    allowed.set(key, isForAll ? roles : roles.filter((role) => scopeOf(role, asked) !== undefined))
  }
  return allowed
}

async function operationsOf(test: TestApp) {
  const allowed = allowedIn(test)
  const { json } = await test.anyone('/api/openapi.json')
  const { schemas } = json.components as { schemas: Readonly<Record<string, Schema>> }
  const operations: Operation[] = []
  for (const [path, item] of Object.entries(json.paths as Record<string, Record<string, Schema>>))
    for (const [name, { parameters = [], requestBody }] of Object.entries(item)) {
      const { content = {} } = (requestBody ?? {}) as Partial<Operation>
      const method = name.toUpperCase()
      if (!outward.has(`${method} ${path}`))
        operations.push({
          method,
          path,
          parameters: parameters as Parameter[],
          allowed: allowed.get(`${method} ${path}`) ?? roles,
          content,
        })
    }
  return { schemas, operations }
}

/** Ids and names that exist now. */
async function knownIn(db: Db): Promise<Readonly<Record<string, readonly string[]>>> {
  const ids = async (table: 'assessments' | 'units' | 'schemes' | 'findings' | 'publications' | 'accounts') =>
    (await db.selectFrom(table).select('id').limit(50).execute()).map(({ id }) => id)
  const [assessments, units, schemes, findings, publications, accounts] = await Promise.all([
    ids('assessments'),
    ids('units'),
    ids('schemes'),
    ids('findings'),
    ids('publications'),
    ids('accounts'),
  ])
  return {
    assessments,
    units,
    schemes,
    findings,
    publications,
    accounts,
    words: ['平时考核', '自我考核', '第三方评估', 'H1', 'H2', '专项督查'],
  }
}

/** What stands before a parameter of an address says what it is. */
const kindBefore: Readonly<Record<string, string>> = {
  assessments: 'assessments',
  units: 'units',
  schemes: 'schemes',
  findings: 'findings',
  publications: 'publications',
  accounts: 'accounts',
  diff: 'schemes',
  letters: 'units',
  'self-assessments': 'units',
}

function addressOf(
  { path, parameters }: Operation,
  maker: Maker,
  known: Readonly<Record<string, readonly string[]>>,
) {
  const parts = path.split('/')
  const filled = parts.map((part, index) => {
    if (!part.startsWith('{')) return part
    const ids = known[kindBefore[parts[index - 1] ?? ''] ?? 'words'] ?? []
    return encode(maker.random() < 0.9 && ids.length > 0 ? maker.pick(ids) : maker.pick(hostileTexts))
  })
  const query = parameters
    .filter((one) => one.in === 'query' && (one.required === true || maker.random() < 0.4))
    .map(({ name, schema }) => `${name}=${encode(asText(maker.value(schema, name)))}`)
  return filled.join('/') + (query.length === 0 ? '' : `?${query.join('&')}`)
}
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
const encode = (text: string): string =>
  encodeURIComponent(text.slice(0, 2000).replaceAll(/\p{Cs}/gu, '\ufffd')) || '-'

async function bodyOf({ method, content }: Operation, maker: Maker): Promise<Call> {
  const [type, body] = maker.pick(
    [...Object.entries(content), ['application/json', { schema: {} }] as const].slice(
      0,
      Math.max(1, Object.keys(content).length),
    ),
  )
  if (method === 'GET') return {}
  if (!type.startsWith('multipart/')) return { method, body: maker.value(body.schema) ?? null }
  const form = maker.random() < 0.5 ? await workbookForm(smallYear) : new FormData()
  if (!form.has('file'))
    form.set('file', new File([maker.pick(hostileTexts)], `${maker.pick(hostileTexts).slice(0, 60)}.xlsx`))
  const { properties = {} } = body.schema as { properties?: Schema }
  for (const [name, schema] of Object.entries(properties))
    if (name !== 'file' && maker.random() < 0.8) form.set(name, asText(maker.value(schema, name)))
  return { method, form }
}

/** What is wrong with an answer; null when nothing is. */
function faultIn({ status, headers, text, json }: Answer): string | null {
  if (status >= 500) return `${status} ${text.slice(0, 200)}`
  const isText = /json|text\//.test(headers.get('content-type') ?? '')
  if (status < 400) return null
  if (!isText || typeof json.code !== 'string' || !(json.code in problemTexts))
    return `${status} is no problem of ours`
  const told = tells.exec(text)
  return told ? `tells “${told[0]}”` : null
}

/**
 * Sends what the OpenAPI document describes, and what it does not, as every role, to a small city: no answer is an error of ours or tells of our inside,
 * and what is refused leaves nothing behind. A seed repeats a run.
 */
export async function fuzz(db: Db, dataDir: string, seed: number, requests: number): Promise<Fuzzed> {
  const test = appOn(db, null, dataDir)
  const assessmentId = await withYear(test)
  await publish(db, assessmentId, { asOf: '2018-02-10' })
  const tables = await tablesOf(db)
  const { schemas, operations } = await operationsOf(test)
  let known = await knownIn(db)
  const maker = makerOf(schemas, seed, () => Object.values(known).flat())
  const byStatus: Record<string, number> = {}
  const faults: string[] = []
  const halfDone: string[] = []
  let before = await stateOf(db, tables)

  for (let count = 0; count < requests; count++) {
    const operation = operations[count % operations.length] as Operation
    if (count % operations.length === 0) {
      // Whoever was disabled, waits for a grant or is to change a password is let in again, so that the rest is tried, too.
      const letIn = { disabledAt: null, awaitsGrantSince: null, mustChangePassword: 0 }
      await db.updateTable('accounts').set(letIn).execute()
      known = await knownIn(db)
      before = await stateOf(db, tables)
    }
    const role = maker.pick(maker.random() < 0.85 ? operation.allowed : ([...roles, 'nobody'] as const))
    const caller = role === 'nobody' ? test.anyone : await test.as(role)
    const address = addressOf(operation, maker, known)
    const call = await bodyOf(operation, maker)
    const read = ['PUT', 'PATCH'].includes(operation.method) ? await caller(address) : null
    const etag = read?.headers.get('etag')
    const answer = await caller(address, { ...call, ...(etag ? { headers: { 'if-match': etag } } : {}) })
    byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1
    const shown = `${operation.method} ${address.slice(0, 200)} as ${role}: ${JSON.stringify(call.body ?? null).slice(0, 400)}`
    const fault = faultIn(answer)
    if (fault !== null) faults.push(`${shown} → ${fault}`)
    if (operation.method === 'GET') continue
    const after = await stateOf(db, tables)
    if (answer.status >= 400 && after !== before)
      halfDone.push(`${shown} → ${answer.status} ${answer.json.code}`)
    before = after
  }
  const { entries, brokenAt } = await verifyAudit(db)
  return {
    requests,
    operations: operations.length,
    byStatus,
    faults,
    halfDone,
    chain: brokenAt === null ? entries : null,
  }
}
