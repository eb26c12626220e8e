import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPassword, startDemo, type BuiltServer } from './built-server.ts'
import { launch } from './chromium.ts'

const languages = ['zh-CN', 'en'] as const
const accounts = ['office', 'agency', 'head', 'leader', 'system'] as const

let server: BuiltServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startDemo(), launch()])
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

interface Watched {
  readonly page: Page
  /** What no page may do: ask another origin, log an error, scroll sideways, keep people out. */
  readonly faults: string[]
}

async function signedIn(username: string, language: string): Promise<Watched> {
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: false })
  await context.addInitScript((chosen) => localStorage.setItem('zhengheng.language', chosen), language)
  const signIn = await context.request.post(`${server.url}/api/auth/sign-in`, {
    data: { username, password: demoPassword },
    headers: { Origin: server.url },
  })
  expect(signIn.status()).toBe(200)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== server.url) faults.push(`asked ${request.url()}`)
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text())
  })
  return { page, faults }
}

/** Addresses of every page that the navigation offers, and of the first things those pages lead to. */
async function pagesOf({ page }: Watched): Promise<string[]> {
  await page.setViewportSize({ width: 1366, height: 768 })
  await page.goto(server.url)
  await page.waitForLoadState('networkidle')
  const hrefs = (scope: string) =>
    page.locator(scope).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  const offered = await hrefs('nav a[href^="/"]')
  const found = new Set(offered)
  for (const address of offered) {
    await page.goto(server.url + address)
    await page.locator('h1').first().waitFor()
    await page.waitForLoadState('networkidle')
    const further = (await hrefs('main a[href^="/"]')).find((href) => /\/units\/|finding=/.test(href))
    if (further) found.add(further)
  }
  return [...found]
}

describe.each(languages)('every page in %s', (language) => {
  it.each(accounts)(
    'as %s: nothing serious for axe, no sideways scrolling, no fault, no other origin',
    async (account) => {
      const watched = await signedIn(account, language)
      const { page, faults } = watched
      const addresses = await pagesOf(watched)
      expect(addresses.length).toBeGreaterThan(1)
      for (const address of addresses) {
        await page.goto(server.url + address)
        await page.locator('h1').first().waitFor()
        await page.waitForLoadState('networkidle')
        expect(await page.locator('html').getAttribute('lang')).toBe(language)
        for (const width of [390, 1366]) {
          await page.setViewportSize({ width, height: 800 })
          const at = `${address} at ${width}`
          const wide = await page.evaluate(() => document.documentElement.scrollWidth)
          if (wide > width) faults.push(`${at} is ${wide} wide`)
          const { violations } = await new AxeBuilder({ page }).analyze()
          for (const { id, impact, nodes } of violations) {
            if (impact === 'serious' || impact === 'critical')
              faults.push(`${at}: ${id} ${nodes[0]?.html ?? ''}`)
          }
        }
      }
      expect(faults).toEqual([])
      await page.context().close()
    },
  )
})
