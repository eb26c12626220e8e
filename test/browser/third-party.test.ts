import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { setUp } from '../fixtures/first-start.ts'
import { smallYear, workbookOf, type Sheets } from '../fixtures/workbooks.ts'
import { startBuilt, type BuiltServer } from './built-server.ts'
import { launch } from './chromium.ts'

const password = 'A password for everybody'
let server: BuiltServer
let browser: Browser
let page: Page
let assessmentId: string

/** A year in which only the third party's marks are missing. */
async function prepare(): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 900 },
    reducedMotion: 'reduce',
  })
  const post = async (path: string, options: object) => {
    const answer = await context.request.post(`${server.url}/api${path}`, {
      headers: { Origin: server.url },
      ...options,
    })
    expect(answer.ok(), `${path} ${await answer.text()}`).toBe(true)
    return (await answer.json()) as Record<string, unknown>
  }
  await setUp(server.setupUrl, password, '云州市')
  await context.request.post(`${server.url}/api/auth/sign-in`, {
    headers: { Origin: server.url },
    data: { username: 'office', password },
  })
  const created = await post('/assessments', {
    data: { name: '2017 年度考核', year: 2017, preset: 'municipal' },
  })
  assessmentId = String(created.id)
  const { 第三方评估: _, ...without } = smallYear
  const book = await workbookOf(without)
  await post(`/assessments/${assessmentId}/import`, {
    multipart: { file: { name: '考核.xlsx', mimeType: 'application/zip', buffer: Buffer.from(book) } },
  })
  page = await context.newPage()
}

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startBuilt(), launch()])
  await prepare()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function chooseFile(sheets: Sheets, name: string): Promise<void> {
  const buffer = Buffer.from(await workbookOf(sheets))
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await page.getByLabel('选择评分文件').setInputFiles({ name, mimeType: kind, buffer })
}
const rowOf = (unit: string) => page.locator('.data-table').getByRole('row').filter({ hasText: unit }).first()

it('a commission, a file out of 120 in odd columns, its composites; a second file replaces it, and what differs is shown', async () => {
  await page.goto(`${server.url}/assessments/${assessmentId}/third-party`)
  await page.getByRole('button', { name: '登记委托' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('评估机构').fill('华清评估中心')
  await dialog.getByLabel('采购编号').fill('YZ-2017-118')
  for (const [label, day] of [
    ['开始日期', '2017-10-01'],
    ['结束日期', '2018-01-31'],
  ] as const) {
    await dialog.getByLabel(label).fill(day)
    await dialog.getByLabel(label).press('Tab')
  }
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.getByText('还没有导入评分').waitFor()

  await chooseFile(
    {
      封面: [['评估报告']],
      汇总: [
        ['2017年第三方评估得分汇总'],
        ['序号', '', '被评估对象', '', '总得分（满分120分）'],
        [1, '', '清河县人民政府', '', 100.2],
        [2, '', '市水务局', '', 102.864],
      ],
    },
    '第一稿.xlsx',
  )
  // A name that is nearly right is asked about, never guessed.
  await page.getByRole('button', { name: '是清河县政府' }).click()
  await rowOf('清河县政府').getByText('83.5 / 100').waitFor()
  await rowOf('市水务局').getByText('85.72 / 100').waitFor()
  await rowOf('清河县政府').getByText('待定 → 90.00').waitFor()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  await page.getByRole('button', { name: /^接受这批评分/ }).click()
  await page.getByText('已写入 2 个单位的评分').waitFor()

  // Other columns, another sheet, the same headers: nothing has to be chosen.
  await chooseFile(
    {
      复核: [
        ['被评估对象', '总得分（满分120分）', '名次'],
        ['市水务局', 96, 2],
        ['清河县人民政府', 100.2, 1],
      ],
    },
    '复核稿.xlsx',
  )
  await page.getByText('已按这家机构上次的列对应关系读取').first().waitFor()
  await rowOf('市水务局').getByText('85.72 → 80.00').waitFor()
  const accept = page.getByRole('button', { name: /^接受这批评分/ })
  await accept.click()
  await page.getByText('请填写替换理由').waitFor()
  await page.getByLabel('替换理由').fill('市水务局复核更正')
  await accept.click()
  await page.getByText('已写入 2 个单位的评分').waitFor()
  await page.getByText('理由：市水务局复核更正').waitFor()

  await page.getByRole('link', { name: /与前一批比较/ }).click()
  await page.getByRole('heading', { name: '新增 0 个、删去 0 个、改动 1 个得分' }).waitFor()
  await rowOf('市水务局').getByText('85.72 → 80').waitFor()
  const file = page.waitForEvent('download')
  await page.getByRole('link', { name: '复核稿.xlsx', exact: true }).click()
  expect((await file).suggestedFilename()).toBe('复核稿.xlsx')

  await page.goto(`${server.url}/assessments/${assessmentId}/ranking`)
  await page.getByText('90.00').first().waitFor()
})
