import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { setUp } from '../fixtures/first-start.ts'
import { startBuilt, type BuiltServer } from './built-server.ts'
import { launch } from './chromium.ts'

const password = 'A password for everybody'
let server: BuiltServer
let browser: Browser

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startBuilt(), launch()])
  const { admin } = await setUp(server.setupUrl, password)
  const unit = await fetch(`${server.url}/api/units`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, cookie: admin },
    body: JSON.stringify({ name: '市水务局', kind: 'department', parentId: null }),
  })
  expect(unit.status).toBe(201)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function signedIn(username: string, secret: string, address: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 900 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  })
  const answer = await context.request.post(`${server.url}/api/auth/sign-in`, {
    data: { username, password: secret },
    headers: { Origin: server.url },
  })
  expect(answer.status()).toBe(200)
  const page = await context.newPage()
  await page.goto(server.url + address)
  await page.locator('h1').waitFor()
  return page
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
}

it('many accounts from a paste, granted at once by another administrator, whose slips let their owners in', async () => {
  const system = await signedIn('admin', password, '/accounts')
  await system.getByRole('button', { name: '批量建账号、查缺' }).click()
  const paste = system.locator('textarea')
  await paste.fill('张三\t市水利局\t填报员\n李四\t市水务局\t单位负责人')
  await system.getByRole('button', { name: '检查' }).click()
  await system.getByText('没有单位“市水利局”').first().waitFor()
  expect(await system.getByRole('row', { name: '没有单位“市水利局”' }).textContent()).toContain('张三')
  // The page lies below 账号, and the menu says so.
  expect(await system.locator('nav [aria-current]').first().textContent()).toContain('账号')
  await expectAccessible(system)
  await paste.fill('张三\t市水务局\t填报员\n李四\t市水务局\t单位负责人')
  await system.getByRole('button', { name: '检查' }).click()
  await system.getByRole('button', { name: '确认建立 2 个账号' }).click()
  await system.getByText('已建立 2 个账号，等待安全管理员授权。').waitFor()
  await system.context().close()

  const security = await signedIn('security', password, '/accounts')
  await security.getByRole('button', { name: '授权待授权账号（2）' }).click()
  await security.getByRole('button', { name: '授权 2 个账号' }).click()
  const slips = security.locator('.slip')
  await slips.first().waitFor()
  expect(await slips.count()).toBe(2)
  await expectAccessible(security)
  const slip = (await slips.filter({ hasText: '张三' }).locator('.password').textContent()) ?? ''
  // Leaving says that nobody can see them again, and staying keeps them.
  await security.getByRole('button', { name: '已交付，离开' }).click()
  await security.getByRole('dialog').getByRole('button', { name: '取消' }).click()
  await security.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await slips.count()).toBe(2)
  await security.getByRole('button', { name: '已交付，离开' }).click()
  await security.getByRole('dialog').getByRole('button', { name: '已交付，离开' }).click()
  await security.waitForURL('**/accounts')
  await security.goto(`${server.url}/slips`)
  await security.getByText('没有待交付的凭条').waitFor()
  await security.context().close()

  const owner = await signedIn('zhangsan', slip, '/')
  await owner.getByText(/安全管理员授予了这个账号的角色/).waitFor()
  await owner.locator('input[name="current"]').fill(slip)
  for (const field of ['next', 'repeat']) await owner.locator(`input[name="${field}"]`).fill(password)
  await owner.getByRole('button', { name: '修改密码' }).click()
  const news = owner.getByRole('status').filter({ hasText: '授予了这个账号的角色' })
  await owner.getByRole('button', { name: '知道了' }).click()
  await news.waitFor({ state: 'hidden' })
  await owner.context().close()
})

it('a role that is changed stops the account until it is granted anew; the last administrator stays', async () => {
  const system = await signedIn('admin', password, '/accounts')
  await system.getByRole('button', { name: '停用审计管理员' }).click()
  await system.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await system.getByText('都至少须有一个可用的账号').waitFor()
  await system.getByRole('button', { name: '修改张三' }).click()
  const dialog = system.getByRole('dialog')
  await dialog.getByLabel('姓名').fill('张三丰')
  await dialog.locator('.el-select').first().click()
  await system.getByRole('option', { name: '单位负责人' }).click()
  await dialog.getByText('账号立即停止使用').waitFor()
  await dialog.getByRole('button', { name: '保存' }).click()
  const row = system.getByRole('row').filter({ hasText: 'zhangsan' })
  await row.getByText('待授权').waitFor()
  expect(await row.textContent()).toContain('单位负责人')
  await system.context().close()
})
