import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { preferredLanguage } from '../../server/http/language.ts'
import { problemDetails, Problem } from '../../server/http/problem.ts'
import { problemTexts, type ProblemCode } from '../../server/http/problems/texts.ts'
import { appOn, openMemory, password, withAccounts, type TestApp } from '../fixtures/app.ts'

let db: Db
let test: TestApp

beforeEach(async () => {
  db = await openMemory()
  test = appOn(db)
  await withAccounts(test)
})
afterEach(() => db.destroy())

const signIn = { username: 'office', password: 'x' }

describe('a refusal', () => {
  it('is a problem in Chinese unless English is preferred', async () => {
    const chinese = await test.anyone('/api/assessments')
    expect(chinese.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(chinese.json).toMatchObject({ status: 401, code: 'unauthenticated', title: '请先登录' })
    const english = await test.anyone('/api/assessments', {
      headers: { 'accept-language': 'en-GB,zh;q=0.5' },
    })
    expect(english.json).toMatchObject({ code: 'unauthenticated', title: 'Sign in first' })
  })

  it('of a body names every place that is wrong', async () => {
    const { status, json } = await test.anyone('/api/auth/sign-in', { body: { username: 5 } })
    expect([status, json.code, json.errors]).toMatchObject([
      400,
      'invalid-request',
      [
        { path: 'username', code: 'invalid-type' },
        { path: 'password', code: 'invalid-type' },
      ],
    ])
  })

  it('of something that is no JSON is no server error', async () => {
    const response = await test.app.request('/api/auth/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"username":',
    })
    expect([response.status, (await response.json()).code]).toEqual([400, 'invalid-request'])
  })

  it('of an unknown address is a problem, too', async () => {
    expect((await test.anyone('/api/nothing')).json.code).toBe('not-found')
    expect((await test.anyone('/nothing')).json.code).toBe('not-found')
  })

  it('of a body that is too large comes before it is read', async () => {
    const { status, json } = await test.anyone('/api/auth/sign-in', {
      body: { ...signIn, more: 'x'.repeat(1_100_000) },
    })
    expect([status, json.code]).toEqual([413, 'too-large'])
  })

  it('with an unexpected cause tells nothing but a number', async () => {
    const office = await test.as('office')
    await db.schema.dropTable('auditEntries').execute()
    const { status, json, text, headers } = await test.anyone('/api/auth/sign-in', {
      body: { ...signIn, password },
    })
    expect([status, json.code, json.requestId]).toEqual([500, 'internal', headers.get('x-request-id')])
    expect(text).not.toMatch(/audit_?entries|sqlite/i)
    expect((await office('/api/units')).status).toBe(200)
  })
})

describe('writing', () => {
  const write = (headers: Record<string, string>) =>
    test.anyone('/api/auth/sign-in', { body: signIn, headers })

  it('is refused to pages of other origins', async () => {
    const host = { host: 'kaohe.example' }
    const foreigners: Record<string, string>[] = [
      { origin: 'http://evil.example' },
      { origin: 'http://kaohe.example:8080' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const foreign of foreigners) {
      const { status, json } = await write({ ...host, ...foreign })
      expect([status, json.code]).toEqual([403, 'origin-mismatch'])
    }
    expect((await write({ ...host, origin: 'https://kaohe.example' })).status).toBe(401)
    expect((await write(host)).status).toBe(401)
  })
})

describe('every answer', () => {
  it('forbids scripts from elsewhere, framing and guessing of types', async () => {
    const { headers } = await test.anyone('/api/health')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('the pages about the API', () => {
  it('are in both languages and without scripts', async () => {
    const chinese = await test.anyone('/api/docs')
    const english = await test.anyone('/api/docs', { headers: { 'accept-language': 'en' } })
    expect(chinese.text).toContain('<html lang="zh-CN">')
    expect(chinese.text).toContain('/api/assessments/{id}/standings')
    expect(english.text).toContain('The ranking')
    expect(chinese.text + english.text).not.toMatch(/<script|https?:\/\/|style=/)
    const asked = await test.anyone('/api/docs?lang=en')
    expect(asked.text).toContain('<html lang="en">')
  })
})

describe('the catalogue of problems', () => {
  const codes = Object.keys(problemTexts) as ProblemCode[]

  it.each(codes)('says %s in both languages', (code) => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { title, detail } = problemDetails(new Problem(code), language)
      expect(title.length).toBeGreaterThan(1)
      expect(detail).not.toMatch(/\{\w+\}/)
      expect(/[一-鿿]/.test(title)).toBe(language === 'zh-CN')
    }
  })
})

describe('the preferred language', () => {
  it.each([
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['fr', 'zh-CN'],
    ['en', 'en'],
    ['fr, en-US;q=0.8, zh;q=0.7', 'en'],
    ['en;q=0.3, zh-TW;q=0.9', 'zh-CN'],
    ['en;q=0', 'zh-CN'],
  ] as const)('of %s is %s', async (header, language) => {
    const app = new Hono().get('/', (c) => c.text(preferredLanguage(c)))
    const answer = await app.request(
      '/',
      header === undefined ? {} : { headers: { 'accept-language': header } },
    )
    expect(await answer.text()).toBe(language)
  })
})
