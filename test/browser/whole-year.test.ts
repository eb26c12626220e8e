import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertAccount } from '../../db/accounts.ts'
import { openDatabase } from '../../db/database.ts'
import { fillDemo } from '../../db/demo.ts'
import { freezeResults } from '../../server/frozen-results.ts'
import { listUnits } from '../../db/units.ts'
import { hashPassword } from '../../server/access/password.ts'
import { openLog } from '../../server/log.ts'
import { startServer, type Running } from '../../server/serve.ts'
import { workbookOf } from '../fixtures/workbooks.ts'
import { launch } from './chromium.ts'

const password = 'a password for the year'
const cheap = { memoryCost: 1024, timeCost: 1, parallelism: 1 }
const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'zhengheng-whole-year-'))
const unit = '市自然资源局'
/** The areas' responsible units by who works for them. */
const verifiers = { agency: '市政府办公室', justice: '市司法局', bigdata: '市大数据局' }

/** The server's clock: days pass because the test says so. */
let today = '2026-11-23'
let server: Running
let browser: Browser
let assessmentId = ''

beforeAll(async () => {
  const databaseUrl = `file:${join(folder, 'zhengheng.db')}`
  const db = await openDatabase(databaseUrl)
  const passwordHash = await hashPassword(password, cheap)
  await fillDemo(db, { freeze: freezeResults, today, passwordHash })
  const units = await listUnits(db)
  await db.transaction().execute(async (trx) => {
    for (const username of ['justice', 'bigdata'] as const) {
      await insertAccount(trx, {
        id: `account-${username}`,
        username,
        name: username,
        role: 'agency',
        unitId: units.find(({ name }) => name === verifiers[username])?.id ?? null,
        passwordHash,
        mustChangePassword: 0,
        disabledAt: null,
        createdAt: `${today}T02:00:00Z`,
      })
    }
  })
  await db.destroy()
  ;[server, browser] = await Promise.all([
    startServer({
      config: { port: 0, host: '127.0.0.1', databaseUrl, dataDir: folder, adminPassword: null },
      log: openLog('silent'),
      clock: () => new Date(`${today}T02:00:00Z`),
      webRoot: join(root, 'dist', 'web'),
    }),
    launch(),
  ])
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Somebody's page at an address of the new year. */
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
  await page.goto(`${server.url}${address.replace(':id', `/assessments/${assessmentId}`)}`)
  await page.locator('h1').first().waitFor()
  return page
}
const marks = (page: Page) => page.locator('input[data-cell="marks"]')
const saved = (page: Page) => page.getByRole('status').filter({ hasText: '已保存' }).waitFor()
const fullMarks = (page: Page) =>
  page
    .locator('tr.leaf td.full')
    .evaluateAll((all) => all.map((cell) => (cell.lastChild?.textContent ?? '').trim()))

async function handIn(window: string, verb: string): Promise<void> {
  const head = await as('head', `:id/self?window=${window}`)
  await head.getByRole('button', { name: verb, exact: true }).click()
  await head.getByRole('dialog').getByRole('button', { name: verb, exact: true }).click()
  await head.getByText(/由责任单位逐项核查/).waitFor()
  await head.context().close()
}

async function acceptEveryArea(window: string): Promise<void> {
  for (const username of Object.keys(verifiers)) {
    const page = await as(username, `:id/verification?window=${window}&mode=unit`)
    await page.getByRole('button', { name: /^全部按自评分通过/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: '通过' }).click()
    await page.getByText(/全部核查完毕/).waitFor()
    await page.context().close()
  }
}

interface Box {
  readonly y: number
  readonly height: number
}

it('a year begins as a copy of the last, in five steps, and opens', async () => {
  today = '2027-01-05'
  const page = await as('office', '/new-year')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('heading', { level: 2 }).first().waitFor()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '保存，下一步' }).click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '开始考核' }).click()
  await page.getByText('考核已开始').waitFor()
  await page.waitForURL(/\/course/)
  assessmentId = /assessments\/([^/]+)\//.exec(page.url())?.[1] ?? ''
  const { year, stage } = await (
    await page.request.get(`${server.url}/api/assessments/${assessmentId}`)
  ).json()
  expect([year, stage]).toEqual([2027, 'open'])
  await page.context().close()
})

