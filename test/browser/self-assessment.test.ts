import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { setUp, useSlip, type Slip } from '../fixtures/first-start.ts'
import { workbookOf } from '../fixtures/workbooks.ts'
import { startBuilt, type BuiltServer } from './built-server.ts'
import { launch } from './chromium.ts'

const password = 'A password for everybody'
const unit = '市自然资源局'
const verifiers = ['市政府办公室', '市司法局', '市大数据局'] as const
let server: BuiltServer
let browser: Browser
let assessmentId: string

type Call = (path: string, body?: unknown) => Promise<Record<string, unknown>>

async function contextOf(
  username: string,
  secret = password,
): Promise<{ context: BrowserContext; call: Call }> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 900 },
    reducedMotion: 'reduce',
  })
  const call: Call = async (path, body) => {
    const options = { headers: { Origin: server.url }, ...(body === undefined ? {} : { data: body }) }
    const answer = await context.request.fetch(`${server.url}/api${path}`, {
      ...options,
      method: body === undefined ? 'GET' : 'POST',
    })
    expect(answer.ok(), `${path} ${await answer.text()}`).toBe(true)
    return answer.status() === 204 ? {} : ((await answer.json()) as Record<string, unknown>)
  }
  await call('/auth/sign-in', { username, password: secret })
  return { context, call }
}

/** A city with one assessed unit, its people, and the three units that verify; the second half of the year is verified already. */
async function prepare(): Promise<void> {
  await setUp(server.setupUrl, password)
  const office = await contextOf('office')
  const created = await office.call('/assessments', { name: '年度考核', year: 2026, preset: 'municipal' })
  assessmentId = String(created.id)
  const book = await workbookOf({
    考核对象: [
      ['单位', '分组'],
      [unit, '市直部门'],
    ],
    自我考核: [
      ['单位', '周期', '核查得分'],
      [unit, '下半年', 90],
    ],
  })
  const imported = await office.context.request.post(`${server.url}/api/assessments/${assessmentId}/import`, {
    headers: { Origin: server.url },
    multipart: { file: { name: '考核.xlsx', mimeType: 'application/zip', buffer: Buffer.from(book) } },
  })
  expect(imported.ok(), await imported.text()).toBe(true)
  for (const name of verifiers) await office.call('/units', { name, kind: 'agency', parentId: null })
  const { items } = (await office.call('/units?size=100')) as { items: { id: string; name: string }[] }
  const idOf = (name: string) => items.find((one) => one.name === name)?.id
  const admin = await contextOf('admin')
  const security = await contextOf('security')
  const people = [
    ['editor', 'editor', unit],
    ['head', 'head', unit],
    ...verifiers.map((name, index) => [`verifier${index}`, 'agency', name]),
  ] as const
  for (const [username, role, of] of people) {
    const { id, etag } = await admin.call('/accounts', {
      username,
      name: username,
      role,
      unitId: idOf(of as string),
    })
    const granted = await security.call('/accounts/grants', { accounts: [{ id, etag }] })
    for (const slip of granted.slips as Slip[]) await useSlip(server.url, slip, password)
  }
}

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startBuilt(), launch()])
  await prepare()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function open(username: string, path: string): Promise<Page> {
  const { context } = await contextOf(username)
  const page = await context.newPage()
  await page.goto(`${server.url}/assessments/${assessmentId}/${path}`)
  return page
}
const saved = (page: Page) => page.getByRole('status').filter({ hasText: '已保存' }).waitFor()
const marks = (page: Page) => page.locator('input[data-cell="marks"]')

