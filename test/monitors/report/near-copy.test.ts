import { describe, expect, test } from 'vitest'
import { observationsOn, reportsIn, Shelf } from '../../../server/monitors/report/check-report.ts'
import { commonPassages } from '../../../server/monitors/report/near-copy/passages.ts'
import { signatureOf, similarity } from '../../../server/monitors/report/near-copy/signature.ts'
import { firstReports } from '../../fixtures/reports/first-reports.ts'
import { requestsTable } from '../../fixtures/reports/tables.ts'
import { thirdReports } from '../../fixtures/reports/third-reports.ts'

/** What is told of the last of some reports about the others, each by its name. */
function toldOfLast(rule: 'near-copy' | 'cross-footing', texts: Readonly<Record<string, string>>) {
  const shelf = new Shelf()
  const kept = Object.entries(texts).flatMap(([name, text]) =>
    reportsIn(text).map((report) => ({ report, text, kept: shelf.keep(report, name) })),
  )
  const last = kept.at(-1)
  if (!last) throw new Error('no report')
  return observationsOn(last.report, last.text, shelf, last.kept).filter((seen) => seen.rule === rule)
}

const original = firstReports[0]?.text ?? ''
/** Another town's report of the same year: its name and its figures, and for the rest the same words. */
const copy = original
  .replaceAll('青石镇', '白马镇')
  .replace('74条', '86条')
  .replace('工作动态类32条', '工作动态类44条')
  .replace('全年召开专题会议3次', '全年共召开专题会议5次')

describe('a report that is word for word another’s', () => {
  test('of another unit is told with that unit’s report, what they share, and the longest passage', () => {
    const [told, ...more] = toldOfLast('near-copy', { '青石镇 2012': original, '白马镇 2012': copy })
    expect(more).toEqual([])
    expect(told).toMatchObject({
      severity: 'warn',
      message: 'copy-of-other',
      params: { other: '青石镇 2012' },
    })
    expect(Number.parseInt(told?.params['share'] ?? '', 10)).toBeGreaterThan(75)
    expect(told?.excerpt.length).toBeGreaterThan(60)
    const words = (text = ''): string => text.replace(/[^一-鿿]/g, '')
    expect(words(original)).toContain(words(told?.excerpt))
  })

  test('of the unit’s own earlier year is told as that', () => {
    const later = original.replaceAll('2012年', '2013年').replace('2013年1月18日', '2014年1月18日')
    const [told] = toldOfLast('near-copy', { '青石镇 2012': original, '青石镇 2013': later })
    expect(told).toMatchObject({ message: 'copy-of-earlier', params: { other: '青石镇 2012' } })
  })

  test('is not told of the one that came first, nor of reports that share the form alone', () => {
    const earlier = copy.replaceAll('2012年', '2010年').replace('2013年1月18日', '2011年1月18日')
    expect(toldOfLast('near-copy', { '青石镇 2012': original, '白马镇 2010': earlier })).toEqual([])
    const others = [...firstReports, ...thirdReports].map(({ text }, index) => [`${index}`, text] as const)
    for (const [name, text] of others.slice(1)) {
      expect(toldOfLast('near-copy', { '0': original, [name]: text })).toEqual([])
    }
  })
})

test('signatures agree in about as many places as texts share shingles', () => {
  const words = Array.from({ length: 3000 }, (_, index) =>
    String.fromCharCode(0x4e00 + ((index * 7919) % 5000)),
  )
  const text = words.join('')
  const signature = signatureOf(text)
  for (const kept of [0.25, 0.5, 0.75]) {
    const half = text.slice(0, text.length * kept)
    const other = signatureOf(
      half + half.replace(/./gs, (each) => String.fromCharCode(each.charCodeAt(0) + 5000)),
    )
    const union = text.length + half.length
    if (!signature || !other) throw new Error('too short')
    expect(similarity(signature, other)).toBeCloseTo(half.length / union, 0)
    expect(Math.abs(similarity(signature, other) - half.length / union)).toBeLessThan(0.12)
  }
})

test('common passages lie side by side, figures and stops aside', () => {
  const left = '一、概述。本镇坚持把政府信息公开作为转变作风、服务群众的重要抓手，明确一名副镇长分管。'
  const right = '我乡2015年坚持把政府信息公开作为转变作风服务群众的重要抓手，明确两名副乡长分管。'
  const [passage, ...more] = commonPassages(left, right)
  expect(more).toEqual([])
  expect(left.slice(passage?.left.start, passage?.left.end)).toBe(
    '坚持把政府信息公开作为转变作风、服务群众的重要抓手，明确',
  )
  expect(right.slice(passage?.right.start, passage?.right.end)).toBe(
    '坚持把政府信息公开作为转变作风服务群众的重要抓手，明确',
  )
})

describe('what was carried over', () => {
  const report = (
    year: number,
    carriedIn: number,
    carriedOut: number,
  ): string => `青石镇${year}年政府信息公开工作年度报告
一、总体情况
本镇认真贯彻条例。
三、收到和处理政府信息公开申请情况
${requestsTable(2021, {
  结转: [carriedIn, 0, 0, 0, 0, 0, carriedIn],
  下年: [carriedOut, 0, 0, 0, 0, 0, carriedOut],
})}`

  test.each([
    [2, 'pass', '2 = 2'],
    [1, 'fail', '2 = 1'],
  ])('by last year’s report and received from it: %i is a %s', (received, severity, sides) => {
    const told = toldOfLast('cross-footing', {
      '2022': report(2022, 0, 2),
      '2023': report(2023, received, 0),
    })
    expect(told.filter(({ params }) => params['then'] === '2')).toMatchObject([
      { severity, params: { sides } },
    ])
  })
})
