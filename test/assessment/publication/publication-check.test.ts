import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import { isTampering, rowChanges } from '#assessment/publication/fact-changes'
import type { Facts } from '#assessment/score/facts'
import { municipal } from '#assessment/presets/municipal'
import { checkCodes, checkPublication, errorsAmong, gravityOf } from '#assessment/publication/check'
import { publicationBody } from '#assessment/publication/publication'
import { differencesBetween, sameResults } from '#assessment/publication/result-diff'
import type { Scheme } from '#assessment/rule/scheme'
import type { Stage } from '#assessment/vocabulary'
import { finding, halves, kindOf, noFacts, oneUnit, plainCalendar, thirdParty } from '../../fixtures/facts.ts'
import { assessMarks } from '../../fixtures/marked.ts'

const asOf = '2018-02-10'
const closed = ['H1', 'H2'].map((window) => ({ component: 'self', window, on: '2018-01-16' }))

function check(
  facts: Facts,
  { stage = 'aggregating' as Stage, scheme = municipal as Scheme, day = asOf } = {},
) {
  const assessed = assess(scheme, facts, day, plainCalendar)
  return checkPublication({ stage, scheme, facts, calendar: plainCalendar, assessed })
}

const complete = (changes: Partial<Facts> = {}): Facts =>
  oneUnit({ verified: halves('u', '84'), external: thirdParty('u', '84'), closed, ...changes })

describe('before publication', () => {
  it('a finished year has nothing to say', () => {
    expect(check(complete())).toEqual([])
    expect(checkCodes.map((code) => gravityOf(code, { interim: null }))).toContain('note')
  })

  it('the year must be at its aggregation, or published already', () => {
    expect(check(complete(), { stage: 'open' })).toEqual([{ code: 'wrong-stage', stage: 'open' }])
    expect(check(complete(), { stage: 'published' })).toEqual([])
  })

  it('parts not known and leaves not verified are errors, open windows warnings', () => {
    const [first, second] = halves('u', '84')
    const items = check(oneUnit({ verified: [first, { ...second, marks: null }] as Facts['verified'] }))
    expect(items.map(({ code }) => code)).toEqual([
      'pending-part',
      'unverified-leaves',
      'window-open',
      'window-open',
    ])
    expect(items[1]).toMatchObject({ unit: '市自然资源局', window: '下半年', missing: 1, of: 1 })
    expect(errorsAmong(items, { interim: null })).toHaveLength(2)
  })

  it('appeals, reviews and days left to appeal name the finding or count them', () => {
    const items = check(
      complete({
        findings: [
          finding('1', '舆情回应', { then: [{ type: 'appealed', on: '2017-06-05' }] }),
          finding('2', '专项督查', {
            on: '2018-01-20',
            deadline: '2018-02-09',
            then: [{ type: 'submitted', on: '2018-02-01' }],
          }),
          finding('3', '专项督查', { on: '2018-02-06', deadline: '2018-03-09' }),
          finding('4', '专项督查', { on: '2018-02-08', deadline: '2018-03-09' }),
          finding('5', '舆情回应', { on: '2018-02-08', then: [{ type: 'reversed', on: '2018-02-09' }] }),
          finding('6', '舆情回应', {
            on: '2018-02-08',
            then: [
              { type: 'appealed', on: '2018-02-08' },
              { type: 'decided', on: '2018-02-09', outcome: 'upheld' },
            ],
          }),
          { ...finding('7', '专项督查'), facts: [] },
        ],
      }),
    )
    expect(items).toMatchObject([
      { code: 'undecided-appeal', number: '1', worth: '0.45' },
      { code: 'unreviewed-rectification', number: '2' },
      { code: 'appeal-period-open', unit: '市自然资源局', count: 2 },
    ])
  })

  it('deadlines in a year without announced holidays are counted by year', () => {
    const late = (id: string) => finding(id, '专项督查', { on: '2018-12-20', deadline: '2019-01-10' })
    const items = check(complete({ findings: [late('1'), late('2'), finding('3', '舆情回应')] }), {
      day: '2018-12-28',
    })
    expect(items.filter(({ code }) => code === 'unannounced-deadlines')).toEqual([
      {
        code: 'unannounced-deadlines',
        year: 2019,
        count: 2,
        findingId: '1',
        number: '1',
        unit: '市自然资源局',
      },
    ])
  })
})

