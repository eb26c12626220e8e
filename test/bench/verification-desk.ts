import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { municipal } from '#assessment/presets/municipal'
import { area, leaf } from '#assessment/presets/tree'
import type { Scheme } from '#assessment/scheme'
import { insertAssessment } from '../../db/assessments.ts'
import { insertRows } from '../../db/bulk.ts'
import { openDatabase, type Db } from '../../db/database.ts'
import { insertClaims, insertSubmissions, insertVerifiedMarks } from '../../db/marks.ts'
import { insertParticipants } from '../../db/participants.ts'
import { insertScheme } from '../../db/schemes.ts'
import { insertUnits } from '../../db/units.ts'
import { insertWindows } from '../../db/windows.ts'
import { appOn, withAccounts, type Caller } from '../fixtures/app.ts'

/*
 * The verifiers' desk at the size of a large city: every window handed in, the first half of the year verified and the second waiting. The
 * whole server runs in this process on a database file, so that the time is the server's and nobody else's.
 */
const size = { units: 100, areas: 6, leavesOfArea: 10 }
const leafKeys = Array.from({ length: size.areas * size.leavesOfArea }, (_, index) => {
  const [first, second] = [Math.floor(index / size.leavesOfArea) + 1, (index % size.leavesOfArea) + 1]
  return `${first}.${second}`
})
const unitIds = Array.from({ length: size.units }, (_, index) => `unit-${index}`)
const fullOf = (key: string): string => (Number(key.split('.')[1]) % 3 === 0 ? '1' : '2')

const scheme: Scheme = {
  ...municipal,
  components: municipal.components.map((component) =>
    component.method === 'verified-marks'
      ? {
          ...component,
          indicators: Array.from({ length: size.areas }, (_, first) =>
            area(
              `${first + 1}`,
              `第${first + 1}领域`,
              null,
              '',
              leafKeys
                .filter((key) => key.startsWith(`${first + 1}.`))
                .map((key) => leaf(key, `指标${key}`, fullOf(key), '每缺一项扣 0.5 分', '文件和链接')),
            ),
          ),
        }
      : component,
  ),
}

async function fill(db: Db): Promise<void> {
  const at = '2017-07-10T02:00:00.000Z'
  const by = { recorded_by: 'account-head', recorded_at: at }
  const assessment_id = 'year'
  const component = 'self'
  await db.transaction().execute(async (trx) => {
    await insertUnits(
      trx,
      unitIds.map((id, index) => ({
        id,
        name: `市第${index + 1}局`,
        kind: 'department',
        parent_id: 'city',
        position: 10 + index,
      })),
    )
    const created = { created_by: 'account-office', created_at: at }
    await insertScheme(trx, { id: 'scheme', name: scheme.name, version: 1, scheme, ...created })
    await insertAssessment(trx, {
      id: assessment_id,
      name: '2017年度考核',
      year: 2017,
      unit_id: 'city',
      scheme_id: 'scheme',
      starts_on: '2017-01-01',
      ends_on: '2017-12-31',
      stage: 'open',
      version: 1,
      ...created,
    })
    await insertParticipants(
      trx,
      unitIds.map((unit_id, position) => ({ assessment_id, unit_id, group_name: '市直部门', position })),
    )
    await insertWindows(
      trx,
      ['H1', 'H2'].map((key) => ({
        assessment_id,
        component,
        key,
        due_on: key === 'H1' ? '2017-07-15' : '2018-01-15',
        closed_on: null,
      })),
    )
    for (const window_key of ['H1', 'H2']) {
      const places = unitIds.flatMap((unit_id) =>
        leafKeys.map((key) => ({ assessment_id, component, window_key, unit_id, leaf: key })),
      )
      const idOf = (kind: string, place: (typeof places)[number]) =>
        `${kind}-${window_key}-${place.unit_id}-${place.leaf}`
      await insertClaims(
        trx,
        places.map((place) => ({
          id: idOf('claim', place),
          ...place,
          marks: fullOf(place.leaf),
          not_applicable: 0,
          note: '有分工文件和会议纪要，见附件',
          ...by,
        })),
      )
      await insertRows(
        trx,
        'evidence',
        places.map((place) => ({
          id: idOf('file', place),
          assessment_id,
          unit_id: place.unit_id,
          file_name: '公开链接',
          media_type: null,
          bytes: 0,
          sha256: null,
          stored_name: null,
          url: 'https://example.cn/',
          document_date: null,
          uploaded_by: 'account-editor',
          uploaded_at: at,
          upload_id: null,
          fact_id: null,
          claim_id: idOf('claim', place),
        })),
      )
      for (const verified of window_key === 'H1' ? [false, true] : [false])
        await insertVerifiedMarks(
          trx,
          places.map((place) => ({
            id: `${idOf('mark', place)}-${verified}`,
            ...place,
            full_marks: fullOf(place.leaf),
            marks: verified ? '1' : null,
            not_applicable: 0,
            reason: verified ? '材料不全' : null,
            on_day: '2017-07-20',
            import_id: null,
            ...by,
          })),
        )
      const types = window_key === 'H1' ? (['submitted', 'verified'] as const) : (['submitted'] as const)
      await insertSubmissions(
        trx,
        types.flatMap((type) =>
          unitIds.map((unit_id) => ({
            id: `${type}-${window_key}-${unit_id}`,
            assessment_id,
            component,
            window_key,
            unit_id,
            type,
            on_day: '2017-07-10',
            reason: null,
            ...by,
          })),
        ),
      )
    }
  })
}

/** The median time of a few calls, in milliseconds. */
async function timeOf(call: Caller, path: string, runs = 9): Promise<number> {
  const times: number[] = []
  for (let run = 0; run <= runs; run++) {
    const before = performance.now()
    const { status, text } = await call(path)
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`)
    if (run > 0) times.push(performance.now() - before)
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] as number
}

const round = (value: number): number => Number(value.toPrecision(3))

/** What each look at the desk costs the server: milliseconds, and the same as calls of /api/health. */
export async function measureVerificationDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'zhengheng-bench-'))
  const db = await openDatabase(`file:${join(folder, 'bench.db')}`)
  try {
    const test = appOn(db)
    await withAccounts(test)
    await fill(db)
    const office = await test.as('office')
    const base = '/api/assessments/year/verification'
    const health = await timeOf(office, '/api/health', 99)
    const looks = {
      queue: `${base}?window=H2`,
      ofOneIndicator: `${base}/marks?window=H2&leaf=1.1&handedIn=1&size=500`,
      ofOneUnit: `${base}/marks?window=H2&unitId=unit-7&handedIn=1&size=500`,
      firstPageOfAll: `${base}/marks?window=H2&handedIn=1&size=50`,
      lastPageOfAll: `${base}/marks?window=H2&handedIn=1&size=50&page=120`,
      statistics: `${base}/statistics?window=H1`,
      progress: '/api/assessments/year/self-assessments?window=H2&size=500',
      form: '/api/assessments/year/self-assessments/unit-7?window=H2',
    }
    const measured: Record<string, { ms: number; perHealth: number }> = {}
    for (const [name, path] of Object.entries(looks)) {
      const ms = await timeOf(office, path)
      measured[name] = { ms: round(ms), perHealth: round(ms / health) }
    }
    return { ...size, windows: 2, healthMs: round(health), ...measured }
  } finally {
    await db.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
}
