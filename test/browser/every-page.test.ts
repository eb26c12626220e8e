import { AxeBuilder } from '@axe-core/playwright'
import type { Page, Request } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import { demoCity } from './demo-city.ts'
import { isLookedAt } from './sweep.ts'

const languages = ['zh-CN', 'en'] as const
const accounts = ['office', 'agency', 'head', 'leader', 'system', 'security', 'audit'] as const
/** Not in the navigation, but in everybody's menu. */
const menu = ['/profile', '/sessions', '/second-factor', '/password']

const city = demoCity()

interface Watched {
  readonly page: Page
  /** Waits until the page asks for nothing more. */
  readonly settled: () => Promise<void>
  /** What no page may do: ask another origin, log an error, scroll sideways, keep people out, say a name in another language. */
  readonly faults: string[]
}

async function signedIn(username: string, language: string): Promise<Watched> {
  const context = await city.signedIn(username, language, { bypassCSP: false })
  const page = await context.newPage()
  const faults: string[] = []
  const asked = new Set<Request>()
  page.on('requestfinished', (request) => asked.delete(request))
  page.on('requestfailed', (request) => asked.delete(request))
  page.on('request', (request) => {
    asked.add(request)
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== city.url) faults.push(`asked ${request.url()}`)
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text())
  })
  // What an answer brings onto the page may ask again, a frame later.
  const frame = () =>
    page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
  const settled = async () => {
    for (let quiet = 0; quiet < 3; quiet = asked.size === 0 ? quiet + 1 : 0) await frame()
  }
  return { page, faults, settled }
}

/** One frame a page, and what violates a rule is all that is asked: it need not list what does not. */
const axe = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })

const schemeNames = new Set(Object.keys(municipal.english).filter((name) => name !== municipal.name))
/**
 * The names in the demo's scheme that stand on the page in Chinese, outside of the documents that it shows. The rule's
 * own name is that of a document, too.
 */
async function chineseNames(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found = document.evaluate(
      '//body//text()[not(ancestor::article)] | //body//@aria-label | //body//@title',
      document,
      null,
      XPathResult.ORDERED_NODE_SNAPSHOT_TYPE,
    )
    return Array.from({ length: found.snapshotLength }, (_, at) => found.snapshotItem(at)?.nodeValue ?? '')
  })
  return texts
    .flatMap((text) => text.split(/[^\p{Script=Han}（）、]+/u))
    .filter((words) => schemeNames.has(words))
}

/** How many charts are not drawn for paper by the time that printing starts: a frame later they look otherwise. */
const chartsLateForPaper = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const drawn = document.querySelectorAll('.chart').length
    window.dispatchEvent(new Event('beforeprint'))
    // What follows from the event at once is done before a page is printed.
    for (let step = 0; step < 10; step++) await Promise.resolve()
    const charts = Array.from(document.querySelectorAll<HTMLCanvasElement>('.chart canvas')).filter(
      (canvas) => canvas.offsetParent !== null,
    )
    if (charts.length !== drawn) return drawn
    const printed = charts.map((chart) => chart.toDataURL())
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const late = charts.filter((chart, index) => chart.toDataURL() !== printed[index])
    window.dispatchEvent(new Event('afterprint'))
    return late.length
  })

/** Labels on the page that say nothing. */
const emptyLabels = (page: Page): Promise<string[]> =>
  page.locator('.cards dl > div').evaluateAll((pairs) =>
    pairs.flatMap((pair) => {
      const told = pair.querySelector('dd')
      return told?.textContent?.trim() === '' && told.childElementCount === 0
        ? [pair.textContent?.trim() ?? '']
        : []
    }),
  )

/** Phones are looked at in one language, desktops in the other; sideways scrolling in both. */
const looks = { 'zh-CN': 1366, en: 390 } as const
const widths = [390, 1366] as const

describe.concurrent.each(languages)('every page in %s', (language) => {
  it.each(accounts)(
    'as %s: nothing serious for axe, no sideways scrolling, charts drawn for paper, nothing empty behind a label, names in its language, no other fault',
    async (account) => {
      const { page, faults, settled } = await signedIn(account, language)
      const links = (scope: string) =>
        page.locator(scope).evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''))
      await page.setViewportSize({ width: 1366, height: 800 })
      await page.goto(city.url)
      await settled()
      const offered = new Set(await links('nav a[href^="/"]'))
      expect(offered.size).toBeGreaterThan(0)

      // A set grows while it is walked: what a page in the navigation leads to is looked at, too.
      const addresses = new Set([...offered, ...menu])
      let place = accounts.indexOf(account)
      for (const address of addresses) {
        if (!isLookedAt(place++, languages.indexOf(language), languages.length)) continue
        await page.goto(city.url + address)
        await page.locator('h1').first().waitFor()
        await settled()
        expect(await page.locator('html').getAttribute('lang')).toBe(language)
        const further = (await links('main a[href^="/"]')).find((href) => /\/units\/|finding=/.test(href))
        if (further && offered.has(address) && addresses.size < offered.size + menu.length + 2)
          addresses.add(further)
        for (const width of widths) {
          await page.setViewportSize({ width, height: 800 })
          // A table turns into a list a moment after the window did.
          await page
            .waitForFunction((most) => document.documentElement.scrollWidth <= most, width, { timeout: 3000 })
            .catch(() => undefined)
          // What a phone keeps for a second look is looked at, too.
          const more = page.getByRole('button', { name: /^(得分率、问题分布|Score rates, problems)/ })
          if ((await more.count()) > 0) await more.click()
          await settled()
          const wide = await page.evaluate(() => document.documentElement.scrollWidth)
          if (wide > width) faults.push(`${address} at ${width} is ${wide} wide`)
          if (language === 'en')
            for (const name of await chineseNames(page)) faults.push(`${address} at ${width} says ${name}`)
          if (width !== looks[language]) continue
          for (const label of await emptyLabels(page))
            faults.push(`${address} at ${width} says nothing of ${label}`)
          const late = await chartsLateForPaper(page)
          if (late > 0) faults.push(`${address} at ${width} prints ${late} charts as they stand on screen`)
          const { violations } = await axe(page).analyze()
          for (const { id, impact, nodes } of violations) {
            if (impact === 'serious' || impact === 'critical')
              faults.push(`${address} at ${width}: ${id} ${nodes[0]?.html ?? ''}`)
          }
        }
      }
      expect(faults).toEqual([])
      await page.context().close()
    },
    240_000,
  )
})