it('a deadline of a kind whose points are lost at once need not be moved', () => {
  const findings = [finding('1', '举报查实', { on: '2018-12-20', deadline: '2019-01-10' })]
  const codes = check(complete({ findings }), { day: '2018-12-28' }).map(({ code }) => code)
  expect(codes).not.toContain('unannounced-deadlines')
})

it('results so far on which nothing counts yet cannot be published', () => {
  const scheme: Scheme = {
    ...municipal,
    components: municipal.components.filter(({ method }) => method !== 'deductions'),
  }
  const facts = oneUnit()
  const assessed = assess(scheme, facts, '2017-05-01', plainCalendar, { interim: true })
  const items = checkPublication({ stage: 'open', scheme, facts, calendar: plainCalendar, assessed })
  expect(errorsAmong(items, assessed)).toEqual([{ code: 'basis-empty' }])
})

it('results so far near the line of a grade may be published: they have none', () => {
  const facts = oneUnit({ verified: halves('u', '82.9').slice(0, 1) })
  const assessed = assess(municipal, facts, '2017-08-01', plainCalendar, { interim: true })
  expect(assessed.scorecards[0]?.composite).toBe('90.23')
  const items = checkPublication({
    stage: 'open',
    scheme: municipal,
    facts,
    calendar: plainCalendar,
    assessed,
  })
  expect(items.map(({ code }) => code)).not.toContain('near-grade-edge')
  expect(errorsAmong(items, assessed)).toEqual([])
})

describe('a unit near a grade line', () => {
  const near = (marks: string, findings: Facts['findings'] = [], scheme: Scheme = municipal) =>
    check(complete({ verified: halves('u', marks), external: thirdParty('u', marks), findings }), { scheme })

  it('falls with one problem more, or rises with one less', () => {
    // 30 + 0.7 × 86 = 90.2; a problem costs 0.45.
    expect(near('86')).toMatchObject([
      {
        code: 'near-grade-edge',
        composite: '90.20',
        grade: '优秀',
        other: '良好',
        line: '90.00',
        distance: '0.20',
      },
    ])
    // With one problem, 30 − 0.45 + 60.2 = 89.75.
    expect(near('86', [finding('1', '舆情回应')])).toMatchObject([
      { grade: '良好', other: '优秀', line: '90.00', distance: '-0.25' },
    ])
    expect(near('88')).toEqual([])
  })

  it('loses nothing more below the floor, and gets back only what is above it', () => {
    const floored: Scheme = {
      ...municipal,
      components: municipal.components.map((one) =>
        one.method === 'deductions' ? { ...one, base: 10_000, floor: 9_950 } : one,
      ),
    }
    // One problem of 1.5 is cut at 0.5 by the floor: 29.85 + 60.2 = 90.05.
    expect(near('86', [finding('1', '舆情回应')], floored)).toEqual([])
    const [down] = near('85.9', [], floored)
    expect(down).toMatchObject({ grade: '优秀', other: '良好', distance: '0.13' })
  })
})

describe('where a grade has places and no line', () => {
  const grade = (name: string, from: number | null) => ({ name, from, share: null, count: null, groups: [] })
  const scheme: Scheme = {
    ...municipal,
    grades: [grade('优秀', 9000), { ...grade('良好', null), count: 1 }, grade('不合格', 0)],
    components: municipal.components.map((one) =>
      one.method === 'deductions'
        ? { ...one, kinds: [...one.kinds, kindOf('泄密', { vetoes: [{ type: 'grade', grade: '不合格' }] })] }
        : one,
    ),
  }
  const near = (marks: string, findings: Facts['findings'] = []) =>
    check(complete({ verified: halves('u', marks), external: thirdParty('u', marks), findings }), {
      scheme,
    }).map((item) => 'grade' in item && [item.grade, item.other])

  it('only other units can tell whether one is near it', () => {
    expect(near('84')).toEqual([])
    // 90.20: one problem of 0.45 more leaves the places to be given, a leak does not.
    expect(near('86')).toEqual([['优秀', '不合格']])
  })
  it('a unit kept out by its leak is near no line, whatever it would reach without', () => {
    expect(near('86', [finding('1', '泄密')])).toEqual([])
    expect(near('84', [finding('1', '泄密')])).toEqual([])
  })
})

