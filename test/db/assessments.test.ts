import { expect, test } from 'vitest'
import { presets } from '#assessment/presets/registry'
import {
  adoptScheme,
  findAssessment,
  listAssessments,
  touchAssessment,
  updateStage,
} from '../../db/assessments.ts'
import { insertImport, listImports } from '../../db/imports.ts'
import { newId } from '../../db/ids.ts'
import { listParticipants } from '../../db/participants.ts'
import { findScheme, insertScheme, listSchemes } from '../../db/schemes.ts'
import { findUnit, findUnitByName, listUnits, updateUnit } from '../../db/units.ts'
import { listWindows } from '../../db/windows.ts'
import { eachDatabase } from '../fixtures/databases.ts'
import { moment, withCity } from './city.ts'

eachDatabase('an assessment', (open) => {
  test('is listed for its office and for those who take part, and its version grows with every change', async () => {
    const db = await open()
    await withCity(db)
    const ids = async (filter: Parameters<typeof listAssessments>[1]) =>
      (await listAssessments(db, filter)).map(({ id }) => id)
    expect(await ids({})).toEqual(['a'])
    expect(await ids({ unitId: 'city' })).toEqual(['a'])
    expect(await ids({ unitId: 'county' })).toEqual([])
    expect(await ids({ participantId: 'county' })).toEqual(['a'])
    expect(await ids({ participantId: 'county-department' })).toEqual([])
    expect((await listParticipants(db, 'a')).map(({ unitId }) => unitId)).toEqual(['county', 'department'])
    expect((await listWindows(db, 'a')).map(({ key }) => key)).toEqual(['H1', 'H2'])

    const bureau = { id: 'b', name: presets.bureau.name, version: 1, createdBy: null, createdAt: moment }
    await db.transaction().execute(async (trx) => {
      await insertScheme(trx, { ...bureau, scheme: presets.bureau })
      expect(await touchAssessment(trx, 'a')).toBe(2)
      expect(await touchAssessment(trx, 'none')).toBeUndefined()
      expect(await updateStage(trx, 'a', 'open')).toBe(true)
      expect(await adoptScheme(trx, 'a', 'b')).toBe(true)
      expect(await adoptScheme(trx, 'none', 'b')).toBe(false)
    })
    expect(await findAssessment(db, 'a')).toMatchObject({ stage: 'open', schemeId: 'b', version: 4 })
    expect(await findScheme(db, 'b')).toEqual({ ...bureau, scheme: presets.bureau })
    expect(await listSchemes(db)).toContainEqual(bureau)
  })

  test('keeps which workbooks were imported, latest first', async () => {
    const db = await open()
    await withCity(db)
    const row = {
      assessmentId: 'a',
      sha256: '0'.repeat(64),
      rowsAdded: 3,
      recordedBy: null,
      recordedAt: moment,
    }
    for (const fileName of ['一.xlsx', '二.xlsx']) {
      await db.transaction().execute((trx) => insertImport(trx, { id: newId(), fileName, ...row }))
    }
    expect((await listImports(db, 'a')).map(({ fileName }) => fileName)).toEqual(['二.xlsx', '一.xlsx'])
  })

  test('its units are listed in their order, found and renamed', async () => {
    const db = await open()
    await withCity(db)
    expect((await listUnits(db)).map(({ id }) => id)).toEqual([
      'city',
      'county',
      'county-department',
      'department',
    ])
    const rename = (id: string) => db.transaction().execute((trx) => updateUnit(trx, id, { name: '云溪区' }))
    expect(await rename('county')).toMatchObject({ id: 'county', name: '云溪区' })
    expect(await rename('none')).toBeUndefined()
    expect(await findUnitByName(db, '云溪区')).toEqual(await findUnit(db, 'county'))
  })
})

test('ids are 16 URL-safe characters', () => {
  expect(newId()).toMatch(/^[\w-]{16}$/)
  expect(new Set(Array.from({ length: 1000 }, newId)).size).toBe(1000)
})
