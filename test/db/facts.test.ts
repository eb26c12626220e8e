import { expect, test } from 'vitest'
import { loadFacts } from '../../db/facts.ts'
import { findFinding, insertFindingFacts, insertFindings, nextFindingNumbers } from '../../db/findings.ts'
import { insertClaims, insertExternalMarks, insertSubmissions, insertVerifiedMarks } from '../../db/marks.ts'
import { closeWindow } from '../../db/windows.ts'
import { eachDatabase } from '../fixtures/databases.ts'
import { finding, findingFact, moment, withCity } from './city.ts'

eachDatabase('facts', (open) => {
  test('come back as the engine reads them, in the order recorded', async () => {
    const db = await open()
    await withCity(db)
    const recorded = { recordedBy: null, recordedAt: moment }
    const self = {
      assessmentId: 'a',
      component: '自我考核',
      unitId: 'department',
      windowKey: 'H1',
      ...recorded,
    }
    await db.transaction().execute(async (trx) => {
      await insertFindings(trx, [
        finding('002', { severity: '严重' }),
        finding('001', { kind: '舆情回应', unitId: 'department' }),
      ])
      await insertFindingFacts(trx, [
        findingFact('f1', '002', { deadline: '2017-04-20' }),
        findingFact('f2', '001'),
        findingFact('f3', '002', { type: 'extended', onDay: '2017-04-18', deadline: '2017-05-02' }),
        findingFact('f4', '002', { type: 'submitted', onDay: '2017-05-01' }),
        findingFact('f5', '002', { type: 'rejected', onDay: '2017-05-03' }),
        findingFact('f6', '002', {
          type: 'decided',
          onDay: '2017-05-09',
          outcome: 'amended',
          kind: '举报查实',
          severity: '一般',
          unitId: 'county',
        }),
        findingFact('f7', '001', { type: 'reversed', onDay: '2017-04-02' }),
      ])
      await insertClaims(trx, [
        { id: 'c1', ...self, leaf: '政策解读', marks: '9', note: null },
        { id: 'c2', ...self, leaf: '政策解读', marks: '9.50', note: '补报' },
      ])
      await insertSubmissions(trx, [
        { id: 's1', ...self, type: 'submitted', onDay: '2017-07-10', reason: null },
        { id: 's2', ...self, type: 'withdrawn', onDay: '2017-07-11', reason: null },
        { id: 's3', ...self, type: 'resubmitted', onDay: '2017-07-12', reason: null },
      ])
      const verified = { ...self, reason: null, onDay: null, importId: null }
      await insertVerifiedMarks(trx, [
        { id: 'v1', ...verified, leaf: '政策解读', fullMarks: '10', marks: '8.5', notApplicable: 0 },
        { id: 'v2', ...verified, leaf: '回应关切', fullMarks: '5', marks: null, notApplicable: 1 },
        {
          id: 'v4',
          ...verified,
          leaf: '更新',
          fullMarks: '5',
          marks: '3',
          notApplicable: 0,
          observation: '良',
          follows: 1,
        },
        {
          id: 'v5',
          ...verified,
          leaf: '更新二',
          fullMarks: '5',
          marks: '4',
          notApplicable: 0,
          observation: '良',
        },
        {
          id: 'v3',
          ...verified,
          windowKey: 'H2',
          leaf: null,
          fullMarks: '100',
          marks: null,
          notApplicable: 0,
        },
      ])
      const external = {
        assessmentId: 'a',
        component: '第三方评估',
        dimension: null,
        importId: null,
        ...recorded,
      }
      await insertExternalMarks(trx, [
        { id: 'e1', ...external, unitId: 'department', marks: '83.5', onDay: '2018-01-20' },
        { id: 'e2', ...external, unitId: 'county', marks: null, onDay: null },
        {
          id: 'e3',
          ...external,
          windowKey: 'q1',
          unitId: 'county',
          marks: null,
          notApplicable: 1,
          onDay: null,
        },
      ])
      const h1 = { assessmentId: 'a', component: '自我考核', key: 'H1' }
      expect(await closeWindow(trx, h1, '2017-07-16')).toBe(true)
      expect(await closeWindow(trx, h1, '2017-07-17')).toBe(false)
    })

    const department = { unitId: 'department', component: '自我考核', window: 'H1' }
    const marked = { ...department, observation: null, on: null }
    const external = { component: '第三方评估', window: null, dimension: null }
    expect(await loadFacts(db, 'a')).toEqual({
      year: 2017,
      units: [
        { id: 'city', name: '云州市', parentId: null },
        { id: 'county', name: '云溪县', parentId: 'city' },
        { id: 'county-department', name: '云溪县教育局', parentId: 'county' },
        { id: 'department', name: '市财政局', parentId: 'city' },
      ],
      participants: [
        { unitId: 'county', group: '县区' },
        { unitId: 'department', group: '市直部门' },
      ],
      findings: [
        {
          id: '002',
          number: '2017-002',
          kind: '专项督查',
          severity: '严重',
          unitId: 'county-department',
          what: '栏目未更新',
          facts: [
            { type: 'notified', on: '2017-04-01', deadline: '2017-04-20', recordedOn: '2018-01-05' },
            { type: 'extended', on: '2017-04-18', deadline: '2017-05-02' },
            { type: 'submitted', on: '2017-05-01' },
            { type: 'rejected', on: '2017-05-03' },
            {
              type: 'decided',
              on: '2017-05-09',
              outcome: 'amended',
              kind: '举报查实',
              severity: '一般',
              unitId: 'county',
            },
          ],
        },
        {
          id: '001',
          number: '2017-001',
          kind: '舆情回应',
          severity: null,
          unitId: 'department',
          what: '栏目未更新',
          facts: [
            { type: 'notified', on: '2017-04-01', deadline: null, recordedOn: '2018-01-05' },
            { type: 'reversed', on: '2017-04-02' },
          ],
        },
      ],
      verified: [
        { ...marked, leaf: '政策解读', full: '10', marks: '8.5', claimed: '9.50' },
        { ...marked, leaf: '回应关切', full: '5', marks: 'not-applicable', claimed: null },
        // What was observed is the fact; marks beside it count only where they depart.
        { ...marked, leaf: '更新', full: '5', marks: null, observation: '良', claimed: null },
        { ...marked, leaf: '更新二', full: '5', marks: '4', observation: '良', claimed: null },
        { ...marked, window: 'H2', leaf: null, full: '100', marks: null, claimed: null },
      ],
      external: [
        { ...external, unitId: 'department', marks: '83.5', on: '2018-01-20' },
        { ...external, unitId: 'county', marks: null, on: null },
        { ...external, unitId: 'county', window: 'q1', marks: 'not-applicable', on: null },
      ],
      closed: [{ component: '自我考核', window: 'H1', on: '2017-07-16' }],
      submissions: [{ ...department, on: '2017-07-12' }],
      extensions: [],
    })
    expect((await findFinding(db, '001'))?.facts.map(({ id }) => id)).toEqual(['f2', 'f7'])
    expect(await findFinding(db, 'none')).toBeUndefined()
  })

  test('are numbered within the unit charged, clear of every number that is shown at it already', async () => {
    const db = await open()
    await withCity(db)
    const within = (unitId: string, places: string[], count: number, reserved: string[] = []) => ({
      unitId,
      places,
      count,
      reserved,
    })
    const next = (...series: Parameters<typeof nextFindingNumbers>[2]) =>
      db.transaction().execute((trx) => nextFindingNumbers(trx, { id: 'a', year: 2017 }, series))
    const county = (count: number) => within('county', ['county', 'county-department'], count)
    expect(await next(county(2), within('department', ['department'], 1, ['2017-1']))).toEqual(
      new Map([
        ['county', ['2017-1', '2017-2']],
        ['department', ['2017-2']],
      ]),
    )
    await db.transaction().execute(async (trx) => {
      await insertFindings(trx, [
        finding('v', { number: '2017-1', numberedUnitId: 'county' }),
        // Given before numbers counted within units.
        finding('x', { number: '2017-002' }),
        finding('y', { number: '2017-448' }),
        finding('z', { number: '2017-督查' }),
        finding('w', { number: '2016-3' }),
        finding('u', { number: '2017-3', unitId: 'department', numberedUnitId: 'department' }),
        finding('t', { number: '2017-4', unitId: 'department', numberedUnitId: 'department' }),
      ])
      await insertFindingFacts(trx, [
        findingFact('moved', 't', {
          type: 'decided',
          outcome: 'amended',
          kind: '举报查实',
          unitId: 'county-department',
        }),
      ])
    })
    expect(await next(county(2))).toEqual(new Map([['county', ['2017-3', '2017-5']]]))
  })

  test('an aborted import leaves nothing behind and lets other work run meanwhile', async () => {
    const db = await open()
    await withCity(db)
    const rows = Array.from({ length: 3000 }, (_, index) => finding(String(index)))
    const abort = new AbortController()
    const progress: number[] = []
    let turns = 0
    const timer = setInterval(() => turns++, 0)
    const importing = db.transaction().execute((trx) =>
      insertFindings(trx, rows, {
        signal: abort.signal,
        onProgress: (done) => {
          progress.push(done)
          if (done >= 1500) abort.abort()
        },
      }),
    )
    await expect(importing).rejects.toThrow(/abort/i)
    clearInterval(timer)
    expect(progress).toEqual([500, 1000, 1500])
    expect(turns).toBeGreaterThan(0)
    expect((await loadFacts(db, 'a')).findings).toEqual([])
  })
})
