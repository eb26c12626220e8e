import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { reportOf, soundSum, wrongSum } from '../fixtures/report-texts.ts'
import { demoCity } from './demo-city.ts'

const city = demoCity()

/** A page of the running assessment, for somebody signed in. */
async function opened(username: string, address: string): Promise<Page> {
  const context = await city.signedIn(username)
  const page = await context.newPage()
  const { items } = await (await page.request.get(`${city.url}/api/assessments`)).json()
  await page.goto(`${city.url}/assessments/${items[0].id}/${address}`)
  await page.locator('h1').first().waitFor()
  return page
}

it(
  'three reports are uploaded, a sum that does not add up is marked in the text, confirmed into the ledger, and the unit rectifies it',
  { timeout: 120_000 },
  async () => {
    const office = await opened('office', 'reports')
    await office.getByRole('button', { name: '添加报告' }).click()
    const files = [
      ['自然资源.txt', reportOf('市自然资源局', 2024, wrongSum)],
      ['教育.txt', reportOf('市教育局', 2024, soundSum)],
      ['不在名单.txt', reportOf('市海洋局', 2024, soundSum)],
    ] as const
    await office
      .locator('input[type=file]')
      .setInputFiles(
        files.map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })),
      )
    // Whose the third is nobody can tell from its title: a person says so.
    await office.getByRole('button', { name: '存入 2 份' }).waitFor()
    await office.getByText('报告自称：市海洋局').waitFor()
    const third = office.locator('li', { hasText: '不在名单.txt' })
    await third.getByRole('combobox', { name: '单位' }).fill('市林业局')
    await office.getByRole('option', { name: '市林业局' }).click()
    await office.getByRole('button', { name: '存入 3 份' }).click()
    await expect.poll(() => office.getByText(/已存入，新增疑点 \d+ 条/).count(), { timeout: 20_000 }).toBe(3)
    await office.context().close()

    const agency = await opened('agency', 'suspicions?rule=sums')
    const row = agency.locator('tbody tr', { hasText: '市自然资源局' }).filter({ hasText: '144' })
    await row.locator('a[data-row]').click()
    const mark = agency.locator('mark.fail.chosen')
    await mark.waitFor()
    expect(await mark.textContent()).toContain('144条')
    await agency.keyboard.press('k')
    expect(await agency.locator('mark.fail.chosen', { hasText: '144条' }).count()).toBe(0)
    await agency.keyboard.press('j')
    await mark.waitFor()
    await agency.keyboard.press('c')
    const dialog = agency.getByRole('dialog', { name: '确认疑点，登记为问题' })
    expect(await dialog.getByLabel('事由').inputValue()).toContain('2024 年度报告')
    await dialog.getByRole('button', { name: '确认并登记' }).click()
    await dialog.waitFor({ state: 'detached' })
    const became = agency.getByRole('link', { name: /^已登记为 市自然资源局/ })
    const number = /\d{4}-\d+/.exec((await became.textContent()) ?? '')?.[0] ?? ''
    await became.click()
    await agency.locator('aside').getByText('来自疑点').waitFor()
    await agency.locator('aside').getByRole('link', { name: '自然资源.txt' }).first().waitFor()
    await agency.locator('aside').getByRole('link', { name: '查看原文中的位置' }).click()
    await mark.waitFor()
    await agency.context().close()

    const editor = await opened('editor', 'reports')
    await editor.locator('tbody tr', { hasText: '2024' }).locator('a[data-row]').click()
    await editor.locator('mark.fail', { hasText: '144条' }).waitFor()
    expect(await editor.locator('button.observation').count()).toBe(1)
    await editor.goto(editor.url().replace(/\/reports\/.*/, '/deductions'))
    await editor.getByRole('link', { name: `报送整改 ${number}`, exact: true }).click()
    await editor.locator('aside').getByText('来自疑点').waitFor()
    const form = editor.getByRole('form', { name: '审定并报送' })
    await form.getByLabel('整改情况').fill('分项漏计 10 条，已更正并重新发布。')
    await form.getByRole('button', { name: '审定并报送' }).click()
    await form.waitFor({ state: 'detached' })
    await editor.locator('aside ol.course').getByText('报送整改').first().waitFor()
    await editor.context().close()
  },
)
