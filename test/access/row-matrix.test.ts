import { expect, it } from 'vitest'
import { formAreas } from '#assessment/score/self-assessment'
import { kindsIn, verifiedComponents } from '#assessment/rule/scheme'
import { municipal } from '#assessment/presets/municipal'
import { insertAccount } from '../../db/accounts.ts'
import { insertEvidence } from '../../db/evidence.ts'
import { insertFindingFacts, insertFindings } from '../../db/findings.ts'
import { newId } from '../../db/ids.ts'
import { insertClaims, insertSubmissions, insertVerifiedMarks } from '../../db/marks.ts'
import { insertReport } from '../../db/reports.ts'
import { insertSuspicions, saveMonitorKind } from '../../db/suspicions.ts'
import { insertUnits } from '../../db/units.ts'
import { hashPassword } from '../../server/access/password.ts'
import { keep, receive } from '../../server/evidence/storage.ts'
import { appOn, cheapCost, unitId, withAccounts, workbookForm, type TestApp } from '../fixtures/app.ts'
import { eachDatabase, temporaryFolder } from '../fixtures/databases.ts'
import { unzipped } from '../fixtures/documents.ts'

/*
 * Every row carries words that name it, `标记KIND·unit·area or kind of finding·`; whatever an agency can read is searched for them. An agency must
 * meet the words of all rows that it is responsible for, and of no other.
 */

const participants = ['市水务局', '市司法局', '市公安局'] as const
const agencies = {
  'no area': { unit: '督查组', kinds: ['专项督查'], areas: [] },
  'one area': { unit: '市大数据局', kinds: [], areas: ['5'] },
  'one area, itself assessed': { unit: '市司法局', kinds: [], areas: ['4'] },
  'no area, itself assessed': { unit: '市公安局', kinds: ['网站安全隐患'], areas: [] },
  'neither kind nor area': { unit: '市林业局', kinds: [], areas: [] },
} as const
type AgencyName = keyof typeof agencies

const words = {
  claim: '自评',
  mark: '核查',
  file: '材料',
  finding: '问题',
  appeal: '申诉',
  attachment: '附件',
  report: '报告',
  suspicion: '疑点',
} as const
const marked = (what: keyof typeof words, unit: string, part: string): string =>
  `标记${words[what]}·${unit}·${part}·`
/** The kind under which what is suspected of annual reports belongs. */
const reportKind = '专项督查'
const markedIn = (text: string): string[] => text.match(/标记[^·]{2}·[^·]+·[^·]+·/g) ?? []

/** The words of every row that an agency is responsible for. */
function ownRows({ unit: own, kinds, areas }: (typeof agencies)[AgencyName]): Set<string> {
  const ofForms = participants
    .filter((unit) => unit !== own)
    .flatMap((unit) => areas.flatMap((area) => ['claim', 'mark', 'file'].map((what) => [what, unit, area])))
  const ofCases = participants.flatMap((unit) =>
    kinds.flatMap((kind) =>
      ['finding', 'appeal', 'attachment', ...(kind === reportKind ? ['report', 'suspicion'] : [])].map(
        (what) => [what, unit, kind],
      ),
    ),
  )
  return new Set(
    [...ofForms, ...ofCases].map(([what, unit = '', part = '']) =>
      marked(what as keyof typeof words, unit, part),
    ),
  )
}

async function* once(content: string): AsyncGenerator<Buffer> {
  yield Buffer.from(content)
}

interface Rows {
  readonly year: string
  readonly ids: Readonly<Record<'unitId' | 'findingId' | 'evidenceId' | 'reportId', readonly string[]>>
}

