import { expect, it } from 'vitest'
import { demoCity } from './demo-city.ts'

const city = demoCity()

it('from last year’s scheme and participants to an open year, left and taken up again in between', async () => {
  const context = await city.signedIn('office')
  const page = await context.newPage()
  await page.goto(`${city.url}/new-year`)
  await page.getByText('将沿用').waitFor()
  await page.getByRole('button', { name: '下一步' }).click()

  const scheme = page.getByRole('combobox', { name: '本年度采用的考核办法' })
  await scheme.waitFor()
  await page.getByText('这份办法已有考核使用').waitFor()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('heading', { name: /50 个考核对象/ }).waitFor()

  const address = page.url()
  await page.goto(`${city.url}/new-year`)
  await page.getByRole('heading', { name: '继续设置' }).waitFor()
  await page.goto(address)
  await page.getByLabel('从 Excel 粘贴').fill('督查组\t派出机构\n没有这个单位')
  await page.getByRole('button', { name: '增加粘贴的单位' }).click()
  await page.getByText('有 1 个名称不在单位名册中').waitFor()
  await page.getByRole('heading', { name: /51 个考核对象.*派出机构 1 个/ }).waitFor()
  await page.getByRole('button', { name: '保存，下一步' }).click()

  await page.getByText('该年节假日安排未公布').first().waitFor()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('heading', { name: '可以开始考核' }).waitFor()
  await page.getByRole('button', { name: '开始考核' }).click()
  await page.getByRole('heading', { name: '日程' }).waitFor()
  await page.getByText('进入“考核中”').waitFor()
  expect(await page.getByText('51 个单位尚未报送').count()).toBeGreaterThan(0)
})
