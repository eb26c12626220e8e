import { sql, type Insertable, type Transaction } from 'kysely'
import { describe, expect, test } from 'vitest'
import { insertBonusMarks } from '../../db/bonuses.ts'
import { deleteEmptyAssessment } from '../../db/assessments.ts'
import { appendAudit } from '../../db/audit.ts'
import { migratorOf } from '../../db/database.ts'
import { type Db } from '../../db/source.ts'
import { isSqlite } from '../../db/dialect.ts'
import { insertFindingFacts, insertFindings } from '../../db/findings.ts'
import { migrations } from '../../db/migrations/index.ts'
import { insertImport } from '../../db/imports.ts'
import { insertClaims, insertExternalMarks, insertSubmissions, insertVerifiedMarks } from '../../db/marks.ts'
import { refusalOf, type Refusal } from '../../db/refusal.ts'
import type { Tables } from '../../db/tables.ts'
import { storedName } from '../../db/stored-names.ts'
import { closeWindow } from '../../db/windows.ts'
import { eachDatabase } from '../fixtures/databases.ts'
import { finding, findingFact, moment, withCity } from './city.ts'

const recorded = { recordedBy: null, recordedAt: moment }
const self = {
  assessmentId: 'a',
  component: '自我考核',
  unitId: 'department',
  windowKey: 'H1',
  ...recorded,
}
const hash = 'a'.repeat(64)