it('the first half: filled in with evidence, returned, handed in again, verified by three units', async () => {
  today = '2027-07-08'
  writeFileSync(join(folder, '分工文件.txt'), '政务公开工作分工')
  let editor = await as('editor', ':id/self?window=H1')
  await marks(editor).first().waitFor()
  const fulls = await fullMarks(editor)
  expect(await marks(editor).count()).toBe(fulls.length)
  await marks(editor)
    .first()
    .evaluate((cell, text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, fulls.join('\r\n'))
  await saved(editor)
  await editor
    .getByRole('button', { name: /^佐证材料，/ })
    .first()
    .click()
  const dialog = editor.getByRole('dialog')
  await dialog.locator('input[type="file"]').setInputFiles(join(folder, '分工文件.txt'))
  await dialog.getByText('已上传', { exact: true }).waitFor()
  await dialog.getByRole('button', { name: '关闭', exact: true }).last().click()
  await editor.getByText('材料（1）').first().waitFor()
  await handIn('H1', '报送')

  const verifier = await as('agency', ':id/verification?window=H1&mode=unit')
  await verifier.getByRole('button', { name: '退回' }).click()
  await verifier.getByRole('dialog').getByRole('textbox').fill('分工文件缺少附件')
  await verifier.getByRole('dialog').getByRole('button', { name: '退回' }).click()
  await verifier.getByText('已退回，等待重新报送').first().waitFor()
  await verifier.context().close()

  await editor.context().close()
  today = '2027-07-12'
  editor = await as('editor', ':id/self?window=H1')
  await editor.getByText('分工文件缺少附件').first().waitFor()
  await editor.locator('textarea[data-cell="note"]').first().fill('附件已补')
  await saved(editor)
  await editor.context().close()
  await handIn('H1', '重新报送')

  const again = await as('agency', ':id/verification?window=H1&mode=unit')
  await marks(again).first().fill('2.5')
  await marks(again).first().press('Enter')
  await again.getByText('请写明理由').waitFor()
  await again.keyboard.type('附件不是正式印发的')
  const verified = again.waitForResponse((answer) => answer.request().method() !== 'GET')
  await again.keyboard.press('Enter')
  expect((await verified).ok()).toBe(true)
  await again.context().close()
  await acceptEveryArea('H1')
})

it('the second half: the form filled in away from the network, its differences taken over, handed in, verified', async () => {
  today = '2028-01-10'
  const editor = await as('editor', ':id/self?window=H2')
  await marks(editor).first().waitFor()
  const downloading = editor.waitForEvent('download')
  await editor.getByRole('link', { name: '下载（Excel）' }).click()
  const form = join(folder, '下半年自评表.xlsx')
  await (await downloading).saveAs(form)
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(form)
  const sheet = book.worksheets[0] as ExcelJS.Worksheet
  const head = (sheet.getRow(1).values as unknown[]).map(String)
  const [key, full, claimed] = ['指标编号', '满分', '自评分'].map((name) => head.indexOf(name)) as [
    number,
    number,
    number,
  ]
  let filled = 0
  sheet.eachRow((row, number) => {
    if (number === 1 || !/^\d/.test(String(row.getCell(key).value ?? ''))) return
    row.getCell(claimed).value = row.getCell(full).value
    filled++
  })
  await book.xlsx.writeFile(form)
  await editor.getByRole('button', { name: '上传（Excel）' }).click()
  const dialog = editor.getByRole('dialog')
  await dialog.locator('input[type="file"]').setInputFiles(form)
  await dialog.getByText(`有 ${filled} 项不同`, { exact: false }).waitFor()
  // The head of the table hides none of its rows.
  const boxes = await Promise.all(
    ['th', 'tbody tr'].map((part) => dialog.locator(`table ${part}`).first().boundingBox()),
  )
  const [header, firstRow] = boxes.map((box) => box ?? { y: Number.NaN, height: Number.NaN }) as [Box, Box]
  expect(header.y + header.height).toBeLessThanOrEqual(firstRow.y + 1)
  await dialog.getByRole('button', { name: new RegExp(`${filled}`) }).click()
  await dialog.waitFor({ state: 'hidden' })
  await editor.context().close()
  await handIn('H2', '报送')
  await acceptEveryArea('H2')
})

it('the third party’s file brings the composite, the same as the command line gives from the exported workbook', async () => {
  today = '2028-01-25'
  const agency = await as('agency', ':id/record')
  const { items } = await (await agency.request.get(`${server.url}/api/units?size=500`)).json()
  const unitId = items.find(({ name }: { name: string }) => name === unit).id
  const recorded = await agency.request.post(`${server.url}/api/assessments/${assessmentId}/findings`, {
    headers: { Origin: server.url },
    data: { kind: '举报查实', unitId, what: '依申请公开答复逾期', notifiedOn: '2028-01-20', reason: '补登' },
  })
  expect(recorded.status(), await recorded.text()).toBe(201)
  await agency.context().close()

  const office = await as('office', ':id/third-party')
  await office.getByRole('button', { name: '登记委托' }).click()
  const dialog = office.getByRole('dialog')
  await dialog.getByLabel('评估机构').fill('华清评估中心')
  for (const [label, day] of [
    ['开始日期', '2027-10-01'],
    ['结束日期', '2028-01-31'],
  ] as const) {
    await dialog.getByLabel(label).fill(day)
    await dialog.getByLabel(label).press('Tab')
  }
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'hidden' })
  const file = await workbookOf({
    汇总: [
      ['被评估单位', '总得分（满分120分）'],
      [unit, 100.2],
    ],
  })
  await office.getByLabel('选择评分文件').setInputFiles({
    name: '评估得分.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(file),
  })
  await office.getByRole('button', { name: /^接受这批评分/ }).click()
  await office.getByText('已写入 1 个单位的评分').waitFor()

  const at = `${server.url}/api/assessments/${assessmentId}`
  const asOf = today
  const { standings } = await (await office.request.get(`${at}/standings?asOf=${asOf}`)).json()
  const own = standings.find((row: { unit: string }) => row.unit === unit)
  // 98.5 × 30 % + (99.5 + 100) ÷ 2 × 40 % + 83.5 × 30 %
  expect([own.components, own.composite, own.grade, own.rank]).toEqual([
    { 平时考核: '98.50', 自我考核: '99.75', 第三方评估: '83.50' },
    '94.50',
    '优秀',
    1,
  ])
  await office.goto(`${server.url}/assessments/${assessmentId}/units/${unitId}?asOf=${asOf}`)
  await office.getByText('94.50').first().waitFor()

  const book = join(folder, '导出.xlsx')
  writeFileSync(book, await (await office.request.get(`${at}/export.xlsx`)).body())
  const told = JSON.parse(
    execFileSync(
      process.execPath,
      ['--import', 'tsx', 'server/cli/score.ts', book, '--as-of', asOf, '--json'],
      { cwd: root, encoding: 'utf8' },
    ),
  )
  const scored = standings.map(
    ({ unit, group, rank, composite, grade, components, pending }: Record<string, unknown>) => ({
      unit,
      group,
      rank,
      composite,
      grade,
      components,
      pending,
    }),
  )
  expect(told.standings).toEqual(scored)
  await office.context().close()
})
