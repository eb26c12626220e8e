import type { BrowserContext, Page } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPassword, type BuiltServer } from './built-server.ts'
import { launch } from './chromium.ts'
import { cutOrSpilt } from './cut-or-spilt.ts'
import { startLongWords } from './long-words-city.ts'
import { isWhole } from './sweep.ts'

/** A desktop, the same at 200 %, and a phone. */
const widths = [1366, 683, 390] as const
const accounts = ['office', 'agency', 'head', 'leader'] as const

let server: BuiltServer
let browser: Browser
async function signedIn(username: string): Promise<BrowserContext> {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  const signIn = await context.request.post(`${server.url}/api/auth/sign-in`, {
    data: { username, password: demoPassword },
    headers: { Origin: server.url },
  })
  expect(signIn.status()).toBe(200)
  return context
}

const links = (page: Page, scope: string) =>
  page.locator(scope).evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''))

async function look(page: Page, what: string): Promise<string[]> {
  const faults: string[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    await page
      .waitForFunction((most) => document.documentElement.scrollWidth <= most, width, { timeout: 2000 })
      .catch(() => undefined)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    if (wide > width) faults.push(`${what} at ${width} is ${wide} wide`)
    for (const fault of await cutOrSpilt(page)) faults.push(`${what} at ${width}: ${fault}`)
  }
  return faults
}

/* It takes several minutes, and is part of `npm run torture -- SEED pages`. */
describe.runIf(isWhole)('the longest names and texts', () => {
  beforeAll(async () => {
    ;[server, browser] = await Promise.all([startLongWords(), launch()])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it.each(accounts)(
    'as %s: with the longest names and texts nothing spills, lies over another or is cut for good, at any width',
    async (account) => {
      const context = await signedIn(account)
      const page = await context.newPage()
      await page.setViewportSize({ width: 1366, height: 800 })
      await page.goto(server.url)
      await page.locator('nav a[href^="/"]').first().waitFor()
      const addresses = new Set(await links(page, 'nav a[href^="/"]'))
      const offered = addresses.size
      const faults: string[] = []
      for (const address of addresses) {
        await page.setViewportSize({ width: 1366, height: 800 })
        await page.goto(server.url + address)
        await page.locator('h1').first().waitFor()
        await page.waitForLoadState('networkidle')
        for (const kind of [/\/units\//, /finding=/]) {
          const further = (await links(page, 'main a[href^="/"]')).find((href) => kind.test(href))
          if (further && addresses.size < offered + 4 && ![...addresses].some((one) => kind.test(one)))
            addresses.add(further)
        }
        faults.push(...(await look(page, address.replace(/[0-9a-f-]{20,}|[\w-]{21}/g, '…'))))
      }
      await context.close()
      expect(faults).toEqual([])
    },
    240_000,
  )
})
