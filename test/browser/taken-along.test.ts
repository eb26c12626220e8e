import ExcelJS from 'exceljs'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { demoCity } from './demo-city.ts'

const city = demoCity()

/** The rows of the file that the page's first table, or one of a name, is taken along in, as texts. */
async function taken(page: Page, name: string | RegExp = '导出本表'): Promise<string[][]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('main').getByRole('button', { name }).first().click(),
  ])
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(await download.path())
  const rows: string[][] = []
  workbook.worksheets[0]?.eachRow((row) => {
    const texts: string[] = []
    row.eachCell({ includeEmpty: false }, (cell) => texts.push(cell.text))
    rows.push(texts)
  })
  return rows
}

it('what is shown is taken along: searched, sorted, with a title, the assessment and the day', async () => {
  const context = await city.signedIn('office', 'zh-CN', { acceptDownloads: true })
  const json = async (path: string) => (await context.request.get(city.url + path)).json()
  const { items } = await json('/api/assessments?size=100')
  const [running, published] = ['open', 'published'].map((stage) =>
    items.find((item: { stage: string }) => item.stage === stage),
  )
  const { standings } = await json(`/api/assessments/${published.id}/standings`)
  const units: { unitId: string; unit: string }[] = standings.slice(0, 3)
  const page = await context.newPage()
  const open = async (address: string) => {
    await page.goto(`${city.url}/assessments/${address}`)
    await page.getByRole('main').getByRole('table').first().waitFor()
  }
  const about = ({ name, defaultAsOf }: { name: string; defaultAsOf: string }) =>
    expect.stringContaining(`${name}，数据截至 ${defaultAsOf}`)

  await open(`${running.id}/rectification?tab=overdue`)
  const due = await taken(page)
  expect(due[1]).toEqual([about(running)])
  expect(due[1]?.[0]).toContain('逾期')

  await open(`${running.id}/self?window=H1&progress.q=${encodeURIComponent('教育')}`)
  const progress = await taken(page)
  expect(progress[1]?.[0]).toContain('“教育”')
  const head = progress.findIndex((row) => row[0] === '单位')
  expect(progress.slice(head + 1).map(([unit]) => unit)).toEqual(['市教育局'])

  await open(`${running.id}/verification?window=H1`)
  const verification = await taken(page, /^导出本表 /)
  expect(verification[1]).toEqual([about(running)])
  const verified = verification.findIndex((row) => row[0] === '单位')
  expect(verification[verified]).toContain('自评分')
  expect(verification.slice(verified + 1).length).toBeGreaterThan(0)

  const crowded = standings.at(-1) as { unitId: string }
  await open(`${published.id}/units/${crowded.unitId}?findings.sort=number`)
  const scorecard = await taken(page)
  expect(scorecard[1]).toEqual([about(published)])
  // Words, not what the program calls them.
  expect(scorecard.flat().join(' ')).toMatch(/已扣分|已销号/)
  expect(scorecard.flat().join(' ')).not.toMatch(/closed|lost|open/)
  const numbers = scorecard.slice(3).flatMap(([number = '']) => (/^\d{4}-\d+$/.test(number) ? [number] : []))
  expect(numbers).toEqual([...numbers].sort((a, b) => Number(a.split('-')[1]) - Number(b.split('-')[1])))

  await open(`${published.id}/compare?units=${units.map(({ unitId }) => unitId).join()}`)
  const comparison = await taken(page)
  expect(comparison[1]).toEqual([about(published)])
  for (const { unit } of units) expect(comparison.flat()).toContain(unit)
  expect(comparison.flat()).toContain('等次')
  await context.close()
}, 120_000)