/** One sound row of every table that has something to refuse; variations of it are the cases. */
const sound = {
  units: { id: 'u', name: '新单位', kind: 'department', parentId: 'city', position: 9 },
  accounts: {
    id: 'acc2',
    username: 'clerk',
    name: '填报员',
    role: 'editor',
    unitId: 'department',
    passwordHash: 'x',
    mustChangePassword: 1,
    disabledAt: null,
    createdAt: moment,
    email: null,
    calendarTokenHash: null,
    passwordSetAt: moment,
    secondFactor: null,
    secondFactorStep: null,
    awaitsGrantSince: null,
    grantedAt: moment,
    grantedBy: 'acc',
    lastSignInAt: moment,
    toldAt: moment,
  },
  sessions: {
    id: 'session',
    tokenHash: hash,
    accountId: 'acc',
    address: '',
    client: '',
    mustEnrol: 0,
    createdAt: moment,
    usedAt: moment,
    expiresAt: moment,
  },
  earlierPasswords: { accountId: 'acc', replacedAt: moment, passwordHash: 'x' },
  settings: { key: 'city', value: '云州市' },
  auditEntries: {
    at: moment,
    accountId: null,
    action: 'a',
    subject: 's',
    detail: '{}',
    previousHash: hash,
    hash: 'b'.repeat(64),
    unitId: null,
    address: '10.0.0.1',
    outcome: 'refused',
    facts: '{}',
    keyName: '0123456789abcdef',
  },
  schemes: { id: 's2', name: '办法', version: 1, body: '{}', createdBy: null, createdAt: moment },
  assessments: {
    id: 'a2',
    name: '考核',
    year: 2018,
    unitId: 'city',
    schemeId: 's',
    startsOn: '2018-01-01',
    endsOn: '2018-12-31',
    stage: 'draft',
    version: 1,
    createdBy: null,
    createdAt: moment,
  },
  participants: { assessmentId: 'a', unitId: 'county-department', groupName: '县区', position: 5 },
  windows: { assessmentId: 'a', component: '自我考核', key: 'H3', dueOn: '2018-01-15', closedOn: null },
  imports: { id: 'i2', assessmentId: 'a', fileName: '考核.xlsx', sha256: hash, rowsAdded: 0, ...recorded },
  findings: finding('9'),
  findingFacts: findingFact('f9', '1'),
  evidence: {
    id: 'ev',
    assessmentId: 'a',
    unitId: 'department',
    fileName: '整改报告.pdf',
    mediaType: 'application/pdf',
    bytes: 12,
    sha256: hash,
    storedName: 'stored',
    url: null,
    documentDate: '2017-05-01',
    uploadedBy: 'acc',
    uploadedAt: moment,
    uploadId: 'once',
    factId: 'f1',
    claimId: null,
  },
  claims: { id: 'c2', ...self, leaf: '政策解读', marks: '9.5', notApplicable: 0, note: null },
  drafts: {
    assessmentId: 'a',
    component: '自我考核',
    windowKey: 'H1',
    unitId: 'department',
    leaf: '政策解读',
    marks: '9.5',
    notApplicable: 0,
    note: null,
    version: 1,
    updatedBy: 'acc',
    updatedAt: moment,
  },
  signOffs: {
    id: 'so',
    assessmentId: 'a',
    component: '自我考核',
    windowKey: 'H1',
    unitId: 'department',
    type: 'declined',
    reason: '第三项没有附材料',
    recordedBy: 'acc',
    recordedAt: moment,
  },
  officeContacts: { unitId: 'county', name: '陈静', telephone: '0799-1234567' },
  draftEvidence: {
    evidenceId: 'ev',
    assessmentId: 'a',
    component: '自我考核',
    windowKey: 'H1',
    unitId: 'department',
    leaf: '政策解读',
  },
  submissions: { id: 's2', ...self, type: 'submitted', onDay: '2017-07-10', reason: null },
  verifiedMarks: {
    id: 'v2',
    ...self,
    leaf: '政策解读',
    fullMarks: '10',
    marks: '10.00',
    notApplicable: 0,
    observation: '优',
    follows: 1,
    reason: null,
    onDay: null,
    importId: null,
  },
  externalMarks: {
    id: 'e2',
    assessmentId: 'a',
    component: '第三方评估',
    windowKey: null,
    dimension: null,
    unitId: 'department',
    marks: '83.5',
    notApplicable: 0,
    onDay: '2018-01-20',
    importId: null,
    ...recorded,
    batchId: null,
    givenMarks: '100.2',
    givenFull: '120',
  },
  bonusMarks: {
    id: 'bm2',
    assessmentId: 'a',
    unitId: 'department',
    points: -100,
    what: '重复登记',
    onDay: '2018-01-20',
    reverses: 'bm',
    importId: null,
    ...recorded,
  },
  responsibleUnits: {
    id: 'ru2',
    assessmentId: 'a',
    name: '市政府新闻办',
    unitId: 'department',
    onDay: '2017-05-02',
    reason: '机构改革',
    ...recorded,
  },
  formerNames: { assessmentId: 'a', unitId: 'county', name: '云溪县政府' },
  stageChanges: {
    id: 'sc2',
    assessmentId: 'a',
    stage: 'open',
    onDay: '2017-01-05',
    reason: null,
    ...recorded,
  },
  formerPlaces: { assessmentId: 'a', unitId: 'county', parentId: 'city' },
  extensions: {
    id: 'x2',
    assessmentId: 'a',
    component: '自我考核',
    windowKey: 'H1',
    unitId: 'department',
    dueOn: '2017-07-20',
    onDay: '2017-07-14',
    reason: '机构改革',
    ...recorded,
  },
  commissions: {
    id: 'co',
    assessmentId: 'a',
    component: '第三方评估',
    evaluator: '某研究院',
    procurementNumber: null,
    startsOn: '2017-10-01',
    endsOn: '2018-01-31',
    contractId: null,
    version: 1,
    updatedBy: 'acc',
    updatedAt: moment,
  },
  columnMappings: { assessingUnitId: 'city', evaluator: '某研究院', body: '{}', updatedAt: moment },
  externalBatches: {
    id: 'b2',
    assessmentId: 'a',
    component: '第三方评估',
    windowKey: null,
    commissionId: null,
    fileName: '得分.xlsx',
    sha256: hash,
    mapping: '{}',
    evidenceId: null,
    supersedes: null,
    reason: null,
    onDay: '2018-01-20',
    ...recorded,
  },
  publications: {
    id: 'p2',
    assessmentId: 'a',
    number: 2,
    asOf: '2018-02-10',
    body: '{}',
    sha256: hash,
    digests: '{}',
    proofSeed: 'a'.repeat(64),
    interim: 0,
    supersedes: 'p',
    reason: '更正',
    preparedBy: 'acc',
    preparedAt: moment,
  },
  holidayAnnouncements: {
    id: 'ha',
    year: 2027,
    spans: '[]',
    reason: null,
    recordedBy: 'acc',
    recordedAt: moment,
  },
  unitReminders: { assessmentId: 'a', unitId: 'county', note: null, recordedBy: 'acc', recordedAt: moment },
  publicationSteps: {
    id: 'ps2',
    publicationId: 'p2',
    type: 'approved',
    reason: null,
    recordedBy: 'acc',
    recordedAt: moment,
  },
  circularTemplates: {
    assessingUnitId: 'city',
    body: '{}',
    version: 1,
    updatedBy: 'acc',
    updatedAt: moment,
  },
  wallLinks: {
    id: 'w',
    tokenHash: hash,
    assessmentId: 'a',
    name: '大厅',
    expiresAt: moment,
    createdBy: 'acc',
    createdAt: moment,
    revokedAt: null,
  },
  reports: {
    id: 'r2',
    assessmentId: 'a',
    unitId: 'county',
    year: 2017,
    version: 2,
    fileName: '报告.txt',
    sha256: hash,
    body: '',
    observations: '[]',
    evidenceId: null,
    recordedBy: 'acc',
    recordedAt: moment,
  },
  suspicions: {
    id: 's2',
    assessmentId: 'a',
    monitor: 'report',
    rule: 'sums',
    severity: 'fail',
    unitId: 'county',
    recordId: 'r',
    excerpt: '三条',
    place: 0,
    message: 'm',
    params: '{}',
    source: 'accuracy',
    key: hash,
    onDay: '2018-01-05',
    recordedBy: 'acc',
    recordedAt: moment,
  },
  suspicionSteps: {
    id: 'ss2',
    suspicionId: 's',
    type: 'postponed',
    untilDay: '2018-02-05',
    reason: null,
    findingId: null,
    onDay: '2018-01-05',
    recordedBy: 'acc',
    recordedAt: moment,
  },
  monitorKinds: { assessmentId: 'a', monitor: 'request', kind: '专项督查' },
} satisfies { [T in keyof Tables]: Insertable<Tables[T]> }

