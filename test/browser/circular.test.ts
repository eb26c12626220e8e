import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { fillDemo } from '../../db/demo.ts'
import { freezeResults } from '../../server/frozen-results.ts'
import { composeLetter } from '../../server/exchange/circular/letter.ts'
import { writeDocx } from '../../server/exchange/circular/to-docx.ts'
import { hashPassword } from '../../server/access/password.ts'
import { cheapCost } from '../fixtures/app.ts'
import { docxPart, textsOfDocx, unzipped } from '../fixtures/documents.ts'
import { bodyOfYear, withProblems, withPublication } from '../fixtures/publication.ts'
import { demoPassword, startBuilt, type BuiltServer } from './built-server.ts'
import { launch } from './chromium.ts'
import { pagesOf } from './libreoffice.ts'

let server: BuiltServer
let browser: Browser
let page: Page
let yearId: string

beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhengheng-test-'))
  const db = await openDatabase(`file:${dataDir}/zhengheng.db`)
  await fillDemo(db, {
    freeze: freezeResults,
    today: '2018-03-10',
    passwordHash: await hashPassword(demoPassword, cheapCost),
  })
  const year = await db
    .selectFrom('assessments')
    .select('id')
    .where('stage', '=', 'published')
    .executeTakeFirstOrThrow()
  yearId = year.id
  // Its people set their passwords in 2018; they are of today.
  await db.updateTable('accounts').set({ passwordSetAt: new Date().toISOString() }).execute()
  await withPublication(db, yearId, { approved: true, asOf: '2018-03-10' })
  await db.destroy()
  ;[server, browser] = await Promise.all([startBuilt({}, dataDir), launch()])
  const context = await browser.newContext({ acceptDownloads: true, viewport: { width: 1366, height: 900 } })
  await context.request.post(`${server.url}/api/auth/sign-in`, {
    data: { username: 'office', password: demoPassword },
    headers: { Origin: server.url },
  })
  page = await context.newPage()
  await page.goto(`${server.url}/assessments/${yearId}/circular?edit=1`)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const downloaded = async (press: () => Promise<void>): Promise<string> => {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  const path = join(tmpdir(), `zhengheng-${process.pid}-${Date.now()}.docx`)
  await download.saveAs(path)
  return path
}

it('the office words the circular, sees it on paper as typed, is told of a misspelled field, and saves', async () => {
  const body = page.locator('#circular-body')
  const sheet = page.locator('.paper')
  await body.fill('优秀{{单位树:优秀}}个。')
  await page.getByText('没有名为“单位树”的字段，是不是“单位数”？').waitFor()
  expect(await page.getByRole('button', { name: '保存文字' }).isDisabled()).toBe(true)
  const long = '各单位应当按照规定公开信息并且及时更新有关内容'.repeat(60)
  await body.fill(`共{{单位数}}个单位。\n${long}`)
  await sheet.getByText(/^共\d+个单位。$/).waitFor()
  await page.getByRole('button', { name: '保存文字' }).click()
  await page.getByText('已保存。').waitFor()
})

it('the file opens in LibreOffice: a full page has 22 lines of 28 characters, and says what the paper on screen says', async () => {
  const path = await downloaded(() => page.getByRole('link', { name: '下载 .docx' }).click())
  const shown = await page.locator('.paper p, .paper th, .paper td').allTextContents()
  expect(textsOfDocx(await docxPart(readFileSync(path)))).toEqual(shown)
  const pages = await pagesOf(path)
  const [number = '', ...lines] = [...(pages[1] ?? [])].reverse()
  expect(number.replaceAll(' ', '')).toBe('—2—')
  expect(lines).toHaveLength(22)
  expect(new Set(lines.map((line) => [...line].length))).toEqual(new Set([28]))
})

it('every unit’s letter comes in one zip', async () => {
  const path = await downloaded(() => page.getByRole('button', { name: /下载全部 \d+ 份/ }).click())
  const letters = await unzipped(readFileSync(path))
  const told = await page.getByText(/已生成 \d+ 份反馈函/).textContent()
  expect(told).toContain(` ${letters.size} `)
  expect(letters.size).toBeGreaterThan(40)
})

it('the longest letter has two pages, and its signature does not stand alone', async () => {
  const body = await bodyOfYear('year-2017')
  const [card] = body.scorecards
  if (!card) throw new Error('no scorecard')
  const letter = composeLetter(body, withProblems(card, 60), {
    issuer: '云州市人民政府办公室',
    issuedOn: '2018-02-26',
  })
  const path = join(tmpdir(), `zhengheng-letter-${process.pid}.docx`)
  writeFileSync(path, await writeDocx(letter, 'plain', { title: '反馈函', creator: '政衡' }))
  const pages = await pagesOf(path)
  expect(pages).toHaveLength(2)
  expect(pages[1]?.length).toBeGreaterThan(4)
})
