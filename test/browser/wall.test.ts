import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import { canonicalJson } from '#assessment/canonical-json'
import { publicationBody } from '#assessment/publication/publication'
import { openDatabase } from '../../db/database.ts'
import { type Db } from '../../db/source.ts'
import { fillDemo } from '../../db/demo.ts'
import { freezeResults } from '../../server/frozen-results.ts'
import { loadFacts } from '../../db/facts.ts'
import { loadCalendar } from '../../db/holidays.ts'
import { newId } from '../../db/ids.ts'
import { insertPublication, insertPublicationStep } from '../../db/publications.ts'
import { findScheme } from '../../db/schemes.ts'
import { hashPassword } from '../../server/access/password.ts'
import { openLog } from '../../server/log.ts'
import { startServer, type Running } from '../../server/serve.ts'
import { launch } from './chromium.ts'

const password = 'a password for the wall'
const cheap = { memoryCost: 1024, timeCost: 1, parallelism: 1 }
const folder = mkdtempSync(join(tmpdir(), 'zhengheng-wall-'))
/** The server's clock. */
let now = new Date('2026-11-23T02:00:00Z')
let server: Running
let browser: Browser
/** The last complete year, and the current one, of which nothing is published. */
let published = ''
let current = ''

/** Freezes a year as it stood in spring, prepared by the office and approved by the leader. */
async function publish(db: Db, id: string, year: number): Promise<void> {
  const { schemeId, name } = await db
    .selectFrom('assessments')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const scheme = (await findScheme(db, schemeId))?.scheme
  if (!scheme) throw new Error('no scheme')
  const person = async (username: string) =>
    (await db.selectFrom('accounts').select('id').where('username', '=', username).executeTakeFirstOrThrow())
      .id
  const asOf = `${year + 1}-02-26`
  const assessed = assess(scheme, await loadFacts(db, id), asOf, await loadCalendar(db))
  const body = canonicalJson(
    publicationBody({ id, name, year, unit: '澜江市' }, scheme, 'f'.repeat(64), assessed),
  )
  const [office, leader] = [await person('office'), await person('leader')]
  const about = { id: newId(), preparedAt: `${asOf}T02:00:00.000Z` }
  await db.transaction().execute(async (trx) => {
    await insertPublication(trx, {
      ...about,
      assessmentId: id,
      number: 1,
      asOf,
      body,
      sha256: createHash('sha256').update(body).digest('hex'),
      digests: '{}',
      supersedes: null,
      reason: null,
      preparedBy: office,
    })
    await insertPublicationStep(trx, {
      id: newId(),
      publicationId: about.id,
      type: 'approved',
      reason: null,
      recordedBy: leader,
      recordedAt: about.preparedAt,
    })
  })
}

beforeAll(async () => {
  const databaseUrl = `file:${join(folder, 'zhengheng.db')}`
  const db = await openDatabase(databaseUrl)
  await fillDemo(db, {
    freeze: freezeResults,
    today: '2026-11-23',
    passwordHash: await hashPassword(password, cheap),
  })
  const years = await db.selectFrom('assessments').select(['id', 'year']).orderBy('year').execute()
  for (const { id, year } of years.slice(0, 2)) {
    if (
      (await db.selectFrom('publications').select('id').where('assessmentId', '=', id).execute()).length === 0
    )
      await publish(db, id, year)
  }
  published = years[1]?.id ?? ''
  current = years[2]?.id ?? ''
  await db.destroy()
  ;[server, browser] = await Promise.all([
    startServer({
      config: { port: 0, host: '127.0.0.1', databaseUrl, dataDir: folder, adminPassword: null },
      log: openLog('silent'),
      clock: () => now,
      webRoot: join(import.meta.dirname, '..', '..', 'dist', 'web'),
    }),
    launch(),
  ])
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A link as the leader makes it on the page; the address as shown. */
async function newLink(assessmentId: string, name: string): Promise<{ page: Page; address: string }> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, locale: 'zh-CN' })
  const signIn = await context.request.post(`${server.url}/api/auth/sign-in`, {
    data: { username: 'leader', password },
    headers: { Origin: server.url },
  })
  expect(signIn.status()).toBe(200)
  const page = await context.newPage()
  await page.goto(`${server.url}/assessments/${assessmentId}/wall-links`)
  await page.getByLabel('名称').fill(name)
  await page.getByRole('button', { name: '生成链接' }).click()
  const address = await page.getByLabel('大屏网址').inputValue()
  expect(address).toMatch(/\/wall\/[\w-]{43}$/)
  return { page, address }
}

/** A wall: another browser, without a session, whose clock the test moves. */
async function openWall(
  address: string,
  width = 1920,
  height = 1080,
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN' })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('request', (request) => {
    const { protocol, origin, pathname } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== server.url) faults.push(`asked ${request.url()}`)
    if (pathname.startsWith('/api/') && !pathname.startsWith('/api/wall/')) faults.push(`asked ${pathname}`)
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.clock.install({ time: now })
  await page.goto(address)
  await page.locator('h1').waitFor()
  return { page, faults }
}