type Case = { [T in keyof Tables]: readonly [T, Readonly<Record<string, unknown>>, Refusal] }[keyof Tables]

const refused: readonly Case[] = [
  ['units', { kind: 'planet' }, 'check'],
  ['units', { name: ' ' }, 'check'],
  ['units', { name: '云溪县' }, 'unique'],
  ['units', { parentId: 'u' }, 'check'],
  ['units', { parentId: 'nowhere' }, 'foreign-key'],
  ['units', { position: -1 }, 'check'],
  ['accounts', { role: 'king' }, 'check'],
  ['accounts', { unitId: null }, 'check'],
  ['accounts', { username: 'first' }, 'unique'],
  ['accounts', { passwordHash: '' }, 'check'],
  ['accounts', { mustChangePassword: 2 }, 'check'],
  ['accounts', { disabledAt: 'yesterday' }, 'check'],
  ['accounts', { email: ' ' }, 'check'],
  ['accounts', { calendarTokenHash: 'plain-token' }, 'check'],
  ['sessions', { tokenHash: 'plain-token' }, 'check'],
  ['sessions', { accountId: 'nobody' }, 'foreign-key'],
  ['sessions', { expiresAt: '2018-01-05 08:00' }, 'check'],
  ['sessions', { mustEnrol: 2 }, 'check'],
  ['sessions', { usedAt: 'yesterday' }, 'check'],
  ['sessions', { id: '' }, 'check'],
  ['earlierPasswords', { accountId: 'nobody' }, 'foreign-key'],
  ['earlierPasswords', { replacedAt: '' }, 'check'],
  ['earlierPasswords', { passwordHash: ' ' }, 'check'],
  ['accounts', { passwordSetAt: 'long ago' }, 'check'],
  ['accounts', { secondFactor: '' }, 'check'],
  ['accounts', { awaitsGrantSince: 'soon' }, 'check'],
  ['accounts', { grantedAt: 'then' }, 'check'],
  ['accounts', { grantedBy: 'nobody' }, 'foreign-key'],
  ['accounts', { lastSignInAt: '2018-01-05 08:00' }, 'check'],
  ['accounts', { toldAt: '' }, 'check'],
  ['accounts', { secondFactorStep: -1 }, 'check'],
  ['settings', { key: '' }, 'check'],
  ['holidayAnnouncements', { year: 1900 }, 'check'],
  ['holidayAnnouncements', { spans: '1月1日' }, 'check'],
  ['holidayAnnouncements', { reason: ' ' }, 'check'],
  ['holidayAnnouncements', { recordedBy: 'nobody' }, 'foreign-key'],
  ['unitReminders', { note: ' ' }, 'check'],
  ['reports', { version: 1 }, 'unique'],
  ['reports', { version: 0 }, 'check'],
  ['reports', { year: 17 }, 'check'],
  ['reports', { observations: '[' }, 'check'],
  ['reports', { sha256: 'ABC' }, 'check'],
  ['reports', { evidenceId: 'none' }, 'foreign-key'],
  ['suspicions', { key: 'f'.repeat(64) }, 'unique'],
  ['suspicions', { severity: 'pass' }, 'check'],
  ['suspicions', { params: '{' }, 'check'],
  ['suspicions', { place: -1 }, 'check'],
  ['suspicions', { unitId: 'nowhere' }, 'foreign-key'],
  ['suspicionSteps', { type: 'dismissed', untilDay: null }, 'check'],
  ['suspicionSteps', { type: 'confirmed', untilDay: null }, 'check'],
  ['suspicionSteps', { untilDay: null }, 'check'],
  [
    'suspicionSteps',
    { type: 'dismissed', untilDay: null, reason: '核对无误', suspicionId: 'none' },
    'foreign-key',
  ],
  [
    'suspicionSteps',
    { type: 'dismissed', untilDay: null, reason: '核对无误', suspicionId: 'settled' },
    'unique',
  ],
  ['monitorKinds', { monitor: 'report' }, 'unique'],
  ['monitorKinds', { kind: ' ' }, 'check'],
  ['unitReminders', { unitId: 'nowhere' }, 'foreign-key'],
  ['auditEntries', { detail: '{' }, 'check'],
  ['auditEntries', { hash: 'ABC' }, 'check'],
  ['auditEntries', { outcome: 'lost' }, 'check'],
  ['auditEntries', { facts: '{' }, 'check'],
  ['auditEntries', { keyName: ' ' }, 'check'],
  ['schemes', { body: 'not json' }, 'check'],
  ['schemes', { version: 0 }, 'check'],
  ['assessments', { stage: 'lost' }, 'check'],
  ['assessments', { year: 18 }, 'check'],
  ['assessments', { startsOn: '2018-1-1' }, 'check'],
  ['assessments', { startsOn: '2019-01-01' }, 'check'],
  ['assessments', { schemeId: 'none' }, 'foreign-key'],
  ['assessments', { version: 0 }, 'check'],
  ['participants', { unitId: 'county' }, 'unique'],
  ['participants', { groupName: '' }, 'check'],
  ['participants', { position: -1 }, 'check'],
  ['windows', { dueOn: '2018-02-30' }, 'check'],
  ['windows', { closedOn: 'soon' }, 'check'],
  ['windows', { key: 'H1' }, 'unique'],
  ['imports', { sha256: 'x' }, 'check'],
  ['imports', { rowsAdded: -1 }, 'check'],
  ['findings', { number: '2017-1' }, 'unique'],
  ['findings', { number: '2017-2', numberedUnitId: 'county' }, 'unique'],
  ['findings', { numberedUnitId: 'nowhere' }, 'foreign-key'],
  ['findings', { heardByImport: 2 }, 'check'],
  ['findings', { number: '' }, 'check'],
  ['findings', { unitId: 'nowhere' }, 'foreign-key'],
  ['findings', { foundOn: '2017-13-01' }, 'check'],
  ['findings', { what: null }, 'not-null'],
  ['findingFacts', { type: 'forgotten' }, 'check'],
  ['findingFacts', { onDay: '2017-04-31' }, 'check'],
  ['findingFacts', { findingId: 'none' }, 'foreign-key'],
  ['findingFacts', { type: 'extended' }, 'check'],
  ['findingFacts', { type: 'submitted', deadline: '2017-04-20' }, 'check'],
  ['findingFacts', { type: 'decided' }, 'check'],
  ['findingFacts', { outcome: 'upheld' }, 'check'],
  ['findingFacts', { type: 'decided', outcome: 'perhaps' }, 'check'],
  ['findingFacts', { type: 'decided', outcome: 'amended', kind: '举报查实' }, 'check'],
  ['findingFacts', { type: 'decided', outcome: 'upheld', unitId: 'county' }, 'check'],
  ['evidence', { url: 'https://example.cn/a.pdf' }, 'check'],
  ['evidence', { storedName: null }, 'check'],
  ['evidence', { sha256: null }, 'check'],
  ['evidence', { sha256: 'X' }, 'check'],
  ['evidence', { mediaType: null }, 'check'],
  ['evidence', { bytes: -1 }, 'check'],
  ['evidence', { fileName: ' ' }, 'check'],
  ['evidence', { documentDate: '2017-02-29' }, 'check'],
  ['evidence', { factId: 'none' }, 'foreign-key'],
  ['evidence', { unitId: 'nowhere' }, 'foreign-key'],
  ['evidence', { claimId: 'c' }, 'check'],
  ['claims', { marks: '-1' }, 'check'],
  ['claims', { leaf: '' }, 'check'],
  ['claims', { windowKey: 'H9' }, 'foreign-key'],
  ['claims', { notApplicable: 2 }, 'check'],
  ['drafts', { marks: '九' }, 'check'],
  ['drafts', { notApplicable: 1 }, 'check'],
  ['drafts', { version: 0 }, 'check'],
  ['drafts', { windowKey: 'H9' }, 'foreign-key'],
  ['draftEvidence', { evidenceId: 'none' }, 'foreign-key'],
  ['submissions', { type: 'lost' }, 'check'],
  ['submissions', { onDay: 'today' }, 'check'],
  ['verifiedMarks', { marks: '10.01' }, 'check'],
  ['verifiedMarks', { marks: '1e1' }, 'check'],
  ['verifiedMarks', { marks: '1.2.3' }, 'check'],
  ['verifiedMarks', { marks: '.' }, 'check'],
  ['verifiedMarks', { fullMarks: '-5', marks: null }, 'check'],
  ['verifiedMarks', { notApplicable: 1 }, 'check'],
  ['verifiedMarks', { notApplicable: 2, marks: null }, 'check'],
  ['verifiedMarks', { leaf: '' }, 'check'],
  ['verifiedMarks', { observation: ' ' }, 'check'],
  ['verifiedMarks', { observation: null }, 'check'],
  ['verifiedMarks', { follows: 2 }, 'check'],
  ['externalMarks', { notApplicable: 1 }, 'check'],
  ['externalMarks', { notApplicable: 2, marks: null }, 'check'],
  ['externalMarks', { windowKey: '' }, 'check'],
  ['externalBatches', { windowKey: '' }, 'check'],
  ['findings', { severity: ' ' }, 'check'],
  ['findingFacts', { severity: '严重' }, 'check'],
  ['findingFacts', { unitDeadline: '2017-04-20' }, 'check'],
  [
    'findingFacts',
    { type: 'decided', outcome: 'amended', kind: '举报查实', unitId: 'county', unitDeadline: '4月20日' },
    'check',
  ],
  ['externalMarks', { marks: '-0.1' }, 'check'],
  ['externalMarks', { marks: '九十' }, 'check'],
  ['externalMarks', { onDay: '20180120' }, 'check'],
  ['externalMarks', { givenFull: '-1' }, 'check'],
  ['externalMarks', { batchId: 'none' }, 'foreign-key'],
  ['bonusMarks', { points: 0 }, 'check'],
  ['bonusMarks', { points: 100 }, 'check'],
  ['bonusMarks', { what: ' ' }, 'check'],
  ['bonusMarks', { reverses: 'none' }, 'foreign-key'],
  ['responsibleUnits', { name: ' ' }, 'check'],
  ['responsibleUnits', { unitId: 'nowhere' }, 'foreign-key'],
  ['responsibleUnits', { onDay: 'today' }, 'check'],
  ['responsibleUnits', { reason: '' }, 'check'],
  ['signOffs', { type: 'approved' }, 'check'],
  ['signOffs', { reason: '' }, 'check'],
  ['signOffs', { windowKey: 'H9' }, 'foreign-key'],
  ['officeContacts', { name: ' ' }, 'check'],
  ['officeContacts', { unitId: 'nowhere' }, 'foreign-key'],
  ['formerNames', { name: '' }, 'check'],
  ['formerNames', { unitId: 'department' }, 'unique'],
  ['formerPlaces', { unitId: 'department' }, 'unique'],
  ['formerPlaces', { parentId: 'nowhere' }, 'foreign-key'],
  ['stageChanges', { stage: 'lost' }, 'check'],
  ['stageChanges', { onDay: 'today' }, 'check'],
  ['extensions', { reason: ' ' }, 'check'],
  ['extensions', { dueOn: '2017-02-30' }, 'check'],
  ['extensions', { windowKey: 'H9' }, 'foreign-key'],
  ['commissions', { endsOn: '2017-09-30' }, 'check'],
  ['commissions', { evaluator: '' }, 'check'],
  ['commissions', { contractId: 'none' }, 'foreign-key'],
  ['columnMappings', { body: '{' }, 'check'],
  ['externalBatches', { sha256: 'x' }, 'check'],
  ['externalBatches', { supersedes: 'b' }, 'check'],
  ['externalBatches', { evidenceId: 'none' }, 'foreign-key'],
  ['publications', { proofSeed: 'a seed' }, 'check'],
  ['publications', { reason: null }, 'check'],
  ['publications', { supersedes: null }, 'check'],
  ['publications', { number: 1 }, 'unique'],
  ['publications', { sha256: 'x' }, 'check'],
  ['publicationSteps', { type: 'lost' }, 'check'],
  ['publicationSteps', { type: 'returned' }, 'check'],
  ['publicationSteps', { publicationId: 'p' }, 'unique'],
  ['circularTemplates', { version: 0 }, 'check'],
  ['wallLinks', { tokenHash: 'plain-token' }, 'check'],
  ['wallLinks', { name: '' }, 'check'],
]

