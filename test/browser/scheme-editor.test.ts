import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { setUp } from '../fixtures/first-start.ts'
import { startBuilt, type BuiltServer } from './built-server.ts'
import { launch } from './chromium.ts'

const password = 'A password for everybody'
let server: BuiltServer
let browser: Browser
let page: Page

beforeAll(async () => {
  server = await startBuilt()
  browser = await launch()
  const context = await browser.newContext({
    viewport: { width: 1366, height: 900 },
    reducedMotion: 'reduce',
  })
  const post = async (path: string, data: object) => {
    const answer = await context.request.post(`${server.url}/api${path}`, {
      headers: { Origin: server.url },
      data,
    })
    expect(answer.ok(), await answer.text()).toBe(true)
    return (await answer.json()) as Record<string, unknown>
  }
  await setUp(server.setupUrl, password)
  await post('/auth/sign-in', { username: 'office', password })
  const draft = await post('/schemes', { preset: 'municipal' })
  page = await context.newPage()
  await page.goto(`${server.url}/schemes/${String(draft.id)}`)
  await page.locator('[data-path="components.0.weight"]').waitFor()
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

const field = (path: string) => page.locator(`[data-path="${path}"]`)
/** The words at a field, which it names as its description. */
async function wordsAt(path: string): Promise<string> {
  const id = await field(path).getAttribute('aria-describedby')
  return (await page.locator(`[id="${id}"]`).textContent()) ?? ''
}
const use = () => page.getByRole('button', { name: '据此新建考核' })
async function usable(yes: boolean): Promise<void> {
  await expect.poll(() => use().isEnabled(), { timeout: 10_000 }).toBe(yes)
}

it('each mistake is told in words where it was typed, and once mended the draft can be used', async () => {
  await usable(true)

  await field('components.0.base').fill('一百')
  expect(await wordsAt('components.0.base')).toBe('“一百”不是数字。请填写数字，最多两位小数。')
  await expect.poll(() => page.getByText('有 1 处问题，改正以后才能用于考核').isVisible()).toBe(true)
  await usable(false)
  await field('components.0.base').fill('100')
  await usable(true)

  await field('components.0.weight').fill('40')
  await expect.poll(() => page.getByText('权重合计 110').isVisible()).toBe(true)
  expect(await page.getByText('各部分权重之和不是 100，将按权重之比折算。').count()).toBeGreaterThan(1)
  // What is only worth a word stands apart from what keeps the rule from being used.
  await expect.poll(() => page.getByText('可以用于考核，但请留意：').isVisible()).toBe(true)
  await field('components.0.base').fill('一百')
  await expect.poll(() => page.getByText('有 1 处问题，改正以后才能用于考核').isVisible()).toBe(true)
  expect(await page.getByText('另请留意，不影响使用：').isVisible()).toBe(true)
  await field('components.0.base').fill('100')
  await field('components.0.weight').fill('30')

  await field('grades.1.from').fill('95')
  await expect.poll(() => wordsAt('grades.1.from')).toBe('须低于上一等的起点，否则两等重叠。')
  await usable(false)
  await field('grades.1.from').fill('80')

  await page.getByRole('button', { name: '增加一级指标' }).click()
  await expect.poll(() => wordsAt('components.1.indicators.7.name')).toBe('请填写名称。')
  await field('components.1.indicators.7.name').fill('空的一级')
  await expect.poll(() => page.getByText('空的一级').count(), { timeout: 10_000 }).toBeGreaterThan(0)
  await expect.poll(() => use().isEnabled(), { timeout: 10_000 }).toBe(false)
  await page.getByRole('button', { name: '在“空的一级”下增加指标' }).click()
  await page.getByRole('button', { name: '删除“”' }).click()
  const empty = '这一级下面没有指标，也没有满分；请填写满分或增加下级指标。'
  await expect.poll(() => page.locator('.level .scheme-fault', { hasText: empty }).count()).toBe(1)
  await page.getByRole('button', { name: '删除“空的一级”' }).click()

  await field('milestones.2.name').fill('')
  await expect.poll(() => wordsAt('milestones.2.name')).toBe('请填写名称。')
  await field('milestones.2.name').fill('成绩汇总')
  await page.getByRole('button', { name: '上移“通报”' }).click()
  await expect
    .poll(() => page.locator('.scheme-fault', { hasText: '日期早于上一项，请调整次序或日期。' }).count())
    .toBe(1)
  await usable(false)
  await page.getByRole('button', { name: '下移“通报”' }).click()
  await usable(true)
}, 120_000)

it('a change is undone and redone with the keyboard', async () => {
  // Another field ends a step.
  await field('milestones.1.name').focus()
  await field('milestones.0.name').fill('上半年报送')
  await field('milestones.1.name').focus()
  await page.keyboard.press('Control+z')
  await expect.poll(() => field('milestones.0.name').inputValue()).toBe('上半年自评报送')
  await page.keyboard.press('Control+y')
  await expect.poll(() => field('milestones.0.name').inputValue()).toBe('上半年报送')
  await usable(true)
})

it('what could not be saved is offered again after the page is loaded anew', async () => {
  await page.route('**/api/schemes/*', (route) =>
    route.request().method() === 'PUT' ? route.abort() : route.continue(),
  )
  await field('milestones.0.name').fill('没有保存的名称')
  await expect
    .poll(() => page.getByText('没有保存；改动仍在页面上').isVisible(), { timeout: 10_000 })
    .toBe(true)
  await page.unroute('**/api/schemes/*')
  page.once('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await page.getByRole('button', { name: '恢复改动' }).click()
  await expect.poll(() => field('milestones.0.name').inputValue()).toBe('没有保存的名称')
  await usable(true)
})

it('a day has room for its two digits at 1366, and the sections stand at the side', async () => {
  await page.setViewportSize({ width: 1366, height: 800 })
  for (const day of await page.getByLabel('日', { exact: true }).all())
    expect((await day.boundingBox())?.width ?? 0).toBeGreaterThanOrEqual(56)
  await page.getByRole('navigation', { name: '各节' }).getByRole('button', { name: '日程' }).click()
  await expect
    .poll(() =>
      page.getByRole('heading', { name: '日程', exact: true }).evaluate((heading) => {
        const { top, bottom } = heading.getBoundingClientRect()
        return top > 0 && bottom < innerHeight
      }),
    )
    .toBe(true)
})
