import { expect, it } from 'vitest'
import { demoCity } from './demo-city.ts'

const city = demoCity()

interface Due {
  readonly findingId: string
  readonly fullNumber: string
  readonly deadline: string | null
  readonly status: string
}

it('next year’s announcement is pasted and in force; a deadline that it puts on another day is listed and confirmed', async () => {
  const context = await city.signedIn('office')
  const json = async (path: string) => (await context.request.get(city.url + path)).json()
  const { items } = await json('/api/assessments?size=100')
  const { id, today } = items.find(({ stage }: { stage: string }) => stage === 'open')
  const page = await context.newPage()
  await page.goto(`${city.url}/holidays`)
  const paste = page.getByRole('textbox', { name: /^粘贴/ })
  const announce = async (text: string) => {
    await paste.fill(text)
    await page.getByRole('button', { name: '检查' }).click()
    await page.getByRole('button', { name: /^写入 \d+ 年的安排/ }).click()
    await page.getByText(/年的放假安排已写入/).waitFor()
  }

  // The year that is not known yet stands chosen; a day that does not exist is named and nothing is written.
  const label = await page.getByText(/^粘贴 \d+ 年/).textContent()
  const year = Number(/\d{4}/.exec(label ?? '')?.[0])
  await paste.fill('一、元旦：1月1日至3日放假调休。\n二、劳动节：5月1日至32日放假。')
  await page.getByRole('button', { name: '检查' }).click()
  await page.getByText(/不是一个日期/).waitFor()
  expect(await page.getByRole('button', { name: /^写入/ }).count()).toBe(0)
  await announce('一、元旦：1月1日至3日放假调休，共3天。\n二、国庆节：10月1日至7日放假调休，共7天。')
  await page.getByRole('row', { name: new RegExp(`^${year}.*10-07`) }).waitFor()

  // An open deadline falls on a day that is declared free: it moves to a later one, once somebody confirms it.
  const { items: due }: { items: Due[] } = await json(`/api/assessments/${id}/due?size=500`)
  const open = due.find(({ status, deadline }) => status === 'open' && deadline !== null && deadline > today)
  if (!open?.deadline) throw new Error('the demo has no open deadline')
  const [yearOfDeadline = '', month = '', day = ''] = open.deadline.split('-')
  await page.getByRole('combobox', { name: '年份' }).press('Enter')
  await page.getByRole('option', { name: new RegExp(`^${yearOfDeadline}`) }).click()
  await page.getByRole('textbox', { name: '更改理由' }).fill('补充通知')
  await announce(`${Number(month)}月${Number(day)}日放假。`)
  const row = page.getByRole('row', { name: new RegExp(open.fullNumber) })
  await row.waitFor()
  expect(await row.getByRole('checkbox').isChecked()).toBe(true)
  const texts = await row.getByRole('cell').allTextContents()
  expect(texts.filter((text) => /^\d{4}-\d\d-\d\d$/.test(text.trim())).map((text) => text.trim())).toEqual([
    open.deadline,
    expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  ])
  await page.getByRole('button', { name: /^顺延 \d+ 条/ }).click()
  await page.getByText(/已顺延 \d+ 条/).waitFor()
  await row.waitFor({ state: 'detached' })
  const { items: after }: { items: Due[] } = await json(`/api/assessments/${id}/due?size=500`)
  const moved = after.find(({ findingId }) => findingId === open.findingId)
  expect(moved?.deadline && moved.deadline > open.deadline).toBe(true)
  await context.close()
}, 120_000)
