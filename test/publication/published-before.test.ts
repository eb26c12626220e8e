import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { readPublication } from '../../db/publications.ts'
import type { Db } from '../../db/source.ts'
import { verifyPublication } from '../../server/frozen-results.ts'

/*
 * A year that was published by the release of November 2026, whose schemes knew a bonus, a share of excellent units, and a cap and a veto of a kind:
 * its file, made then, is opened by today's program.
 */
describe('a year published before rules could be of any sort', () => {
  let folder: string
  let db: Db
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'published-before-'))
    const packed = readFileSync(new URL('../fixtures/published-before.sqlite.gz', import.meta.url))
    await writeFile(join(folder, 'year.db'), gunzipSync(packed))
    db = await openDatabase(`file:${join(folder, 'year.db')}`)
  })
  afterAll(async () => {
    await db.destroy()
    await rm(folder, { recursive: true })
  })
  const stored = () => db.selectFrom('publications').selectAll().executeTakeFirstOrThrow()

  it('holds, and comes out again from its facts', async () => {
    expect(await verifyPublication(db, await stored())).toEqual({
      bodyHolds: true,
      digestsHold: true,
      tampered: [],
      rederived: true,
      differences: [],
      proofHolds: true,
      changes: [],
    })
  })

  it('means by the names in its rule the units that were so called', async () => {
    const bound = await db
      .selectFrom('responsibleUnits')
      .innerJoin('units', 'units.id', 'responsibleUnits.unitId')
      .select(['responsibleUnits.name', 'units.name as unit'])
      .execute()
    expect(bound).toEqual([{ name: '督查组', unit: '督查组' }])
  })

  it('is seen to be tampered with when a number in it is changed', async () => {
    const row = await stored()
    const body = row.body.replaceAll('"composite":"91.50"', '"composite":"92.50"')
    expect(await verifyPublication(db, { ...row, body })).toMatchObject({
      bodyHolds: false,
      rederived: false,
    })
  })

  it('reads as what it said: the bonus as a gain of 总分, the share as a quota, caps and vetoes as they were', async () => {
    const { id } = await stored()
    const body = (await readPublication(db, id))?.body
    expect(body?.standings).toMatchObject([
      { unit: '清河县政府', composite: '91.50', grade: '良好', rank: 1, adjustment: '+1.50', vetoes: [] },
      { unit: '市水务局', composite: '89.40', grade: '合格', rank: 1, vetoes: ['举报查实'] },
      { unit: '市林业局', composite: null, grade: null, rank: null },
    ])
    expect(body?.scheme).toMatchObject({
      adjustments: { gainCap: 200, unlock: { from: 8500, inclusive: true }, clause: '加分办法第一条' },
      grades: [{ name: '优秀', share: 5000 }, {}, {}, {}],
      components: [{ windows: [], ceiling: 'full' }, { windows: [{ key: 'H1' }, { key: 'H2' }] }, {}],
    })
    expect(body?.scorecards).toMatchObject([
      {
        unit: '清河县政府',
        reasons: [{ code: 'quota', grade: '优秀', allowed: 0, from: '优秀' }],
        adjustment: { counted: '1.50', unlocked: true },
      },
      {
        unit: '市水务局',
        reasons: [{ code: 'veto', kind: '举报查实', veto: { type: 'grade', grade: '合格' } }],
        components: [
          {
            score: '98.00',
            steps: {
              windows: [{ lost: 200, raw: 9800, value: 9800 }],
              findings: [
                { points: 0 },
                { points: 150, cutBy: null },
                { points: 50, fullPoints: 150, cutBy: 'kind' },
              ],
            },
          },
          {},
          {},
        ],
      },
      { unit: '市林业局', composite: null },
    ])
    expect(body?.interim).toBeNull()
  })
})