/** The session has ended meanwhile: the dialog opens over the page, and what was typed goes out after it. */
async function signInAgain(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[type="password"]').fill(password)
  await dialog.locator('input[type="password"]').press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  await saved(page)
  await marks(page).nth(13).focus()
}
/** As copied from cells of a spreadsheet, into a cell and those beside and below. */
async function paste(cell: Locator, text: string): Promise<void> {
  await cell.focus()
  await cell.evaluate((field, copied) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', copied)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}
const pasteColumn = (page: Page, texts: readonly string[]) =>
  paste(marks(page).first(), `${texts.join('\r\n')}\r\n`)
/** What stands in every cell. */
const standing = (page: Page): Promise<string[]> =>
  page
    .locator('[data-cell="marks"], textarea[data-cell]')
    .evaluateAll((cells) => cells.map((cell) => (cell as HTMLInputElement).value))

/** Two columns are pasted and taken back, between what was typed before and after: undone and redone step by step, in every cell. */
async function undoBlock(page: Page, first: Locator, other: Locator): Promise<void> {
  const steps = [await standing(page)]
  await other.focus()
  await page.keyboard.type('见附件')
  steps.push(await standing(page))
  await paste(first, '0.25\t缺一项制度\r\n0.5\t\r\n')
  await page.getByText(/已粘贴 4 格/).waitFor()
  steps.push(await standing(page))
  await other.focus()
  await page.keyboard.type('二')
  steps.push(await standing(page))
  expect(new Set(steps.map((texts) => texts.join('|'))).size).toBe(4)
  expect(steps[2]).toEqual(expect.arrayContaining(['0.25', '缺一项制度', '0.5']))
  for (const before of steps.slice(0, -1).reverse()) {
    await page.keyboard.press('Control+z')
    expect(await standing(page)).toEqual(before)
  }
  for (const after of steps.slice(1)) {
    await page.keyboard.press('Control+y')
    expect(await standing(page)).toEqual(after)
  }
  for (const before of steps.slice(0, -1).reverse()) {
    await page.keyboard.press('Control+z')
    expect(await standing(page)).toEqual(before)
  }
}

it('a unit fills in, its head hands in; returned and handed in again; three units verify; the score appears', async () => {
  const editor = await open('editor', 'self?window=H1')
  const cells = marks(editor)
  await cells.first().focus()
  const count = await cells.count()
  const fulls = await editor
    .locator('tr.leaf td.full')
    .evaluateAll((all) => all.map((cell) => (cell.lastChild?.textContent ?? '').trim()))
  expect(fulls).toHaveLength(count)
  // Row by row as in a spreadsheet; the network goes away for a while in the middle.
  for (const [index, full] of fulls.entries()) {
    if (index === 5) await editor.context().setOffline(true)
    if (index === 10) {
      await editor
        .getByText(/项保存在本机/)
        .first()
        .waitFor()
      await editor.context().setOffline(false)
    }
    if (index === 12) await editor.context().clearCookies()
    // The closing dialog gives the focus back in its own time.
    if (index === 13 || index === 14) await cells.nth(index).focus()
    // While this is typed, what was typed before is refused: the dialog waits, else it would take the rest.
    if (index === 12) await editor.keyboard.type(`${full}.00`, { delay: 300 })
    else await editor.keyboard.type(full)
    await editor.keyboard.press('Enter')
    if (index === 12) await signInAgain(editor)
  }
  await pasteColumn(editor, ['1', '1.5', '不适用'])
  await editor.getByText('已粘贴 3 格').waitFor()
  expect(await cells.nth(2).inputValue()).toBe('不适用')
  await editor.getByRole('button', { name: '撤销粘贴' }).click()
  await pasteColumn(editor, fulls.slice(0, 3))
  await saved(editor)
  const before = await standing(editor)
  await undoBlock(editor, cells.nth(3), editor.locator('textarea[data-cell="note"]').nth(6))
  await saved(editor)
  await editor.reload()
  await cells.first().waitFor()
  expect(await standing(editor)).toEqual(before)
  await cells.nth(2).fill('1,5')
  await editor.getByRole('alert').filter({ hasText: '“1,5”里的逗号不是千分位' }).waitFor()
  await editor.getByRole('button', { name: '改为 1.5' }).click()
  await saved(editor)
  expect(await cells.nth(2).inputValue()).toBe('1.5')
  await cells.nth(2).fill('85.5%')
  await editor.getByRole('alert').filter({ hasText: '85.5% 超过满分' }).waitFor()
  await cells.nth(2).fill(`${fulls[2]}分`)
  await editor.locator('textarea[data-cell="note"]').first().fill('分工文件见附件')
  await saved(editor)
  await editor.reload()
  await editor.getByText(`已填 ${count}/${count} 项`).waitFor()
  expect(await cells.first().inputValue()).toBe(fulls[0])

  const head = await open('head', 'self?window=H1')
  await head.getByRole('button', { name: '报送', exact: true }).click()
  await head.getByRole('dialog').getByRole('button', { name: '报送', exact: true }).click()
  await head.getByText(/由责任单位逐项核查/).waitFor()

  const verifier = await open('verifier0', 'verification?window=H1&mode=unit')
  await verifier.getByRole('button', { name: '退回' }).click()
  await verifier.getByRole('dialog').getByRole('textbox').fill('保密审查没有附抽样记录')
  await verifier.getByRole('dialog').getByRole('button', { name: '退回' }).click()
  await verifier.getByText('已退回，等待重新报送').first().waitFor()

  await editor.reload()
  await editor.getByText('保密审查没有附抽样记录').first().waitFor()
  await head.reload()
  await head.locator('textarea[data-cell="note"]').nth(2).fill('抽样记录由保密办另送')
  await saved(head)
  // The editor has not seen that: both texts stand side by side until one is chosen.
  await editor.locator('textarea[data-cell="note"]').nth(2).fill('已补附抽样记录')
  const conflict = editor.getByRole('alert').filter({ hasText: '已被他人修改' })
  await conflict.getByText('抽样记录由保密办另送').waitFor()
  await conflict.getByText('已补附抽样记录').waitFor()
  await conflict.getByRole('button', { name: '用我的' }).click()
  await saved(editor)
  await head.reload()
  await head.getByRole('button', { name: '重新报送' }).click()
  await head.getByRole('dialog').getByRole('button', { name: '重新报送' }).click()
  await head.getByText('已重新报送').first().waitFor()

  await verifier.reload()
  await verifier.getByText('已补附抽样记录').waitFor()
  await undoBlock(verifier, marks(verifier).nth(1), verifier.locator('textarea[data-cell="reason"]').nth(4))
  await marks(verifier).first().fill('2')
  await marks(verifier).first().press('Enter')
  await verifier.getByText('请写明理由').waitFor()
  await verifier.keyboard.type('分工文件已过期')
  await verifier.keyboard.press('Enter')
  await verifier.getByText('verifier0', { exact: false }).first().waitFor()
  for (const [index] of verifiers.entries()) {
    const page = index === 0 ? verifier : await open(`verifier${index}`, 'verification?window=H1&mode=unit')
    await page.getByRole('button', { name: /^全部按自评分通过/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: '通过' }).click()
    await page.getByText(/全部核查完毕/).waitFor()
  }

  await head.reload()
  await head.getByText('分工文件已过期').waitFor()
  await head.goto(`${server.url}/assessments/${assessmentId}/home`)
  await head.getByText('94.50').first().waitFor()
})
