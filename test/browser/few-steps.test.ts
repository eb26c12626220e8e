import type { BrowserContext, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { demoCity } from './demo-city.ts'

const city = demoCity()
const unit = '市自然资源局'
const what = '不动产登记进度查询入口打不开'

/** A window in which clicks of the mouse are counted from its first page on. */
async function counting(username: string): Promise<{ page: Page; clicks: () => Promise<number> }> {
  const context: BrowserContext = await city.signedIn(username)
  let clicks = 0
  await context.exposeFunction('clicked', () => void clicks++)
  await context.addInitScript(() =>
    addEventListener(
      'click',
      (event) => event.isTrusted && event.detail > 0 && Reflect.get(window, 'clicked')(),
      true,
    ),
  )
  const page = await context.newPage()
  const clicksSoFar = async (): Promise<number> => {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
    return clicks
  }
  return { page, clicks: clicksSoFar }
}

it('a finding is recorded without a mouse, and the next begins at once', async () => {
  const { page, clicks } = await counting('agency')
  await page.goto(city.url)
  await page.getByRole('link', { name: '登记问题', exact: true }).first().press('Enter')
  const kind = page.getByRole('combobox', { name: '类别' })
  const units = page.getByRole('main').getByRole('combobox', { name: '单位' })
  const focused = () => page.evaluate(() => document.activeElement?.tagName)
  await kind.press('Enter')
  await page.getByRole('option', { name: '举报查实' }).waitFor()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  expect(await kind.evaluate((field) => field.closest('.el-select')?.textContent)).toContain('举报查实')
  await kind.press('Tab')
  await page.keyboard.type('szrzyj')
  await page.getByRole('option', { name: unit }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('TEXTAREA')
  await page.keyboard.type(what)
  await page.keyboard.press('Control+Enter')
  await page.getByText('刚刚登记的').waitFor()
  await expect.poll(() => units.evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await clicks()).toBe(0)
  await page.context().close()
})

it('a head sees at home why 0.45 is lost with one click, and appeals with two', async () => {
  const why = await counting('head')
  await why.page.goto(city.url)
  const losses = why.page.locator('section', { has: why.page.getByRole('heading', { name: /^失去的/ }) })
  await losses.getByText('−0.45').first().waitFor()
  await losses.getByRole('link').first().click()
  const drawer = why.page.locator('aside')
  await drawer.getByText('−0.45').first().waitFor()
  for (const fact of [/通知/, /考核办法/]) await drawer.getByText(fact).first().waitFor()
  expect(await why.clicks()).toBe(1)
  await why.page.context().close()

  const appeal = await counting('head')
  await appeal.page.goto(city.url)
  const row = appeal.page.locator('li', { hasText: what }).filter({ hasText: '申诉' }).first()
  await row.getByRole('link').last().click()
  const form = appeal.page.getByRole('form', { name: '提出申诉' })
  await expect
    .poll(() => form.getByLabel('申诉理由').evaluate((field) => field === document.activeElement))
    .toBe(true)
  await appeal.page.keyboard.type('入口当日已恢复。')
  await form.getByRole('button', { name: '提出申诉' }).click()
  await form.waitFor({ state: 'detached' })
  expect(await appeal.clicks()).toBe(2)
  await appeal.page.context().close()
})

it('a leader sees who fell and why with two clicks', async () => {
  const { page, clicks } = await counting('leader')
  await page.goto(city.url)
  await page.getByRole('link', { name: /^\d+ 年的结果：谁降了、为什么/ }).click()
  await page.getByRole('heading', { name: /下降最多/ }).waitFor()
  const fell = page.locator('section', { has: page.getByRole('heading', { name: /下降最多/ }) })
  await fell
    .getByText(/主要在.+ −\d+\.\d\d/)
    .first()
    .waitFor()
  await fell.getByRole('row').nth(1).getByRole('link').first().click()
  await page
    .getByRole('heading', { name: /^比 \d+ 年低 [\d.]+ 分，主要在/ })
    .first()
    .waitFor()
  expect(await clicks()).toBeLessThanOrEqual(2)
  await page.context().close()
})
