import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { municipal } from '#assessment/presets/municipal'
import { area, leaf } from '#assessment/presets/tree'
import type { Scheme } from '#assessment/rule/scheme'
import { insertAssessment } from '../../db/assessments.ts'
import { insertRows } from '../../db/bulk.ts'
import { openDatabase } from '../../db/database.ts'
import { type Db } from '../../db/source.ts'
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
  const by = { recordedBy: 'account-head', recordedAt: at }
  const assessmentId = 'year'
  const component = 'self'
  await db.transaction().execute(async (trx) => {
    await insertUnits(
      trx,
      unitIds.map((id, index) => ({
        id,
        name: `市第${index + 1}局`,
        kind: 'department',
        parentId: 'city',
        position: 10 + index,
      })),
    )
    const created = { createdBy: 'account-office', createdAt: at }
    await insertScheme(trx, { id: 'scheme', name: scheme.name, version: 1, scheme, ...created })
    await insertAssessment(trx, {
      id: assessmentId,
      name: '2017年度考核',
      year: 2017,
      unitId: 'city',
      schemeId: 'scheme',
      startsOn: '2017-01-01',
      endsOn: '2017-12-31',
      stage: 'open',
      version: 1,
      ...created,
    })
    await insertParticipants(
      trx,
      unitIds.map((unitId, position) => ({ assessmentId, unitId, groupName: '市直部门', position })),
    )
    await insertWindows(
      trx,
      ['H1', 'H2'].map((key) => ({
        assessmentId,
        component,
        key,
        dueOn: key === 'H1' ? '2017-07-15' : '2018-01-15',
        closedOn: null,
      })),
    )
    for (const windowKey of ['H1', 'H2']) {
      const places = unitIds.flatMap((unitId) =>
        leafKeys.map((key) => ({ assessmentId, component, windowKey, unitId, leaf: key })),
      )
      const idOf = (kind: string, place: (typeof places)[number]) =>
        `${kind}-${windowKey}-${place.unitId}-${place.leaf}`
      await insertClaims(
        trx,
        places.map((place) => ({
          id: idOf('claim', place),
          ...place,
          marks: fullOf(place.leaf),
          notApplicable: 0,
          note: '有分工文件和会议纪要，见附件',
          ...by,
        })),
      )
      await insertRows(
        trx,
        'evidence',
        places.map((place) => ({
          id: idOf('file', place),
          assessmentId,
          unitId: place.unitId,
          fileName: '公开链接',
          mediaType: null,
          bytes: 0,
          sha256: null,
          storedName: null,
          url: 'https://example.cn/',
          documentDate: null,
          uploadedBy: 'account-editor',
          uploadedAt: at,
          uploadId: null,
          factId: null,
          claimId: idOf('claim', place),
        })),
      )
      for (const verified of windowKey === 'H1' ? [false, true] : [false])
        await insertVerifiedMarks(
          trx,
          places.map((place) => ({
            id: `${idOf('mark', place)}-${verified}`,
            ...place,
            fullMarks: fullOf(place.leaf),
            marks: verified ? '1' : null,
            notApplicable: 0,
            reason: verified ? '材料不全' : null,
            onDay: '2017-07-20',
            importId: null,
            ...by,
          })),
        )
      const types = windowKey === 'H1' ? (['submitted', 'verified'] as const) : (['submitted'] as const)
      await insertSubmissions(
        trx,
        types.flatMap((type) =>
          unitIds.map((unitId) => ({
            id: `${type}-${windowKey}-${unitId}`,
            assessmentId,
            component,
            windowKey,
            unitId,
            type,
            onDay: '2017-07-10',
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
