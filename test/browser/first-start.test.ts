import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readYear, yearWorkbook } from '../fixtures/year.ts'
import { startBuilt, type BuiltServer } from './built-server.ts'
import { launch } from './chromium.ts'

const year = readYear('year-2017')
const folder = mkdtempSync(join(tmpdir(), 'zhengheng-year-'))
const file = join(folder, '2017年度考核.xlsx')
let server: BuiltServer
let browser: Browser
let page: Page
/** The leader's slip, until its owner uses it. */
let leaderSlip = ''

beforeAll(async () => {
  writeFileSync(file, await yearWorkbook(year))
  ;[server, browser] = await Promise.all([startBuilt(), launch()])
  page = await browser.newPage({ viewport: { width: 1366, height: 900 }, locale: 'zh-CN' })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The rows of the ranking table: rank, unit, composite and grade as people read them. */
const readRanking = () =>
  page.locator('table tbody tr').evaluateAll((rows) =>
    rows.flatMap((row) => {
      const cells = [...row.querySelectorAll('th, td')].map((cell) =>
        (cell.textContent ?? '').replace(/\s+/g, ''),
      )
      return /^\d+\.\d\d$/.test(cells[2] ?? '') ? [cells.slice(0, 4)] : []
    }),
  )

async function signInWith(username: string, slip: string): Promise<void> {
  await page.getByLabel('用户名').fill(username)
  await page.locator('input[type="password"]').fill(slip)
  await page.locator('input[type="password"]').press('Enter')
}
async function changePassword(slip: string): Promise<void> {
  await page.locator('input[name="current"]').fill(slip)
  for (const field of ['next', 'repeat'])
    await page.locator(`input[name="${field}"]`).fill('Long enough for one 1')
  await page.getByRole('button', { name: '修改密码' }).click()
}

it('from the printed address to a ranking: set up, import a year, read it', async () => {
  await page.goto(server.setupUrl as string)
  await page.locator('input[name="city"]').fill('澜江市')
  const accounts = [
    ['office', '陈静'],
    ['leader', '顾明川'],
  ] as const
  for (const [index, [username, name]] of accounts.entries()) {
    await page.getByLabel('用户名').nth(index).fill(username)
    await page.getByLabel('姓名').nth(index).fill(name)
  }
  await page.getByRole('button', { name: '建立账号' }).click()
  const slips = page.locator('.slip')
  await slips.first().waitFor()
  expect(await slips.locator('.whose strong').allTextContents()).toEqual([
    '系统管理员',
    '安全管理员',
    '审计管理员',
    '陈静',
    '顾明川',
  ])
  const slip = (await slips.filter({ hasText: '陈静' }).locator('.password').textContent()) ?? ''
  leaderSlip = (await slips.filter({ hasText: '顾明川' }).locator('.password').textContent()) ?? ''
  await page.getByRole('button', { name: '已交付，去登录' }).click()

  await signInWith('office', slip)
  // The slip lets its owner in to choose a password, and says who granted the account.
  await page.getByText(/安全管理员授予了这个账号的角色/).waitFor()
  await changePassword(slip)
  await page.getByRole('button', { name: '知道了' }).click()

  await page.locator('input[type="file"]').setInputFiles(file)
  const form = page.locator('form').filter({ hasText: '已选择' })
  expect(await form.getByLabel('考核年度').inputValue()).toBe('2017')
  await form.getByRole('button', { name: '建立考核并检查工作簿' }).click()
  await page.getByRole('button', { name: /写入 678 / }).click()
  await page.getByRole('button', { name: '查看排名' }).click()

  for (const group of new Set(year.standings.map((standing) => standing.group))) {
    await page.getByRole('navigation', { name: '考核分组' }).getByRole('link', { name: group }).click()
    await page
      .locator('table tbody')
      .getByText(year.standings.find((one) => one.group === group)?.unit as string)
      .waitFor()
    const expected = year.standings
      .filter((standing) => standing.group === group)
      .map(({ rank, unit, composite, grade }) => [String(rank), unit, composite, grade])
    expect(await readRanking()).toEqual(expected)
  }
})

it('a row opens the scorecard with its arithmetic, and every term leads to its facts', async () => {
  const { unit, composite, grade, components } = year.standings.at(-1) as (typeof year.standings)[number]
  await page.locator('table tbody').getByText(unit).click()
  await page.getByRole('heading', { level: 1, name: unit }).waitFor()
  const equation = page.getByText(/^0\.30 × .* \+ 0\.40 × .* \+ 0\.30 × .* = /).first()
  expect(await equation.textContent()).toContain(`= ${composite} → ${grade}`)
  for (const score of Object.values(components)) expect(await equation.textContent()).toContain(score)
  await page.getByRole('button', { name: /^\d+ 个扣分问题$/ }).click()
  await page
    .getByText(/^2017-\d+$/)
    .first()
    .waitFor()
})

it('and the year is published by the two of them, what no agency reviews being closed in one step', async () => {
  const menu = page.getByRole('navigation', { name: '主导航' })
  const toPublication = () => menu.getByRole('link', { name: '发布', exact: true }).click()
  await toPublication()
  await page.getByRole('button', { name: '一次办结 24 项…' }).click()
  let dialog = page.getByRole('dialog')
  await dialog.getByText('不再核查，维持不扣分').click()
  await dialog.getByLabel('核查意见').fill('提供单位还没有账号，原件已经归档')
  await dialog.getByRole('button', { name: /^核查 \d+ 个$/ }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('main').getByRole('link', { name: '日程', exact: true }).click()
  await page.getByRole('button', { name: '开始汇总' }).click()
  dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '确认' }).click()
  await dialog.waitFor({ state: 'detached' })
  await toPublication()
  await page.getByRole('heading', { name: '发布前检查：没有阻止发布的事项' }).waitFor()
  await page.getByRole('button', { name: '准备发布' }).click()
  await page.getByRole('heading', { name: '第 1 次发布，等待批准' }).waitFor()

  await page.close()
  page = await (
    await browser.newContext({ viewport: { width: 1366, height: 900 }, locale: 'zh-CN' })
  ).newPage()
  await page.goto(server.url)
  await signInWith('leader', leaderSlip)
  await changePassword(leaderSlip)
  await page.getByRole('button', { name: '知道了' }).click()
  await page.getByRole('link', { name: '待办 1 件' }).click()
  await page.getByRole('link', { name: /^去审批/ }).click()
  await page.getByRole('button', { name: '批准…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '批准' }).click()
  await page.getByRole('heading', { name: '第 1 次发布，现行' }).waitFor()
})