/** A year in which every participant has handed in and had verified one leaf of each area, and appealed against a finding of each kind. */
async function seeded(test: TestApp, dataDir: string): Promise<Rows> {
  const { db } = test
  await withAccounts(test)
  const office = await test.as('office')
  await db.transaction().execute((trx) =>
    insertUnits(
      trx,
      ['市大数据局', '市政府办公室', '市政府新闻办'].map((name, index) => ({
        id: newId(),
        name,
        kind: 'agency',
        parentId: null,
        position: 90 + index,
      })),
    ),
  )
  const created = await office('/api/assessments', {
    body: { name: '2017 年度考核', year: 2017, preset: 'municipal' },
  })
  const year = String(created.json.id)
  const rows = participants.map((name) => [name, '市直部门', null, null])
  const sheet = [['单位', '分组', '上级单位', '参评'], ...rows, ['市林业局', '市直部门', null, '否']]
  const imported = await office(`/api/assessments/${year}/import`, {
    form: await workbookForm({ 考核对象: sheet }),
  })
  expect(imported.status, imported.text).toBe(200)

  const at = test.clock.now.toISOString()
  const recorded = { recordedBy: 'account-office', recordedAt: at }
  const ids = {
    unitId: [] as string[],
    findingId: [] as string[],
    evidenceId: [] as string[],
    reportId: [] as string[],
  }
  const store = async (words: string, belongsTo: { factId: string | null; claimId: string | null }) => {
    const received = await receive(dataDir, once(words))
    const storedName = await keep(dataDir, received)
    const id = newId()
    ids.evidenceId.push(id)
    await db.transaction().execute((trx) =>
      insertEvidence(trx, {
        id,
        assessmentId: year,
        unitId: 'water',
        fileName: `${words}.txt`,
        mediaType: 'text/plain',
        bytes: received.bytes,
        sha256: received.sha256,
        storedName,
        url: null,
        documentDate: null,
        uploadedBy: 'account-editor',
        uploadedAt: at,
        uploadId: null,
        ...belongsTo,
      }),
    )
  }

  const [component] = verifiedComponents(municipal)
  if (!component) throw new Error('no self-assessment')
  for (const unit of participants) {
    const id = await unitId(db, unit)
    ids.unitId.push(id)
    const reportId = newId()
    ids.reportId.push(reportId)
    await db.transaction().execute(async (trx) => {
      const of = { assessmentId: year, unitId: id, ...recorded }
      await insertReport(trx, {
        ...of,
        id: reportId,
        year: 2017,
        version: 1,
        fileName: 'x.txt',
        sha256: '0'.repeat(64),
        body: marked('report', unit, reportKind),
        observations: '[]',
        evidenceId: null,
      })
      await insertSuspicions(trx, [
        {
          ...of,
          id: newId(),
          monitor: 'report',
          rule: 'sums',
          severity: 'fail',
          recordId: reportId,
          excerpt: marked('suspicion', unit, reportKind),
          place: 0,
          message: 'no-text',
          params: '{}',
          source: 'accuracy',
          key: String(ids.reportId.length).repeat(64),
          onDay: '2018-02-05',
        },
      ])
    })
    const place = { assessmentId: year, component: component.key, windowKey: 'H2', unitId: id }
    for (const { key: area, leaves } of formAreas(component, '市直部门')) {
      const [leaf] = leaves
      if (!leaf) throw new Error(area)
      const claimId = newId()
      await db.transaction().execute(async (trx) => {
        const note = marked('claim', unit, area)
        await insertClaims(trx, [
          { id: claimId, ...place, leaf: leaf.key, marks: '1', note, notApplicable: 0, ...recorded },
        ])
        const reason = marked('mark', unit, area)
        const mark = { leaf: leaf.key, fullMarks: leaf.full, marks: '0.5', notApplicable: 0, reason }
        await insertVerifiedMarks(trx, [
          { id: newId(), ...place, ...mark, onDay: '2018-01-20', importId: null, ...recorded },
        ])
      })
      await store(marked('file', unit, area), { factId: null, claimId })
    }
    await db
      .transaction()
      .execute((trx) =>
        insertSubmissions(trx, [
          { id: newId(), ...place, type: 'submitted', onDay: '2018-01-10', reason: null, ...recorded },
        ]),
      )
    for (const { key: kind } of kindsIn(municipal)) {
      const [findingId, factId] = [newId(), newId()]
      ids.findingId.push(findingId)
      const number = `2017-${ids.findingId.length}`
      const fact = { findingId, deadline: null, outcome: null, kind: null, unitId: null, ...recorded }
      await db.transaction().execute(async (trx) => {
        const finding = { kind, unitId: id, what: marked('finding', unit, kind), source: null, foundOn: null }
        await insertFindings(trx, [
          { id: findingId, assessmentId: year, number, importId: null, ...finding, ...recorded },
        ])
        const deadline = '2018-02-20'
        await insertFindingFacts(trx, [
          { ...fact, id: newId(), type: 'notified', onDay: '2018-02-05', reason: null, deadline },
          {
            ...fact,
            id: factId,
            type: 'appealed',
            onDay: '2018-02-07',
            reason: marked('appeal', unit, kind),
          },
        ])
      })
      await store(marked('attachment', unit, kind), { factId, claimId: null })
    }
  }

  await db
    .transaction()
    .execute((trx) => saveMonitorKind(trx, { assessmentId: year, monitor: 'report', kind: reportKind }))

  const passwordHash = await hashPassword('x', cheapCost)
  for (const [name, { unit }] of Object.entries(agencies)) {
    const id = await unitId(db, unit)
    await db.transaction().execute((trx) =>
      insertAccount(trx, {
        id: name,
        username: name,
        name,
        role: 'agency',
        unitId: id,
        passwordHash,
        mustChangePassword: 0,
        disabledAt: null,
        createdAt: at,
      }),
    )
  }
  return { year, ids }
}

