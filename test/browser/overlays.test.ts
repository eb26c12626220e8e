import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { demoCity } from './demo-city.ts'

const city = demoCity()

type Language = 'zh-CN' | 'en'
interface Overlay {
  readonly what: string
  readonly account: string
  /** `RUNNING` and `PUBLISHED` stand for the id of an assessment, `FINDING` for one of the unit's. */
  readonly path: string
  readonly open: (page: Page) => Promise<void>
  /** What has come up. */
  readonly shows: string
}

const visible = '[role="dialog"]:visible, .el-popper:visible'
const button = (zh: string, en: string) => (page: Page) =>
  page
    .getByRole('button', { name: new RegExp(`^(${zh}|${en})$`) })
    .first()
    .click()
const overlays: readonly Overlay[] = [
  {
    what: 'the calendar of a day',
    account: 'office',
    path: '/assessments/RUNNING/ranking',
    open: button('打开日历', 'Open the calendar'),
    shows: visible,
  },
  {
    what: 'the columns of a table',
    account: 'office',
    path: '/assessments/PUBLISHED/ranking',
    open: button('列', 'Columns'),
    shows: visible,
  },
  {
    what: 'a choice',
    account: 'office',
    path: '/holidays',
    open: (page) => page.getByRole('combobox').last().press('Enter'),
    shows: visible,
  },
  {
    what: 'the search for a unit',
    account: 'office',
    path: '/',
    open: (page) => page.keyboard.press('Control+k'),
    shows: 'input:focus',
  },
  {
    what: 'the menu of the person',
    account: 'office',
    path: '/',
    open: (page) => page.getByRole('button', { name: /^(账号菜单|Account menu)/ }).click(),
    shows: '.el-dropdown-menu:visible',
  },
  {
    what: 'the assessments',
    account: 'office',
    path: '/',
    open: (page) => page.locator('header').getByRole('button').first().click(),
    shows: 'header [aria-expanded="true"]',
  },
  {
    what: 'the reminder of units',
    account: 'office',
    path: '/assessments/RUNNING/overview',
    open: button('催办', 'Remind'),
    shows: visible,
  },
  {
    what: 'a finding beside the ledger',
    account: 'office',
    path: '/assessments/RUNNING/ledger?finding=FINDING',
    open: () => Promise.resolve(),
    shows: 'aside',
  },
  {
    what: 'a finding of one’s own, with its next step',
    account: 'head',
    path: '/assessments/RUNNING/deductions',
    open: (page) => page.locator('main a[href*="finding="]').first().click(),
    shows: 'main',
  },
]

async function signedIn(account: string, language: Language): Promise<Page> {
  const context = await city.signedIn(account, language)
  return context.newPage()
}

it.each(['zh-CN', 'en'] as const)(
  'what opens over a page has a name and nothing serious for axe, in %s',
  async (language) => {
    const faults: string[] = []
    const pages = new Map<string, Page>()
    for (const { what, account, path, open, shows } of overlays) {
      const page = pages.get(account) ?? (await signedIn(account, language))
      pages.set(account, page)
      const json = async (asked: string) => (await page.request.get(city.url + asked)).json()
      const years: { id: string; stage: string }[] = (await json('/api/assessments?size=100')).items
      const idOf = (stage: string) => years.find((year) => year.stage === stage)?.id ?? ''
      const running = idOf('open')
      const finding = path.includes('FINDING')
        ? (await json(`/api/assessments/${running}/findings?size=1`)).items[0].findingId
        : ''
      const address = path
        .replace('RUNNING', running)
        .replace('PUBLISHED', idOf('published'))
        .replace('FINDING', finding)
      await page.goto(city.url + address)
      await page.locator('h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      await open(page)
      await page
        .locator(shows)
        .first()
        .waitFor({ timeout: 10_000 })
        .catch(() => faults.push(`${what} does not open`))
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode()
        .options({ resultTypes: ['violations'] })
        .analyze()
      for (const { id, impact, nodes } of violations)
        if (impact === 'serious' || impact === 'critical')
          faults.push(`${what}: ${id} ${nodes[0]?.html.slice(0, 200) ?? ''}`)
    }
    for (const page of pages.values()) await page.context().close()
    expect(faults).toEqual([])
  },
  240_000,
)
