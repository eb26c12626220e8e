import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertAccount, listAccounts } from '../../db/accounts.ts'
import { listAssessments } from '../../db/assessments.ts'
import { openDatabase } from '../../db/database.ts'
import { type Db } from '../../db/source.ts'
import { sha256 as sha256Of } from '../../db/frozen-facts.ts'
import { fillDemo } from '../../db/demo.ts'
import { freezeResults } from '../../server/frozen-results.ts'
import { loadFacts } from '../../db/facts.ts'
import { loadCalendar } from '../../db/holidays.ts'
import { findScheme } from '../../db/schemes.ts'
import type { AssessmentRow } from '../../db/tables.ts'
import { insertUnits, listUnits } from '../../db/units.ts'
import { canonicalJson } from '#assessment/canonical-json'
import type { PublicationBody } from '#assessment/publication/publication'
import { assess } from '#assessment/score/assess'
import type { Day } from '#assessment/day'
import type { Facts } from '#assessment/score/facts'
import {
  entriesOn,
  statuses,
  type Assessed,
  type FindingStatus,
  type LedgerEntry,
} from '#assessment/score/scorecard'
import { eachDatabase } from '../fixtures/databases.ts'

const midYear = '2026-11-22'
const january = '2027-01-23'

interface Year {
  readonly assessment: AssessmentRow
  readonly facts: Facts
  readonly assessed: Assessed
}

/** Every assessment as it stands on a day, latest first. */
async function yearsOn(db: Db, today: Day): Promise<Year[]> {
  const calendar = await loadCalendar(db)
  const years: Year[] = []
  for (const assessment of await listAssessments(db)) {
    const stored = await findScheme(db, assessment.schemeId)
    if (!stored) throw new Error('no scheme')
    const facts = await loadFacts(db, assessment.id)
    years.push({ assessment, facts, assessed: assess(stored.scheme, facts, today, calendar) })
  }
  return years
}

const entriesOf = ({ assessed }: Year): (LedgerEntry & { readonly chargedTo: string })[] =>
  assessed.scorecards.flatMap((card) =>
    entriesOn(card).map((entry) => ({ ...entry, chargedTo: card.unitId })),
  )

const statusesIn = (year: Year): Set<FindingStatus> => new Set(entriesOf(year).map(({ status }) => status))

/** Filling and assessing three years takes a second or two, more on a busy machine. */
const patience = 60_000

const inMemory = (): Promise<Db> => openDatabase('file::memory:')

eachDatabase('the fictional city', (open) => {
  test(
    'is the same every time, on either database',
    async () => {
      const [first, second] = [await open(), await inMemory()]
      const filled = await fillDemo(first, { freeze: freezeResults, today: midYear, passwordHash: 'hash' })
      await fillDemo(second, { freeze: freezeResults, today: midYear, passwordHash: 'hash' })
      const years = await yearsOn(first, midYear)
      const again = await yearsOn(second, midYear)
      await second.destroy()
      expect(again.map(({ assessed }) => assessed)).toEqual(years.map(({ assessed }) => assessed))
      expect(years[0]?.assessment.id).toBe(filled.assessmentId)
    },
    patience,
  )
})

describe('in the fictional city in November', () => {
  let db: Db
  let years: Year[] = []
  beforeAll(async () => {
    db = await inMemory()
    await fillDemo(db, { freeze: freezeResults, today: midYear, passwordHash: 'hash' })
    years = await yearsOn(db, midYear)
  }, patience)
  afterAll(() => db.destroy())

  test('past years are ranked to the last unit, with ties, and one unit stands on the line', () => {
    expect(years.map(({ assessment }) => [assessment.year, assessment.stage])).toEqual([
      [2026, 'open'],
      [2025, 'published'],
      [2024, 'archived'],
    ])
    for (const { assessed } of years) expect(assessed.standings).toHaveLength(50)
    for (const { assessed } of years.slice(1)) {
      expect(assessed.standings.every(({ rank }) => rank !== null)).toBe(true)
      const ranks = assessed.standings.map(({ group, rank }) => `${group} ${rank}`)
      expect(new Set(ranks).size).toBeLessThan(ranks.length)
    }
    const onTheLine = years[1]?.assessed.standings.find(({ composite }) => composite === '90.00')
    expect(onTheLine).toMatchObject({ unit: '市自然资源局', grade: '优秀' })
  })

  test('its publications are, byte for byte, what they were when they were first of today’s form', async () => {
    // They carry the rule: a word more or less in the preset is another publication.
    const rows = await db.selectFrom('publications').select(['body', 'digests']).orderBy('seq').execute()
    const asFirst = (text: string) => {
      const { proof: _proof, replaces: _replaces, ...body } = JSON.parse(text) as PublicationBody
      return sha256Of(canonicalJson({ ...body, format: 2 })).slice(0, 16)
    }
    expect(rows.map(({ body, digests }) => [asFirst(body), sha256Of(digests).slice(0, 16)])).toEqual([
      ['55d0c1aec3eb4f2a', '1b36089b9214afe0'],
      ['33bcb08d18b070ba', '21c120e40e783c7a'],
    ])
  })

  test('the roots of its publications are the same every time', async () => {
    const rows = await db.selectFrom('publications').select('body').orderBy('seq').execute()
    const roots = rows.map(({ body }) => (JSON.parse(body) as PublicationBody).proof?.root.slice(0, 16))
    expect(roots).toEqual(['18a569d34dec3fed', '3d4afbcf3fee6b3e'])
  })

  test('a year has some 430 findings, no two of a unit alike', () => {
    for (const { facts } of years) {
      expect(facts.findings.length).toBeGreaterThan(380)
      expect(facts.findings.length).toBeLessThan(500)
      const texts = facts.findings.map(({ unitId, what }) => `${unitId} ${what}`)
      expect(texts.length - new Set(texts).size).toBeLessThan(5)
      expect(facts.findings.filter(({ what }) => what.length < 10 || what.length > 32)).toEqual([])
    }
  })

  test('counties answer for their departments', async () => {
    const counties = (await listUnits(db)).filter(({ kind }) => kind === 'county' || kind === 'zone')
    expect(counties).toHaveLength(10)
    for (const year of years) {
      for (const county of counties) {
        const charged = entriesOf(year).filter(
          ({ chargedTo, unitId }) => chargedTo === county.id && unitId !== county.id,
        )
        expect(charged.length, county.name).toBeGreaterThan(0)
      }
    }
  })

  test('claims are never below what was verified', () => {
    const marks = years.flatMap(({ facts }) => facts.verified)
    const checked = marks.filter((one) => one.marks !== null && one.marks !== 'not-applicable')
    expect(checked.length).toBeGreaterThan(6_000)
    expect(checked.filter((one) => Number(one.claimed) < Number(one.marks))).toEqual([])
    expect(checked.some((one) => Number(one.claimed) > Number(one.marks))).toBe(true)
    expect(marks.some((one) => one.marks === 'not-applicable')).toBe(true)
  })

  test('everybody of the contract has an account that need not change its password', async () => {
    const accounts = await listAccounts(db)
    expect(accounts.map(({ username }) => username)).toEqual(
      ['agency', 'audit', 'county-editor', 'county-head', 'editor', 'head', 'inspection'].concat([
        'leader',
        'office',
        'office2',
        'police',
        'press',
        'security',
        'system',
      ]),
    )
    expect(accounts.every((account) => account.mustChangePassword === 0)).toBe(true)
  })
})