/** What a route is asked beside its address, so that it answers with rows. */
const questions: Readonly<Record<string, string>> = {
  '/api/search': '?q=标记',
  '/api/assessments/:id/verification/marks': '?size=500',
  '/api/assessments/:id/findings': '?size=200',
  '/api/assessments/:id/appeals': '?size=200',
  '/api/assessments/:id/due': '?size=200&days=366',
}

/** Every address of the routes that are read, with each of the rows where one is named. */
function addressesOf({ app }: TestApp, { year, ids }: Rows): string[] {
  const paths = new Set(app.routes.flatMap(({ method, path }) => (method === 'GET' ? [path] : [])))
  return [...paths].flatMap((path) => {
    const named = path === '/api/evidence/:id' ? path.replace(':id', ':evidenceId') : path
    let addresses = [named.replace(':id', year)]
    for (const [parameter, values] of Object.entries(ids))
      addresses = addresses.flatMap((address) =>
        address.includes(`:${parameter}`)
          ? values.map((value) => address.replace(`:${parameter}`, value))
          : [address],
      )
    return addresses.map((address) => `${address.replace(/:\w+/g, 'unknown')}${questions[path] ?? ''}`)
  })
}

async function textOf(bytes: ArrayBuffer, type: string): Promise<string> {
  if (!/officedocument|zip/.test(type)) return new TextDecoder().decode(bytes)
  const parts = await unzipped(new Uint8Array(bytes))
  return [...parts.values()].map((part) => part.toString()).join('\n')
}

eachDatabase('what an agency reads', (open) => {
  const folder = temporaryFolder()
  let count = 0

  it.each(Object.keys(agencies) as AgencyName[])(
    'with %s: the rows that its unit is responsible for, and no others',
    async (name) => {
      const dataDir = `${folder.path}/${count++}`
      const test = appOn(await open(), null, dataDir)
      const seededRows = await seeded(test, dataDir)
      const agency = await test.as(name)
      const met = new Map<string, string>()
      for (const address of addressesOf(test, seededRows)) {
        const { status, bytes, headers } = await agency(address)
        expect(status, address).not.toBe(500)
        const type = headers.get('content-type') ?? ''
        for (const words of markedIn(await textOf(bytes, type))) met.set(words, address)
      }
      const own = ownRows(agencies[name])
      expect([...met].filter(([words]) => !own.has(words))).toEqual([])
      expect([...own].filter((words) => !met.has(words))).toEqual([])

      const { areas, unit } = agencies[name]
      const formsRead = areas.length === 0 ? 0 : participants.filter((each) => each !== unit).length
      const base = `/api/assessments/${seededRows.year}`
      expect((await agency(`${base}/self-assessments`)).json.total ?? 0).toBe(formsRead)
      for (const view of ['course', 'overview']) {
        const windows = ((await agency(`${base}/${view}`)).json.windows ?? []) as { of: number }[]
        expect(windows.map(({ of }) => of).filter((of) => of !== formsRead)).toEqual([])
      }
    },
  )
})
