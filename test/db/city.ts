import type { Insertable, Transaction } from 'kysely'
import { insertAssessment } from '../../db/assessments.ts'
import type { Db } from '../../db/source.ts'
import { insertParticipants } from '../../db/participants.ts'
import { insertScheme } from '../../db/schemes.ts'
import type { FindingFactRow, FindingRow, Tables, UnitRow } from '../../db/tables.ts'
import { insertUnits } from '../../db/units.ts'
import { insertWindows } from '../../db/windows.ts'
import { presets } from '#assessment/presets/registry'

export const moment = '2018-01-05T08:00:00.000Z'

const unit = (
  id: string,
  name: string,
  kind: UnitRow['kind'],
  parentId: string | null,
  position: number,
): UnitRow => ({
  id,
  name,
  kind,
  parentId,
  position,
})

/** A city with a county, its department and a municipal department. */
export const cityUnits: readonly UnitRow[] = [
  unit('county-department', '云溪县教育局', 'county-department', 'county', 2),
  unit('county', '云溪县', 'county', 'city', 1),
  unit('department', '市财政局', 'department', 'city', 3),
  unit('city', '云州市', 'city', null, 0),
]

/** Stores the city and an assessment `a` of its year 2017 with the windows of the municipal scheme. */
export async function storeCity(trx: Transaction<Tables>): Promise<void> {
  await insertUnits(trx, cityUnits)
  await insertScheme(trx, {
    id: 's',
    name: presets.municipal.name,
    version: 1,
    scheme: presets.municipal,
    createdBy: null,
    createdAt: moment,
  })
  await insertAssessment(trx, {
    id: 'a',
    name: '2017 年度考核',
    year: 2017,
    unitId: 'city',
    schemeId: 's',
    startsOn: '2017-01-01',
    endsOn: '2017-12-31',
    stage: 'draft',
    version: 1,
    createdBy: null,
    createdAt: moment,
  })
  await insertParticipants(trx, [
    { assessmentId: 'a', unitId: 'department', groupName: '市直部门', position: 1 },
    { assessmentId: 'a', unitId: 'county', groupName: '县区', position: 0 },
  ])
  await insertWindows(trx, [
    { assessmentId: 'a', component: '自我考核', key: 'H1', dueOn: '2017-07-15', closedOn: null },
    { assessmentId: 'a', component: '自我考核', key: 'H2', dueOn: '2018-01-15', closedOn: null },
  ])
}

export const withCity = (db: Db): Promise<void> => db.transaction().execute(storeCity)

/** A finding of assessment `a` at the county's department. */
export const finding = (
  id: string,
  change: Partial<Insertable<FindingRow>> = {},
): Insertable<FindingRow> => ({
  id,
  assessmentId: 'a',
  number: `2017-${id}`,
  numberedUnitId: null,
  heardByImport: null,
  kind: '专项督查',
  severity: null,
  unitId: 'county-department',
  what: '栏目未更新',
  source: null,
  foundOn: null,
  importId: null,
  recordedBy: null,
  recordedAt: moment,
  ...change,
})

export const findingFact = (
  id: string,
  findingId: string,
  change: Partial<Insertable<FindingFactRow>> = {},
): Insertable<FindingFactRow> => ({
  id,
  findingId,
  type: 'notified',
  onDay: '2017-04-01',
  deadline: null,
  outcome: null,
  kind: null,
  severity: null,
  unitId: null,
  unitDeadline: null,
  reason: null,
  recordedBy: null,
  recordedAt: moment,
  ...change,
})
