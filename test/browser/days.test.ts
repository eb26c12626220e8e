import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { demoCity } from './demo-city.ts'

const city = demoCity()
let years: readonly { id: string; stage: string; year: number; today: string; defaultAsOf: string }[]

beforeAll(async () => {
  const page = await as('office', '/')
  years = (await (await page.request.get(`${city.url}/api/assessments?size=100`)).json()).items
  await page.context().close()
})

async function as(username: string, address: string): Promise<Page> {
  const context = await city.signedIn(username)
  const page = await context.newPage()
  await page.goto(city.url + address)
  await page.locator('h1').first().waitFor()
  return page
}
const yearOf = (stage: string) => {
  const found = years.find((one) => one.stage === stage)
  if (!found) throw new Error(stage)
  return found
}
async function type(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: '截至' })
  await field.fill(text)
  await field.press('Enter')
}

it('a day typed is one of the assessment; one to come is a forecast, and today is one key away', async () => {
  const { id, year, today } = yearOf('open')
  const page = await as('office', `/assessments/${id}/ranking`)
  await type(page, '12')
  await page.getByText(/“12”不是日期/).waitFor()
  expect(page.url()).not.toContain('asOf')
  await type(page, '2001-12-01')
  await page.getByText(/“2001-12-01”不在这次考核之内/).waitFor()
  expect(page.url()).not.toContain('asOf')
  await type(page, '3月1日')
  await page.waitForURL(`**asOf=${year}-03-01`)
  await type(page, `${year + 1}-02-01`)
  await page.getByText(/^预测：/).waitFor()
  await page.getByRole('textbox', { name: '截至' }).press('t')
  await page.waitForURL((url) => !url.search.includes('asOf'))
  expect(await page.getByRole('textbox', { name: '截至' }).inputValue()).toBe(today)
  await page.context().close()
})

it('a published year opens on its publication everywhere, and another day says that it is a trial', async () => {
  const { id, year, defaultAsOf } = yearOf('published')
  const page = await as('office', `/assessments/${id}/ranking`)
  const field = page.getByRole('textbox', { name: '截至' })
  expect(await field.inputValue()).toBe(defaultAsOf)
  await page.locator('main tbody a').first().click()
  await page.waitForURL('**/units/**')
  expect(await field.inputValue()).toBe(defaultAsOf)
  expect(await page.getByText('试算').count()).toBe(0)
  await type(page, `${year}-12-01`)
  await page.getByText(/^试算：.*不是已发布的成绩/).waitFor()
  await page.context().close()
})

it('a head finds the ranking in the menu once it is published, and only what may be opened is a link', async () => {
  const { id } = yearOf('published')
  const page = await as('head', `/assessments/${id}/home`)
  await page.getByRole('navigation').getByRole('link', { name: '排名' }).click()
  await page.waitForURL('**/ranking')
  await page.getByRole('row').nth(3).waitFor()
  for (const tab of await page.locator('.tab').all()) {
    await tab.click()
    for (const href of await page
      .locator('main tbody a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '')))
      expect((await page.request.get(`${city.url}/api${href.replace(/\?.*$/, '')}/scorecard`)).status()).toBe(
        200,
      )
  }
  await page.goto(`${city.url}/assessments/${yearOf('open').id}/home`)
  await page.getByRole('navigation').getByRole('link', { name: '成绩单' }).waitFor()
  expect(await page.getByRole('navigation').getByRole('link', { name: '排名' }).count()).toBe(0)
  await page.context().close()
})

it('a leader begins where there are results, and is told of the year that has none', async () => {
  const page = await as('leader', '/')
  expect(page.url()).toContain(yearOf('open').id)
  // A year that has just begun has no results: nobody has a composite in it.
  await page.route(`**/api/assessments/${yearOf('open').id}/standings**`, async (route) => {
    const answer = await route.fetch()
    const json = await answer.json()
    await route.fulfill({
      response: answer,
      json: { ...json, standings: json.standings.map((row: object) => ({ ...row, composite: null })) },
    })
  })
  await page.goto(city.url)
  await page.getByText('还没有可看的成绩').waitFor()
  expect(page.url()).toContain(yearOf('published').id)
  await page.context().close()
})
