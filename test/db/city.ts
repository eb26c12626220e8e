import type { Insertable, Transaction } from 'kysely'
import { insertAssessment } from '../../db/assessments.ts'
import type { Db } from '../../db/database.ts'
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
  parent_id: string | null,
  position: number,
): UnitRow => ({
  id,
  name,
  kind,
  parent_id,
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
    created_by: null,
    created_at: moment,
  })
  await insertAssessment(trx, {
    id: 'a',
    name: '2017 年度考核',
    year: 2017,
    unit_id: 'city',
    scheme_id: 's',
    starts_on: '2017-01-01',
    ends_on: '2017-12-31',
    stage: 'draft',
    version: 1,
    created_by: null,
    created_at: moment,
  })
  await insertParticipants(trx, [
    { assessment_id: 'a', unit_id: 'department', group_name: '市直部门', position: 1 },
    { assessment_id: 'a', unit_id: 'county', group_name: '县区', position: 0 },
  ])
  await insertWindows(trx, [
    { assessment_id: 'a', component: '自我考核', key: 'H1', due_on: '2017-07-15', closed_on: null },
    { assessment_id: 'a', component: '自我考核', key: 'H2', due_on: '2018-01-15', closed_on: null },
  ])
}

export const withCity = (db: Db): Promise<void> => db.transaction().execute(storeCity)

/** A finding of assessment `a` at the county's department. */
export const finding = (
  id: string,
  change: Partial<Insertable<FindingRow>> = {},
): Insertable<FindingRow> => ({
  id,
  assessment_id: 'a',
  number: `2017-${id}`,
  kind: '专项督查',
  unit_id: 'county-department',
  what: '栏目未更新',
  source: null,
  found_on: null,
  import_id: null,
  recorded_by: null,
  recorded_at: moment,
  ...change,
})

export const findingFact = (
  id: string,
  finding_id: string,
  change: Partial<Insertable<FindingFactRow>> = {},
): Insertable<FindingFactRow> => ({
  id,
  finding_id,
  type: 'notified',
  on_day: '2017-04-01',
  deadline: null,
  outcome: null,
  kind: null,
  unit_id: null,
  reason: null,
  recorded_by: null,
  recorded_at: moment,
  ...change,
})
