import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { fillDemo } from '../../db/demo.ts'
import { freezeResults } from '../../server/frozen-results.ts'
import { hashPassword } from '../../server/access/password.ts'
import { openLog } from '../../server/log.ts'
import { startServer, type Running } from '../../server/serve.ts'
import { launch } from './chromium.ts'

const password = 'a password for the case'
const cheap = { memoryCost: 1024, timeCost: 1, parallelism: 1 }
const folder = mkdtempSync(join(tmpdir(), 'zhengheng-case-'))
const what = '惠企政策汇编附件打不开，首页轮播图仍挂着旧版'
const unit = '市自然资源局'

/** The server's clock: days pass because the test says so. */
let today = '2026-11-23'
let server: Running
let browser: Browser
let assessmentId: string

beforeAll(async () => {
  const databaseUrl = `file:${join(folder, 'zhengheng.db')}`
  const db = await openDatabase(databaseUrl)
  await fillDemo(db, { freeze: freezeResults, today, passwordHash: await hashPassword(password, cheap) })
  await db.destroy()
  ;[server, browser] = await Promise.all([
    startServer({
      config: { port: 0, host: '127.0.0.1', databaseUrl, dataDir: folder, adminPassword: null },
      log: openLog('silent'),
      clock: () => new Date(`${today}T02:00:00Z`),
      webRoot: join(import.meta.dirname, '..', '..', 'dist', 'web'),
    }),
    launch(),
  ])
  writeFileSync(join(folder, '整改说明.txt'), '附件已重新上传，轮播图已换为新版。')
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function as(username: string, address: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 900 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  })
  const signIn = await context.request.post(`${server.url}/api/auth/sign-in`, {
    data: { username, password },
    headers: { Origin: server.url },
  })
  expect(signIn.status()).toBe(200)
  const page = await context.newPage()
  const list = await (await page.request.get(`${server.url}/api/assessments`)).json()
  assessmentId = list.items[0].id
  await page.goto(`${server.url}${address.replace(':id', `/assessments/${assessmentId}`)}`)
  await page.locator('h1').first().waitFor()
  return page
}

/** Writes why, and takes the step of the open form. */
async function takeStep(page: Page, label: string, reason: string, verb: string): Promise<void> {
  const form = page.getByRole('form', { name: verb })
  await form.getByLabel(label).fill(reason)
  await form.getByRole('button', { name: verb }).click()
  await form.waitFor({ state: 'detached' })
}

/** The routine score of the unit as it stood on a day. */
async function scoreOn(page: Page, day: string): Promise<number> {
  const { items } = await (await page.request.get(`${server.url}/api/units?size=500`)).json()
  const { id } = items.find((one: { name: string }) => one.name === unit)
  const address = `${server.url}/api/assessments/${assessmentId}/units/${id}/scorecard?asOf=${day}`
  const { scorecard } = await (await page.request.get(address)).json()
  return Number(scorecard.components[0].score)
}

it('a case from record to revocation, each step by the person whose step it is', async () => {
  let page = await as('agency', ':id/record')
  await page.getByRole('combobox', { name: '类别' }).press('Enter')
  await page.getByRole('option', { name: '调度和网上检查' }).click()
  const units = page.getByRole('main').getByRole('combobox', { name: '单位' })
  await units.pressSequentially('szrzyj')
  await page.getByRole('option', { name: unit }).click()
  await page.keyboard.press('Escape')
  await page.getByLabel('事由').fill(what)
  const deadline = page.getByRole('textbox', { name: '整改期限' })
  await deadline.fill('2026-11-25')
  await deadline.press('Tab')
  await page.getByLabel('期限与类别规定不同的理由').fill('上级要求两个工作日内更正')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  const number =
    (await page
      .getByText('刚刚登记的')
      .locator('xpath=ancestor::section')
      .getByRole('link')
      .first()
      .textContent()) ?? ''
  expect(number).toMatch(/^2026-\d+$/)
  const whole = new RegExp(`${number}(?!\\d)`)
  await page.context().close()

  today = '2026-11-24'
  page = await as('editor', ':id/deductions')
  const row = page.locator('li').filter({ hasText: whole }).first()
  expect(await row.textContent()).toContain('剩 1 个工作日')
  expect(await row.textContent()).toContain('(−0.45)')
  await row.getByRole('link', { name: `报送整改 ${number}`, exact: true }).click()
  await page.locator('aside input[type="file"]').setInputFiles(join(folder, '整改说明.txt'))
  await page.getByText('已上传', { exact: true }).waitFor()
  await takeStep(page, '整改情况', '附件已重新上传。', '审定并报送')
  // Withdrawn, it is there to be changed: text and file.
  await page.getByRole('button', { name: '撤回整改…' }).click()
  await page.getByRole('form').getByRole('button', { name: '撤回', exact: true }).click()
  await page.getByText('以下是 2026-11-24 报送、后来撤回的内容，可以修改后重新报送。').waitFor()
  expect(await page.getByLabel('整改情况').inputValue()).toBe('附件已重新上传。')
  await page.getByRole('group', { name: '佐证材料' }).getByText('整改说明.txt').first().waitFor()
  await takeStep(page, '整改情况', '附件已重新上传，旧图已撤下。', '审定并报送')
  expect(await page.locator('aside').getByText('整改说明.txt').count()).toBeGreaterThan(1)
  await page.context().close()

  today = '2026-11-25'
  page = await as('agency', '/inbox')
  await page.getByRole('link', { name: new RegExp(`去核查：${number} ${unit}`) }).click()
  await page.getByRole('button', { name: '退回…' }).click()
  await takeStep(page, '退回理由', '轮播图仍是旧版。', '核查退回')
  await page.context().close()

  today = '2026-11-26'
  page = await as('head', ':id/deductions')
  const lost = page.locator('li').filter({ hasText: whole }).first()
  expect(await lost.textContent()).toContain('2026-11-26 起扣分')
  expect(await lost.textContent()).toContain('−0.45')
  await page.context().close()

  today = '2026-11-27'
  page = await as('head', ':id/deductions')
  await page.getByRole('link', { name: `提出申诉 ${number}`, exact: true }).click()
  await takeStep(page, '申诉理由', '轮播图 11 月 24 日已换，核查看到的是缓存。', '提出申诉')
  await page.context().close()

  today = '2026-11-30'
  page = await as('office', ':id/appeals')
  await page.getByRole('link', { name: `查看 ${unit} ${number} 的申诉` }).click()
  await page.getByRole('button', { name: '撤销…' }).click()
  await takeStep(page, '裁定理由', '后台记录证明 24 日已更正。', '裁定撤销')

  const steps = await page.locator('aside ol.course > li').evaluateAll((items) =>
    items.map((item) => {
      const textOf = (selector: string) => item.querySelector(selector)?.textContent?.trim() ?? ''
      return [textOf('.day'), textOf('.words b'), textOf('.points')].join(' ').trim()
    }),
  )
  expect(steps).toEqual([
    '2026-11-23 发现',
    '2026-11-23 通知',
    '2026-11-24 报送整改',
    '2026-11-24 撤回整改',
    '2026-11-24 报送整改',
    '2026-11-25 核查退回',
    '2026-11-26 逾期未整改，扣分 −1.50',
    '2026-11-27 申诉',
    '2026-11-30 申诉裁定：撤销 +1.50',
  ])
  await page.locator('aside').getByRole('link', { name: '整改说明.txt' }).first().waitFor()

  const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30']
  const scores = []
  for (const day of days) scores.push(await scoreOn(page, day))
  const before = scores[0] as number
  expect(scores.map((score) => score - before)).toEqual([0, 0, 0, -1.5, -1.5, 0])

  await page.goto(
    `${server.url}/assessments/${assessmentId}/ledger?finding=${new URL(page.url()).searchParams.get('finding')}&asOf=2026-11-26`,
  )
  const figures = page.locator('aside dl').first()
  await figures.waitFor()
  expect(await figures.textContent()).toContain('−1.50')
  expect(await page.locator('aside ol.course').textContent()).not.toContain('申诉裁定')
  await page.context().close()
})