/** What sticks out of the stage, or is cut off inside it. */
const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const stage = document.querySelector('.stage')
    if (!stage) return ['no stage']
    const room = stage.getBoundingClientRect()
    const out = [...stage.querySelectorAll('p, h1, h2, b, span, th, td, text, li, button')].filter((one) => {
      const box = one.getBoundingClientRect()
      const sticksOut =
        box.left < room.left - 1 ||
        box.top < room.top - 1 ||
        box.right > room.right + 1 ||
        box.bottom > room.bottom + 1
      return sticksOut && box.width > 0
    })
    const wide = document.documentElement.scrollWidth > window.innerWidth ? ['the page scrolls sideways'] : []
    return [...wide, ...out.map((one) => one.outerHTML.slice(0, 120))]
  })

it('opens by its link without a session, turns by itself, obeys the keyboard, and fits its screen', async () => {
  const { address, page: leader } = await newLink(published, '一楼大厅')
  const { page, faults } = await openWall(address)
  const scene = page.locator('.stage .scene')
  await scene.waitFor()
  const seen = [await scene.textContent()]
  expect(await page.locator('.stage svg.chart').getAttribute('aria-label')).toContain('100')
  expect(await overflowing(page)).toEqual([])

  const scenes = await page.locator('.stage .segment').count()
  for (let step = 1; step < scenes; step++) {
    await page.clock.runFor(20_000)
    seen.push(await scene.textContent())
    expect(await overflowing(page)).toEqual([])
  }
  expect(new Set(seen).size).toBe(scenes)
  expect(seen.slice(-3)).toEqual(['等次', '升降与均分', '扣分问题'])
  await page.clock.runFor(20_000)
  expect(await scene.textContent()).toBe(seen[0])

  await page.keyboard.press('ArrowLeft')
  expect(await scene.textContent()).toBe('扣分问题')
  await page.keyboard.press(' ')
  await page.clock.runFor(60_000)
  expect(await scene.textContent()).toBe('扣分问题')
  await page.keyboard.press('ArrowRight')
  expect(await scene.textContent()).toBe(seen[0])
  await page.keyboard.press(' ')
  await page.clock.runFor(20_000)
  expect(await scene.textContent()).toBe(seen[1])
  expect(faults).toEqual([])
  await page.context().close()
  await leader.context().close()
})

it('is as large as the screen lets it be, and a plain list on a phone', async () => {
  const { address, page: leader } = await newLink(published, '值班室')
  const small = await openWall(address, 1366, 768)
  expect(await overflowing(small.page)).toEqual([])
  await small.page.context().close()
  const phone = await openWall(address, 390, 800)
  expect(await phone.page.locator('.stage').count()).toBe(0)
  expect(await phone.page.locator('main .list tbody tr').count()).toBeGreaterThan(40)
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await phone.page.context().close()
  await leader.context().close()
})

it('waits where nothing is published, and shows nothing more once it is revoked', async () => {
  const { address, page: leader } = await newLink(current, '会议室')
  const { page } = await openWall(address)
  expect(await page.locator('h1').textContent()).toBe('结果尚未发布')
  await leader.getByRole('button', { name: '停用 会议室' }).click()
  await leader.getByText('“会议室”已停用').waitFor()
  await page.clock.runFor(61_000)
  await page.getByRole('heading', { name: '链接无效' }).waitFor()
  await page.context().close()
  await leader.context().close()
})

it('says so when its link expires, and forgets what it showed', async () => {
  const { address, page: leader } = await newLink(published, '临时')
  const { page } = await openWall(address)
  await page.locator('.stage').waitFor()
  const began = now
  now = new Date(began.getTime() + 24 * 3_600_000 + 1000)
  await page.clock.fastForward(24 * 3_600_000 + 2000)
  await page.getByRole('heading', { name: '链接已经到期' }).waitFor()
  expect(await page.locator('body').textContent()).not.toContain('综合成绩')
  await page.reload()
  await page.getByRole('heading', { name: '链接无效' }).waitFor()
  now = began
  await page.context().close()
  await leader.context().close()
})

it('prints on white A4 pages that lie', async () => {
  const { address, page: leader } = await newLink(published, '打印')
  const { page } = await openWall(address)
  await page.locator('.stage').waitFor()
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  const sizes = new Set([...pdf.matchAll(/\/MediaBox \[([^\]]*)\]/g)].map(([, box]) => box))
  const [width = 0, height = 0] = String([...sizes][0])
    .split(' ')
    .slice(2)
    .map(Number)
  expect([sizes.size, Math.round(width), Math.round(height)]).toEqual([1, 842, 595])
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.sheet').count()).toBeGreaterThan(3)
  expect(await page.locator('.screen').isVisible()).toBe(false)
  const white = await page
    .locator('.sheet .wall-scene')
    .first()
    .evaluate((sheet) => getComputedStyle(sheet).backgroundColor)
  expect(white).toBe('rgb(255, 255, 255)')
  await page.context().close()
  await leader.context().close()
})
