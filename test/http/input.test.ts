import { expect, it } from 'vitest'
import {
  appOn,
  openMemory,
  password,
  withYear,
  workbookForm,
  type Call,
  type Caller,
} from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'
import { day, smallYear } from '../fixtures/workbooks.ts'

type Schema = { readonly [key: string]: unknown }

it('every string and list that the API takes has a greatest length', async () => {
  const db = await openMemory()
  const { json } = await appOn(db).anyone('/api/openapi.json')
  await db.destroy()
  const { schemas } = json.components as { schemas: Record<string, Schema> }
  const boundless: string[] = []
  const of = (schema: unknown): Schema => {
    const { $ref } = schema as { $ref?: string }
    return $ref === undefined ? (schema as Schema) : of(schemas[$ref.split('/').at(-1) ?? ''])
  }
  const has = (schema: Schema, ...names: string[]) => names.some((name) => name in schema)
  const walk = (given: unknown, at: string, above: readonly Schema[]): void => {
    const schema = of(given)
    if (above.includes(schema)) return
    const below = (inner: unknown, name: string) => walk(inner, `${at}${name}`, [...above, schema])
    for (const each of ['anyOf', 'oneOf', 'allOf'])
      for (const inner of (schema[each] as Schema[] | undefined) ?? []) below(inner, '')
    if (schema.type === 'string' && !has(schema, 'maxLength', 'enum', 'const', 'pattern', 'format'))
      boundless.push(at)
    if (schema.type === 'array') {
      if (!has(schema, 'maxItems')) boundless.push(at)
      if (schema.items) below(schema.items, '[]')
    }
    for (const [name, inner] of Object.entries((schema.properties ?? {}) as Schema)) below(inner, `.${name}`)
    if (schema.propertyNames) below(schema.propertyNames, '.KEY')
    if (typeof schema.additionalProperties === 'object') below(schema.additionalProperties, '.*')
  }
  let bodies = 0
  for (const [path, item] of Object.entries(json.paths as Record<string, Record<string, Schema>>))
    for (const [method, { requestBody, parameters = [] }] of Object.entries(item)) {
      const { content = {} } = (requestBody ?? {}) as { content?: Record<string, { schema: unknown }> }
      for (const { schema } of Object.values(content)) {
        bodies++
        walk(schema, `${method} ${path} `, [])
      }
      for (const { name, schema, ...parameter } of parameters as {
        name: string
        in: string
        schema: unknown
      }[])
        if (parameter.in === 'query') walk(schema, `${method} ${path} ?${name}`, [])
    }
  expect(bodies).toBeGreaterThan(40)
  expect(boundless).toEqual([])
})

eachDatabase('what is no text', (open) => {
  const start = async () => {
    const test = appOn(await open())
    const id = await withYear(test)
    return { test, id, office: await test.as('office') }
  }
  const refused = async (caller: Caller, path: string, call: Call = {}) => {
    const { status, json } = await caller(path, call)
    expect([path, status, json.code]).toEqual([path, 400, 'invalid-request'])
    return json.errors
  }

  it.each([
    ['U+0000', 'a\0b'],
    ['half a pair', 'a\ud800b'],
    ['the other half', '\udc00'],
  ])('%s is refused wherever it is typed, with the place', async (_, text) => {
    const { test, id, office } = await start()
    const signIn = await refused(test.anyone, '/api/auth/sign-in', { body: { username: text, password } })
    expect(signIn).toMatchObject([{ path: 'username', code: 'no-text' }])
    await refused(test.anyone, '/api/auth/sign-in', { body: { username: 'office', password: text } })
    const units = { name: text, kind: 'department' }
    await refused(office, '/api/units', { body: units })
    expect(
      await refused(office, `/api/assessments/${id}/findings/batch?dryRun=1`, { body: { text } }),
    ).toMatchObject([{ path: 'text' }])
    await refused(office, '/api/schemes', { body: { name: '办法', scheme: { parts: [{ [text]: 1 }] } } })
    const form = await workbookForm(smallYear, `工作簿${text}.xlsx`)
    await office(`/api/assessments/${id}/import`, { form })
    const kept = await test.db.selectFrom('imports').select('fileName').execute()
    expect(kept.filter(({ fileName }) => /[\0\p{Cs}]/u.test(fileName))).toEqual([])
  })

  it('in an address is refused without a session and with one, and never an error of ours', async () => {
    const { test, id, office } = await start()
    await refused(office, '/api/search?q=%00')
    await refused(office, '/api/units?q=a%00b')
    await refused(office, `/api/assessments/%00`)
    await refused(office, `/api/assessments/${id}/units/a%00/scorecard`)
    await refused(test.anyone, '/api/calendar/%00.ics')
    for (const half of ['%ED%A0%80', '%FF', '%']) {
      const answer = await office(`/api/assessments/${half}`)
      expect([half, answer.status]).toEqual([half, 404])
      expect((await office(`/api/search?q=${half}`)).status).toBeLessThan(500)
    }
  })

  it('in a workbook is left out, so that what is kept can be read again', async () => {
    const { test, id, office } = await start()
    const form = await workbookForm({
      ...smallYear,
      平时考核台账: [
        ...(smallYear.平时考核台账?.slice(0, 1) ?? []),
        ['市水务局', '专项督查', '链接_x0000_失效_xD800_', day('2017-05-02'), null, null, null, null],
      ],
    })
    const answer = await office(`/api/assessments/${id}/import`, { form })
    expect(answer.status).toBe(200)
    const found = await test.db.selectFrom('findings').select('what').where('what', 'like', '链接%').execute()
    expect(found.map(({ what }) => what)).toContain('链接失效\ufffd')
  })
})

it('a body of JSON is small before anybody is known, and may be nested as deeply as it likes', async () => {
  const db = await openMemory()
  const { anyone } = appOn(db)
  const send = (path: string, text: string) =>
    anyone(path, { raw: text, method: 'POST', headers: { 'content-type': 'application/json' } })
  expect((await send('/api/assessments/x/import', `[${'0,'.repeat(3_000_000)}0]`)).status).toBe(413)
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  for (const path of ['/api/auth/sign-in', '/api/setup']) expect((await send(path, deep)).status).toBe(400)
  await db.destroy()
})