it('many problems are pasted, told row by row before any is written, and written together', async () => {
  today = '2026-12-01'
  const page = await as('agency', ':id/record')
  await page.getByText('批量登记').click()
  const rowsOf = (second: string) =>
    [unit, second].map((name) => `${name}\t调度和网上检查\t"办事指南未更新\t2026-12-01`).join('\n')
  const rows = page.getByRole('main').locator('table tbody tr')
  await page.locator('textarea').fill(rowsOf('没有这个局'))
  await page.getByRole('button', { name: '检查', exact: true }).click()
  await page.getByText('待改正 1 处').waitFor()
  expect(await rows.first().textContent()).toContain('"办事指南未更新')
  expect(await page.getByRole('button', { name: /^确认登记/ }).count()).toBe(0)
  // What was told goes with what it was told of.
  await page.locator('textarea').fill(rowsOf('市水利局'))
  expect(await rows.count()).toBe(0)
  await page.getByRole('button', { name: '检查', exact: true }).click()
  await page.getByRole('button', { name: '确认登记 2 条' }).click()
  await page.getByText('已登记 2 条。').first().waitFor()
  expect(await page.locator('textarea').inputValue()).toBe('')
  await page.context().close()
})

it('a table with its own headings, a short name, a day without its year and a 合计 row is settled where it is, recorded, and undone', async () => {
  today = '2026-12-02'
  const page = await as('agency', ':id/record?way=many')
  const main = page.getByRole('main')
  const paste = (lines: readonly string[]) => page.locator('textarea').fill(lines.join('\n'))
  const check = () => page.getByRole('button', { name: '检查', exact: true }).click()
  const table = [
    '2026 年 12 月网上检查情况汇总',
    '序号\t责任单位\t问题类型\t存在问题\t通报日期',
    '1\t水利局\t调度和网上检查\t在线咨询无人答复\t12月2日',
    '2\t市民政局\t调度和网上检查\t救助标准没有公开\t2026.12.2',
    '合计\t\t2\t\t',
  ]
  await paste(table)
  await check()
  await main.getByText('第 2 行是表头。', { exact: false }).waitFor()
  await main.getByText('不导入 1 行', { exact: true }).waitFor()
  await page.getByRole('button', { name: '改为 市水利局' }).click()
  await page.getByRole('button', { name: '改为 2026-12-02' }).click()
  await page.getByRole('button', { name: '确认登记 2 条' }).waitFor()
  await main.getByText('原文“水利局”。', { exact: false }).waitFor()
  await page.getByRole('button', { name: '确认登记 2 条' }).click()
  await main.locator('.numbers li').nth(1).waitFor()
  expect(await main.locator('.numbers').textContent()).toContain('市水利局')
  await page.getByRole('button', { name: '撤销这次登记' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤销这次登记' }).click()
  await main.getByText('已冲销 2 条。').waitFor()
  // What the short name means is known the next time, without being asked.
  await paste(
    table.filter((line) => !line.includes('市民政局')).map((line) => line.replace('12月2日', '2026-12-02')),
  )
  await check()
  await page.getByRole('button', { name: '确认登记 1 条' }).waitFor()
  await page.context().close()
})