describe('third-party marks that look alike', () => {
  const alike = (rows: readonly (readonly string[])[]) => {
    const { scheme, assessed } = assessMarks(rows, [5000, 5000])
    const items = checkPublication({
      stage: 'aggregating',
      scheme,
      facts: noFacts,
      calendar: plainCalendar,
      assessed,
    })
    return items.filter(({ code }) => code === 'marks-alike')
  }

  it('are those where more than half are the same', () => {
    const rows = [
      ['70', '80'],
      ['75', '80'],
      ['82', '80'],
      ['90', '81'],
    ]
    expect(alike(rows)).toMatchObject([{ component: 'c1', how: 'identical', mark: '80.00', count: 3, of: 4 }])
    expect(alike(rows.slice(0, 3))).toEqual([])
  })

  it('are not looked for where hardly a unit has any', () => {
    const rows = ['70', '75', '82', '90'].map((marks) => [marks, null])
    const { scheme, assessed } = assessMarks(rows, [1, 0])
    const about = { stage: 'aggregating', scheme, facts: noFacts, calendar: plainCalendar, assessed } as const
    expect(checkPublication(about).filter(({ code }) => code === 'marks-alike')).toEqual([])
  })

  it('or where they hardly differ beside the other part', () => {
    const rows = [
      ['50', '80'],
      ['65', '80.1'],
      ['82', '80.2'],
      ['99', '80.3'],
    ]
    expect(alike(rows)).toMatchObject([{ component: 'c1', how: 'narrow', mark: null }])
  })
})

describe('two results', () => {
  const at = (marks: string) =>
    assess(municipal, complete({ external: thirdParty('u', marks) }), asOf, plainCalendar)

  it('are the same when every unit is, to the last exact figure', () => {
    expect(sameResults(at('84'), at('84'))).toBe(true)
    expect(sameResults(at('84'), at('84.001'))).toBe(false)
    expect(differencesBetween(at('84'), at('84'))).toEqual([])
  })

  it('differ in units that moved, came or left', () => {
    const nobody = { standings: [] }
    const place = { composite: '88.80', grade: '良好', rank: 1 }
    expect(differencesBetween(at('84'), at('94'))).toMatchObject([
      { unit: '市自然资源局', from: place, to: { composite: '91.80', grade: '优秀', rank: 1 } },
    ])
    expect(differencesBetween(nobody, at('84'))).toMatchObject([{ from: null, to: place }])
    expect(differencesBetween(at('84'), nobody)).toMatchObject([{ from: place, to: null }])
  })

  it('are frozen with their scheme and day', () => {
    const about = { id: 'a', name: '考核', year: 2017, unit: '云州市' }
    expect(publicationBody(about, municipal, 'digest', at('84'))).toMatchObject({
      format: 2,
      asOf,
      factsDigest: 'digest',
      standings: [{ composite: '88.80' }],
    })
  })
})

it('rows are added, altered or missing; only what can merely be added is tampered with', () => {
  const changes = rowChanges('findings', { a: '1', b: '2', c: '3' }, { a: '1', b: 'x', d: '4' })
  expect(changes).toEqual([
    { table: 'findings', key: 'c', change: 'missing' },
    { table: 'findings', key: 'b', change: 'altered' },
    { table: 'findings', key: 'd', change: 'added' },
  ])
  expect(changes.map(isTampering)).toEqual([true, true, false])
  expect(isTampering({ table: 'units', key: 'u', change: 'altered' })).toBe(false)
})
