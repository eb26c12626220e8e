import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { demoPassword, startDemo, type BuiltServer } from './built-server.ts'
import { launch } from './chromium.ts'

/** The fictional city of `npm run demo` and a browser, for the tests of a file. */
export function demoCity() {
  let server: BuiltServer
  let browser: Browser
  beforeAll(async () => {
    ;[server, browser] = await Promise.all([startDemo(), launch()])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })
  return {
    get url(): string {
      return server.url
    },
    /** A window of somebody signed in, 1366 wide unless told otherwise. */
    signedIn: async (
      username: string,
      language = 'zh-CN',
      looks: BrowserContextOptions = {},
    ): Promise<BrowserContext> => {
      const context = await browser.newContext({
        reducedMotion: 'reduce',
        viewport: { width: 1366, height: 800 },
        ...looks,
      })
      await context.addInitScript((chosen) => localStorage.setItem('zhengheng.language', chosen), language)
      const signIn = await context.request.post(`${server.url}/api/auth/sign-in`, {
        data: { username, password: demoPassword },
        headers: { Origin: server.url },
      })
      expect(signIn.status()).toBe(200)
      return context
    },
  }
}