test.each(['2026-03-01', '2026-07-20', '2027-01-01', january, '2028-02-29'])(
  'on %s findings are in every state and nothing has happened that lies ahead',
  async (today) => {
    const db = await inMemory()
    await fillDemo(db, { freeze: freezeResults, today, passwordHash: null })
    const [current, ...past] = await yearsOn(db, today)
    await db.destroy()
    if (!current) throw new Error('no current assessment')
    // 已加分 is of achievements, which the city's rule does not know.
    expect(statusesIn(current)).toEqual(new Set(statuses.filter((status) => status !== 'gained')))
    expect(entriesOf(current).filter(({ appealed }) => appealed).length).toBeGreaterThanOrEqual(2)
    for (const year of past)
      expect(statusesIn(year)).toEqual(new Set(['closed', 'lost', 'revoked', 'reversed']))

    const { findings, verified, external, submissions } = current.facts
    const days = [...verified, ...external, ...submissions].map(({ on }) => on ?? '')
    const ahead = findings.flatMap(({ facts }) =>
      facts.filter(({ type, on }) => type !== 'notified' && on > today),
    )
    expect(days.filter((day) => day > today)).toEqual([])
    expect(ahead).toEqual([])
  },
  patience,
)

test(
  'self-assessments are in every state when the second window has just fallen due',
  async () => {
    const db = await inMemory()
    const { assessmentId } = await fillDemo(db, {
      freeze: freezeResults,
      today: january,
      passwordHash: 'hash',
    })
    const rows = await db
      .selectFrom('submissions')
      .select(['unitId', 'type'])
      .where('assessmentId', '=', assessmentId)
      .where('windowKey', '=', 'H2')
      .orderBy('seq')
      .execute()
    const [current] = await yearsOn(db, january)
    await db.destroy()
    const states = new Set(new Map(rows.map(({ unitId, type }) => [unitId, type])).values())
    expect(states).toEqual(new Set(['submitted', 'returned', 'resubmitted', 'verified']))

    const cards = current?.assessed.scorecards ?? []
    const pending = cards.flatMap(({ components }) => components.flatMap((one) => one.pending))
    const partly = pending.filter((reason) => reason.code === 'marks-missing' && reason.missing < reason.of)
    expect(partly.length).toBeGreaterThan(0)
    expect(pending).toContainEqual({ code: 'external-missing', dimension: null, window: null })
    expect(current?.assessed.standings.some(({ rank }) => rank !== null)).toBe(true)
  },
  patience,
)

test(
  'an office set up before keeps its city and gets no accounts',
  async () => {
    const db = await inMemory()
    await db.transaction().execute(async (trx) => {
      await insertUnits(trx, [{ id: 'own', name: '听澜市', kind: 'city', parentId: null, position: 0 }])
      await insertAccount(trx, {
        id: 'me',
        username: 'me',
        name: '叶知秋',
        role: 'office',
        unitId: 'own',
        passwordHash: 'hash',
        mustChangePassword: 0,
        disabledAt: null,
        createdAt: '2026-11-22T01:00:00.000Z',
      })
      await fillDemo(trx, {
        freeze: freezeResults,
        today: midYear,
        officeAccountId: 'me',
        passwordHash: null,
      })
    })
    expect(await listAccounts(db)).toHaveLength(1)
    expect(await listAssessments(db, { unitId: 'own' })).toHaveLength(3)
    expect((await listUnits(db)).filter(({ kind }) => kind === 'city')).toHaveLength(1)
    await db.destroy()
  },
  patience,
)