/** One row in every append-only table, and the account that may be named in it. */
async function fill(trx: Transaction<Tables>): Promise<void> {
  await trx
    .insertInto('accounts')
    .values({ ...sound.accounts, id: 'acc', username: 'first' })
    .execute()
  await insertFindings(trx, [finding('1'), finding('2', { numberedUnitId: 'county' })])
  await insertFindingFacts(trx, [findingFact('f1', '1')])
  await insertClaims(trx, [{ ...sound.claims, id: 'c' }])
  await insertSubmissions(trx, [{ ...sound.submissions, type: 'submitted', id: 's' }])
  await insertVerifiedMarks(trx, [{ ...sound.verifiedMarks, id: 'v' }])
  await insertExternalMarks(trx, [{ ...sound.externalMarks, id: 'e' }])
  await insertImport(trx, { ...sound.imports, id: 'i' })
  await insertBonusMarks(trx, [{ ...sound.bonusMarks, id: 'bm', points: 100, reverses: null }])
  await trx
    .insertInto('responsibleUnits')
    .values({ ...sound.responsibleUnits, id: 'ru' })
    .execute()
  await trx
    .insertInto('formerNames')
    .values({ ...sound.formerNames, unitId: 'department' })
    .execute()
  await trx
    .insertInto('formerPlaces')
    .values({ ...sound.formerPlaces, unitId: 'department' })
    .execute()
  await trx
    .insertInto('stageChanges')
    .values({ ...sound.stageChanges, id: 'sc' })
    .execute()
  await trx
    .insertInto('extensions')
    .values({ ...sound.extensions, id: 'x' })
    .execute()
  await trx
    .insertInto('externalBatches')
    .values({ ...sound.externalBatches, id: 'b' })
    .execute()
  await trx
    .insertInto('publications')
    .values({ ...sound.publications, id: 'p', number: 1, supersedes: null, reason: null })
    .execute()
  await trx
    .insertInto('publicationSteps')
    .values({ ...sound.publicationSteps, id: 'ps', publicationId: 'p' })
    .execute()
  await trx
    .insertInto('holidayAnnouncements')
    .values({ ...sound.holidayAnnouncements, id: 'h' })
    .execute()
  await trx
    .insertInto('reports')
    .values({ ...sound.reports, id: 'r', version: 1 })
    .execute()
  for (const [id, key] of [
    ['s', 'e'],
    ['settled', 'f'],
  ] as const)
    await trx
      .insertInto('suspicions')
      .values({ ...sound.suspicions, id, key: key.repeat(64) })
      .execute()
  await trx
    .insertInto('suspicionSteps')
    .values({
      ...sound.suspicionSteps,
      id: 'ss',
      suspicionId: 'settled',
      type: 'dismissed',
      untilDay: null,
      reason: '核对无误',
    })
    .execute()
  await trx
    .insertInto('monitorKinds')
    .values({ ...sound.monitorKinds, monitor: 'report' })
    .execute()
  await appendAudit(trx, { at: moment, accountId: 'acc', action: 'test', subject: 'a', detail: null })
}

