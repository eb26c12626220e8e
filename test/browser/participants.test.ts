import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { demoCity } from './demo-city.ts'

const city = demoCity()

interface Listed {
  readonly version: string
  readonly items: readonly { unitId: string; unit: string; group: string; heldBy: string[] }[]
}
async function running(page: Page): Promise<string> {
  const { items } = await (await page.request.get(`${city.url}/api/assessments?size=100`)).json()
  return (items as { id: string; stage: string }[]).find(({ stage }) => stage === 'open')?.id ?? ''
}
const listed = async (page: Page, id: string): Promise<Listed> =>
  (await page.request.get(`${city.url}/api/assessments/${id}/participants`)).json()

it('the office moves several units to another group, is asked before it leaves, and chooses where somebody else was first', async () => {
  const page = await (await city.signedIn('office')).newPage()
  const id = await running(page)
  const held = (await listed(page, id)).items.find(({ heldBy }) => heldBy.includes('findings'))?.unit ?? ''
  await page.goto(`${city.url}/assessments/${id}/course`)
  await page.getByRole('link', { name: '调整考核对象' }).click()
  await page.waitForURL(/\/participants\?change/)

  await page.getByLabel('按单位或分组查找').fill(held)
  const row = page.locator('li', { hasText: held })
  await row.getByText('不能移出：已有问题').waitFor()
  expect(await row.getByRole('button').count()).toBe(0)

  await page.getByLabel('按单位或分组查找').fill('局')
  const units = page.locator('li .el-checkbox')
  await units.nth(0).click()
  await units.nth(1).click()
  await page.getByText('已选 2 个').waitFor()
  await page.getByLabel('移到哪个分组').fill('派出机构')
  await page.getByRole('button', { name: '改分组' }).click()
  await page.getByLabel('按单位或分组查找').fill('')
  await page.getByRole('heading', { name: '派出机构 2 个' }).waitFor()
  await page.getByText('改分组 2 个').waitFor()

  await page.getByLabel('从 Excel 粘贴').fill('督查\t派出机构')
  await page.getByRole('button', { name: '增加粘贴的单位' }).click()
  await page.getByRole('button', { name: /督查组/ }).click()
  await page.getByRole('heading', { name: '派出机构 3 个' }).waitFor()

  await page.getByRole('button', { name: '看列表' }).click()
  await page.getByText('没有保存的改动会丢失').waitFor()
  await page.getByRole('button', { name: '留在这里' }).click()
  await page.getByRole('heading', { name: '派出机构 3 个' }).waitFor()

  const { version, items } = await listed(page, id)
  const [first, ...rest] = items
  const other = await page.request.put(`${city.url}/api/assessments/${id}/participants`, {
    data: {
      participants: [{ ...first, group: '垂管单位' }, ...rest].map(({ unitId = '', group }) => ({
        unitId,
        group,
      })),
      reason: '另一人的调整',
    },
    headers: { Origin: city.url, 'If-Match': version },
  })
  expect(other.status()).toBe(200)
  await page.getByRole('button', { name: '保存调整' }).click()
  await page.getByText('请填写原因').waitFor()
  await page.getByLabel('原因').fill('机构调整')
  await page.getByRole('button', { name: '保存调整' }).click()
  await page.getByText('保存之前，这里已被他人修改').waitFor()
  expect(await page.getByText('垂管单位').count()).toBe(1)
  await page.getByRole('button', { name: '用我的' }).click()
  await page.getByRole('button', { name: '保存调整' }).click()
  await page.getByText('还没有改动').waitFor()

  const now = await listed(page, id)
  expect(now.items.filter(({ group }) => group === '派出机构')).toHaveLength(3)
  expect(now.items.filter(({ group }) => group === '垂管单位')).toHaveLength(0)
  await page.getByRole('button', { name: '看列表' }).click()
  await page.getByRole('cell', { name: '派出机构' }).first().waitFor()
})

it('what was recorded meanwhile is no conflict, and a leader reads the list as a table', async () => {
  const page = await (await city.signedIn('office')).newPage()
  const id = await running(page)
  await page.goto(`${city.url}/assessments/${id}/participants?change=1`)
  await page.locator('li .el-checkbox').nth(3).click()
  await page.getByLabel('移到哪个分组').fill('单列单位')
  await page.getByRole('button', { name: '改分组' }).click()
  await page.getByLabel('原因').fill('单独排名')

  const { version, items } = await listed(page, id)
  const again = await page.request.put(`${city.url}/api/assessments/${id}/participants`, {
    data: { participants: items.map(({ unitId, group }) => ({ unitId, group })) },
    headers: { Origin: city.url, 'If-Match': version },
  })
  expect(again.status()).toBe(200)
  expect((await listed(page, id)).version).not.toBe(version)
  await page.getByRole('button', { name: '保存调整' }).click()
  await page.getByText('还没有改动').waitFor()

  const leader = await (await city.signedIn('leader')).newPage()
  await leader.goto(`${city.url}/assessments/${id}/participants?change=1`)
  await leader.getByRole('cell', { name: '单列单位' }).waitFor()
  expect(await leader.getByRole('button', { name: '调整考核对象' }).count()).toBe(0)
  expect(await leader.getByText('已有记录').count()).toBe(0)
})
