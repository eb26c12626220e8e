import { beforeAll, expect, it, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
const load = async () => ({
  ...(await import('../../web/components/result/insight/movers.ts')),
  ...(await import('../../web/components/result/ranking/rank-words.ts')),
  ...(await import('../../web/components/result/since-words.ts')),
})
let web: Awaited<ReturnType<typeof load>>
beforeAll(async () => {
  web = await load()
})

const part = (name: string, change: string) => ({ component: name, name, before: '0', now: '0', change })
const since = [part('自我考核', '-2.00'), part('平时考核', '-0.45'), part('第三方评估', '0.95')]
const unit = (name: string, composite: string | null, previousComposite: string | null) => ({
  unitId: name,
  unit: name,
  group: '县区',
  rank: 1,
  composite,
  grade: null,
  components: {},
  pending: [],
  previousRank: 1,
  previousComposite,
  since,
})

it('who fell, who rose, and who moved most either way', () => {
  const rows = [
    unit('甲', '90.00', '88.00'),
    unit('乙', '85.00', '89.50'),
    unit('丙', '88.00', '88.00'),
    unit('丁', null, '70.00'),
    unit('戊', '87.00', '88.00'),
  ]
  const names = (order: 'moved' | 'fell' | 'rose') => web.moversOf(rows, order, 8).map(({ row }) => row.unit)
  expect([names('moved'), names('fell'), names('rose')]).toEqual([['乙', '甲', '戊'], ['乙', '戊'], ['甲']])
  expect(web.moversOf(rows, 'fell', 1)).toMatchObject([{ before: '89.50', now: '85.00', change: '-4.50' }])
})

it('why a unit stands otherwise than the year before, in one sentence', () => {
  const previous = { year: 2017, composite: '90.00', comparable: true, since }
  expect(web.sinceWords('88.50', previous)).toBe('比 2017 年低 1.50 分，主要在自我考核（−2.00）')
  expect(web.sinceWords('91.00', previous)).toBe('比 2017 年高 1.00 分，主要在第三方评估（+0.95）')
  expect(web.sinceWords('90.00', previous)).toBe('与 2017 年持平')
  expect(web.sinceWords('88.50', { ...previous, since: [] })).toBe('比 2017 年低 1.50 分')
  expect(web.sinceWords('88.50', { ...previous, comparable: false })).toBe('')
  expect(web.sinceWords(null, previous)).toBe('')
})

it('how sure a rank is, in words beside it', () => {
  const drawn = { unitId: '甲', group: '县区', of: 40, grades: [{ grade: '良好', share: 0.96 }] }
  const words = (low: number, high: number) => web.sureRank(12, { ...drawn, low, high } as never)
  expect(words(7, 13)).toBe('第 12 名；权重稍变，名次在 7–13 之间；良好 96%')
  expect(words(12, 12)).toBe('第 12 名；权重稍变，仍为第 12 名；良好 96%')
})