const refusal = (work: Promise<unknown>): Promise<Refusal | 'accepted' | undefined> =>
  work.then(() => 'accepted' as const, refusalOf)

eachDatabase('the database', (open) => {
  const filled = async (): Promise<Db> => {
    const db = await open()
    await withCity(db)
    await db.transaction().execute(fill)
    return db
  }
  const insert = (db: Db, table: keyof Tables, change: Readonly<Record<string, unknown>> = {}) =>
    db.transaction().execute((trx) => {
      const row = { ...sound[table], ...change }
      const values = sql.join(Object.values(row))
      return sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((name) => sql.ref(name)))}) values (${values})`.execute(
        trx,
      )
    })

  test('refuses every value out of its range, and takes the same row with a sound one', async () => {
    const db = await filled()
    const outcomes: unknown[] = []
    for (const [table, change] of refused) {
      outcomes.push([table, change, await refusal(insert(db, table, change))])
    }
    expect(outcomes).toEqual(refused)
    const tables = Object.keys(sound) as (keyof Tables)[]
    for (const table of tables) await insert(db, table)
  })

  test('refuses to change, delete or truncate what was recorded', async () => {
    const db = await filled()
    const columns = {
      findings: 'what',
      findingFacts: 'reason',
      claims: 'note',
      submissions: 'reason',
      verifiedMarks: 'reason',
      externalMarks: 'dimension',
      imports: 'fileName',
      bonusMarks: 'what',
      formerNames: 'name',
      formerPlaces: 'parentId',
      stageChanges: 'reason',
      extensions: 'reason',
      externalBatches: 'reason',
      publications: 'reason',
      publicationSteps: 'reason',
      holidayAnnouncements: 'reason',
      reports: 'body',
      suspicions: 'excerpt',
      suspicionSteps: 'reason',
      auditEntries: 'subject',
    } as const
    for (const [table, column] of Object.entries(columns)) {
      const change = sql`update ${sql.table(table)} set ${sql.ref(column)} = 'changed'`.execute(db)
      expect(await refusal(change), `update ${table}`).toBe('immutable')
      expect(await refusal(sql`delete from ${sql.table(table)}`.execute(db)), `delete ${table}`).toBe(
        'immutable',
      )
      if (isSqlite(db)) {
        const replace =
          sql`insert or replace into ${sql.table(table)} select * from ${sql.table(table)}`.execute(db)
        expect(await refusal(replace), `replace ${table}`).toBe('immutable')
        continue
      }
      const truncate = sql`truncate ${sql.table(table)} cascade`.execute(db)
      expect(await refusal(truncate), `truncate ${table}`).toBe('immutable')
    }
  })

  test('refuses to change a scheme once an assessment has opened on it', async () => {
    const db = await filled()
    await insert(db, 'schemes')
    await db.updateTable('assessments').set({ stage: 'open' }).execute()
    const rename = (id: string) =>
      db.updateTable('schemes').set({ name: '新' }).where('id', '=', id).execute()
    const remove = (id: string) => db.deleteFrom('schemes').where('id', '=', id).execute()
    expect(await refusal(rename('s'))).toBe('immutable')
    expect(await refusal(remove('s'))).toBe('immutable')
    expect(await refusal(rename('s2'))).toBe('accepted')
    expect(await refusal(remove('s2'))).toBe('accepted')
    await db.updateTable('assessments').set({ stage: 'draft' }).execute()
    expect(await refusal(rename('s'))).toBe('accepted')
    expect(await refusal(remove('s'))).toBe('immutable')
  })

  test('closes a window once', async () => {
    const db = await filled()
    const h1 = { assessmentId: 'a', component: '自我考核', key: 'H1' }
    const close = (on: string | null) =>
      db.updateTable('windows').set({ closedOn: on }).where('key', '=', 'H1')
    expect(await db.transaction().execute((trx) => closeWindow(trx, h1, '2017-07-16'))).toBe(true)
    expect(await refusal(close(null).execute())).toBe('immutable')
    expect(await refusal(close('2017-08-01').execute())).toBe('immutable')
    expect(await refusal(db.deleteFrom('windows').where('key', '=', 'H1').execute())).toBe('immutable')
  })

  test('refuses a unit above itself', async () => {
    const db = await filled()
    const move = (id: string, parentId: string) =>
      db
        .transaction()
        .execute((trx) => trx.updateTable('units').set({ parentId }).where('id', '=', id).execute())
    expect(await refusal(move('city', 'county-department'))).toBe('immutable')
    expect(await refusal(move('county-department', 'city'))).toBe('accepted')
  })

  test('lets an empty draft go, with its participants and windows, and nothing else', async () => {
    const db = await open()
    await withCity(db)
    const remove = () => db.transaction().execute((trx) => deleteEmptyAssessment(trx, 'a'))
    await db.updateTable('assessments').set({ stage: 'open' }).execute()
    expect(await remove()).toBe(false)
    await db.updateTable('assessments').set({ stage: 'draft' }).execute()
    expect(await remove()).toBe(true)
    expect(await db.selectFrom('participants').selectAll().execute()).toEqual([])

    const full = await filled()
    expect(await full.transaction().execute((trx) => deleteEmptyAssessment(trx, 'a'))).toBe(false)
  })

  describe('migrations', () => {
    test('are all applied, and applying them again changes nothing', async () => {
      const db = await open()
      const applied = await migratorOf(db).getMigrations()
      expect(applied.map(({ name, executedAt }) => [name, executedAt !== undefined])).toEqual(
        Object.keys(migrations).map((name) => [name, true]),
      )
      expect(await migratorOf(db).migrateToLatest()).toEqual({ results: [] })
    })

    test('give every column its sound row says', async () => {
      const db = await open()
      const tables = await db.introspection.getTables()
      const columns = Object.fromEntries(
        tables.map(({ name, columns: all }) => [name, all.map((column) => column.name)]),
      )
      for (const [table, row] of Object.entries(sound)) {
        expect(columns[storedName(table)]?.filter((name) => name !== 'seq').sort(), table).toEqual(
          Object.keys(row).map(storedName).sort(),
        )
      }
    })
  })
})
