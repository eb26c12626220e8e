import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import { assess } from '#assessment/score/assess'
import { entriesOn, type Scorecard } from '#assessment/score/scorecard'
import { lossItems } from '../../web/components/result/loss-items.ts'
import { finding, halves, oneUnit, plainCalendar } from '../fixtures/facts.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
const load = async () => ({
  ...(await import('../../web/i18n.ts')),
  ...(await import('../../web/scheme-names.ts')),
  ...(await import('../../web/components/finding/entry-name.ts')),
  ...(await import('../../web/components/result/interim-words.ts')),
  ...(await import('../../web/components/result/loss-words.ts')),
  ...(await import('../../web/components/result/missing-words.ts')),
  ...(await import('../../web/components/result/ranking/ranking-columns.ts')),
  ...(await import('../../web/components/result/scorecard/equation-words.ts')),
  ...(await import('../../web/components/result/scorecard/term-words.ts')),
})
let web: Awaited<ReturnType<typeof load>>
beforeAll(async () => {
  web = await load()
  web.takeSchemeNames(municipal.english)
})
/** What is said with the page in English. */
function inEnglish<T>(say: () => T): T {
  web.i18n.global.locale.value = 'en'
  try {
    return say()
  } finally {
    web.i18n.global.locale.value = 'zh-CN'
  }
}
afterAll(() => web.takeSchemeNames({}))

/** Everything known for 2017 but the third party's marks: a scorecard with losses and a part that is pending. */
const facts = oneUnit({
  findings: [finding('2017-001', '上级检查通报'), finding('2017-002', '举报查实')],
  verified: halves('u', '80', '90'),
})
const [card] = assess(municipal, facts, '2018-01-31', plainCalendar).scorecards
const [, self, external] = municipal.components

describe('on English pages a scheme speaks English', () => {
  it('in the lines of a scorecard', () => {
    const said = inEnglish(() => [
      ...(card?.components ?? []).map(web.termWords),
      web.equationText({ ...(card as Scorecard), grade: '优秀', composite: '90.00' }),
      ...lossItems(card as Scorecard, municipal).map(({ subject }) => web.lossWords(subject)),
      ...entriesOn(card as Scorecard).map(web.entryName),
      self ? web.reasonWords({ code: 'window-missing', window: 'H1' }, self) : '',
      external ? web.reasonWords({ code: 'external-missing', window: null, dimension: null }, external) : '',
    ])
    expect(said.join('\n')).not.toMatch(/\p{Script=Han}/u)
    expect(said.join('\n')).toContain('First half')
  })

  it('where names stand together, and in the choices of a filter, whose values stay as they are', () => {
    const basis = { basis: ['平时考核', '自我考核·上半年'], share: '0.5' }
    expect(inEnglish(() => web.basisWords(basis))).toContain('Self-assessment·First half')
    const [grades] = inEnglish(() => web.rankingFilters(municipal))
    expect(grades?.type === 'choice' ? grades.choices[0] : null).toEqual({
      value: '优秀',
      label: 'Excellent',
    })
  })

  it('and on Chinese pages Chinese; what it has no words for stands as it is', () => {
    expect(web.named('平时考核')).toBe('平时考核')
    expect(inEnglish(() => [web.named('平时考核'), web.named('市直部门')])).toEqual([
      'Routine assessment',
      '市直部门',
    ])
  })
})
