import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { demoCity } from './demo-city.ts'

const city = demoCity()
let running = ''
let published = ''
beforeAll(async () => {
  const page = await as('office')
  const { items } = await (await page.request.get(`${city.url}/api/assessments?size=100`)).json()
  const idOf = (stage: string) => items.find((year: { stage: string }) => year.stage === stage).id
  ;[running, published] = [idOf('open'), idOf('published')]
  await page.context().close()
})

async function as(
  username: string,
  looks: object = { viewport: { width: 1366, height: 768 } },
): Promise<Page> {
  const context = await city.signedIn(username, 'zh-CN', looks)
  return context.newPage()
}
async function open(page: Page, path: string): Promise<void> {
  await page.goto(city.url + path)
  await page.locator('h1').first().waitFor()
}

it('a leader sees who fell and why, and comes to the parts with one click', async () => {
  const page = await as('leader')
  await open(page, `/assessments/${published}/cockpit`)
  const movers = page.locator('section', { has: page.getByText('下降', { exact: true }) })
  await movers.getByText('下降', { exact: true }).click()
  await movers.getByRole('heading', { name: /下降最多/ }).waitFor()
  const rows = movers.getByRole('row')
  expect(await rows.nth(1).textContent()).toMatch(/主要在.+ −\d+\.\d\d/)
  expect(await movers.getByText(/主要在.+ \+/).count()).toBe(0)
  await rows.nth(1).getByRole('link').first().click()
  await page.waitForURL('**/units/**')
  await page
    .getByRole('heading', { name: /^比 \d+ 年低 [\d.]+ 分，主要在.+（−[\d.]+）$/ })
    .first()
    .waitFor()
  await page.getByText(/权重稍变，(名次在 \d+–\d+ 之间|仍为第 \d+ 名)/).waitFor()
  await page.context().close()
})

it('the cockpit on a phone takes a minute, and the rest is a touch away', async () => {
  const page = await as('leader', { viewport: { width: 390, height: 844 } })
  await open(page, `/assessments/${published}/cockpit`)
  const more = page.getByRole('button', { name: /^得分率、问题分布/ })
  await more.waitFor()
  const height = () => page.evaluate(() => document.documentElement.scrollHeight)
  expect(await height()).toBeLessThan(4 * 844)
  await more.click()
  await page.getByRole('heading', { name: /处同类问题反复出现/ }).waitFor()
  await page.context().close()
})

it('a simulation keeps its result in view while one goes through the fields', async () => {
  const page = await as('office')
  await open(page, `/assessments/${running}/simulation`)
  const title = page.getByRole('heading', { name: /模拟结果/ })
  await title.waitFor()
  await page.mouse.move(400, 500)
  await page.mouse.wheel(0, 700)
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300)
  const box = await title.boundingBox()
  expect(box && box.y > 0 && box.y < 768).toBe(true)
  await page.context().close()
})

it('the office reminds the units with something due, and their people read it with what they have to do', async () => {
  const office = await as('office')
  await open(office, `/assessments/${running}/overview`)
  await office.getByRole('button', { name: '催办', exact: true }).click()
  const dialog = office.getByRole('dialog', { name: '催办到期的单位' })
  await dialog.getByRole('textbox', { name: '附言（可不填）' }).fill('请本周内办结')
  await dialog.getByRole('button', { name: /^催办 \d+ 个单位$/ }).click()
  await office.getByText(/^已催办 \d+ 个单位/).waitFor()
  const head = await as('head')
  await open(head, '/inbox')
  await head.getByText('请本周内办结').waitFor()
  await office.context().close()
  await head.context().close()
})

it('nothing scrolls sideways at a zoom of 200 %', async () => {
  const page = await as('office', { viewport: { width: 683, height: 384 }, deviceScaleFactor: 2 })
  const wide: string[] = []
  await open(page, '/')
  const pages = ['', '/inbox', '/holidays', '/schemes', '/units', '/start'].concat(
    [
      'cockpit',
      'ranking',
      'ledger',
      'self',
      'verification',
      'third-party',
      'appeals',
      'publication',
      'circular',
    ]
      .concat(['compare', 'simulation', 'course', 'rectification', 'exchange'])
      .map((name) => `/assessments/${running}/${name}`),
  )
  for (const path of pages) {
    await open(page, path)
    await page.waitForLoadState('networkidle')
    if ((await page.evaluate(() => document.documentElement.scrollWidth)) > 683) wide.push(path)
  }
  expect(wide).toEqual([])
  await page.context().close()
}, 120_000)
