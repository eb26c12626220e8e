import { sql, type Insertable, type Transaction } from 'kysely'
import { describe, expect, test } from 'vitest'
import { insertBonusMarks } from '../../db/bonuses.ts'
import { deleteEmptyAssessment } from '../../db/assessments.ts'
import { appendAudit } from '../../db/audit.ts'
import { migratorOf, type Db } from '../../db/database.ts'
import { isSqlite } from '../../db/dialect.ts'
import { insertFindingFacts, insertFindings } from '../../db/findings.ts'
import { migrations } from '../../db/migrations/index.ts'
import { insertImport } from '../../db/imports.ts'
import { insertClaims, insertExternalMarks, insertSubmissions, insertVerifiedMarks } from '../../db/marks.ts'
import { refusalOf, type Refusal } from '../../db/refusal.ts'
import type { Tables } from '../../db/tables.ts'
import { closeWindow } from '../../db/windows.ts'
import { eachDatabase } from '../fixtures/databases.ts'
import { finding, findingFact, moment, withCity } from './city.ts'

const recorded = { recorded_by: null, recorded_at: moment }
const self = {
  assessment_id: 'a',
  component: '自我考核',
  unit_id: 'department',
  window_key: 'H1',
  ...recorded,
}
const hash = 'a'.repeat(64)

/** One sound row of every table that has something to refuse; variations of it are the cases. */
const sound = {
  units: { id: 'u', name: '新单位', kind: 'department', parent_id: 'city', position: 9 },
  accounts: {
    id: 'acc2',
    username: 'clerk',
    name: '填报员',
    role: 'editor',
    unit_id: 'department',
    password_hash: 'x',
    must_change_password: 1,
    disabled_at: null,
    created_at: moment,
    email: null,
    calendar_token_hash: null,
  },
  sessions: { token_hash: hash, account_id: 'acc', created_at: moment, expires_at: moment },
  sign_in_failures: { username: 'nobody', at: moment },
  settings: { key: 'city', value: '云州市' },
  holiday_years: { year: 2027 },
  holidays: { day: '2027-01-01', kind: 'holiday' },
  audit_entries: {
    at: moment,
    account_id: null,
    action: 'a',
    subject: 's',
    detail: '{}',
    previous_hash: hash,
    hash: 'b'.repeat(64),
  },
  schemes: { id: 's2', name: '办法', version: 1, body: '{}', created_by: null, created_at: moment },
  assessments: {
    id: 'a2',
    name: '考核',
    year: 2018,
    unit_id: 'city',
    scheme_id: 's',
    starts_on: '2018-01-01',
    ends_on: '2018-12-31',
    stage: 'draft',
    version: 1,
    created_by: null,
    created_at: moment,
  },
  participants: { assessment_id: 'a', unit_id: 'county-department', group_name: '县区', position: 5 },
  windows: { assessment_id: 'a', component: '自我考核', key: 'H3', due_on: '2018-01-15', closed_on: null },
  imports: { id: 'i2', assessment_id: 'a', file_name: '考核.xlsx', sha256: hash, rows_added: 0, ...recorded },
  findings: finding('9'),
  finding_facts: findingFact('f9', '1'),
  evidence: {
    id: 'ev',
    assessment_id: 'a',
    unit_id: 'department',
    file_name: '整改报告.pdf',
    media_type: 'application/pdf',
    bytes: 12,
    sha256: hash,
    stored_name: 'stored',
    url: null,
    document_date: '2017-05-01',
    uploaded_by: 'acc',
    uploaded_at: moment,
    upload_id: 'once',
    fact_id: 'f1',
    claim_id: null,
  },
  claims: { id: 'c2', ...self, leaf: '政策解读', marks: '9.5', not_applicable: 0, note: null },
  drafts: {
    assessment_id: 'a',
    component: '自我考核',
    window_key: 'H1',
    unit_id: 'department',
    leaf: '政策解读',
    marks: '9.5',
    not_applicable: 0,
    note: null,
    version: 1,
    updated_by: 'acc',
    updated_at: moment,
  },
  draft_evidence: {
    evidence_id: 'ev',
    assessment_id: 'a',
    component: '自我考核',
    window_key: 'H1',
    unit_id: 'department',
    leaf: '政策解读',
  },
  submissions: { id: 's2', ...self, type: 'submitted', on_day: '2017-07-10', reason: null },
  verified_marks: {
    id: 'v2',
    ...self,
    leaf: '政策解读',
    full_marks: '10',
    marks: '10.00',
    not_applicable: 0,
    reason: null,
    on_day: null,
    import_id: null,
  },
  external_marks: {
    id: 'e2',
    assessment_id: 'a',
    component: '第三方评估',
    dimension: null,
    unit_id: 'department',
    marks: '83.5',
    on_day: '2018-01-20',
    import_id: null,
    ...recorded,
    batch_id: null,
    given_marks: '100.2',
    given_full: '120',
  },
  bonus_marks: {
    id: 'bm2',
    assessment_id: 'a',
    unit_id: 'department',
    points: -100,
    what: '重复登记',
    on_day: '2018-01-20',
    reverses: 'bm',
    import_id: null,
    ...recorded,
  },
  stage_changes: {
    id: 'sc2',
    assessment_id: 'a',
    stage: 'open',
    on_day: '2017-01-05',
    reason: null,
    ...recorded,
  },
  extensions: {
    id: 'x2',
    assessment_id: 'a',
    component: '自我考核',
    window_key: 'H1',
    unit_id: 'department',
    due_on: '2017-07-20',
    on_day: '2017-07-14',
    reason: '机构改革',
    ...recorded,
  },
  commissions: {
    id: 'co',
    assessment_id: 'a',
    component: '第三方评估',
    evaluator: '某研究院',
    procurement_number: null,
    starts_on: '2017-10-01',
    ends_on: '2018-01-31',
    contract_id: null,
    version: 1,
    updated_by: 'acc',
    updated_at: moment,
  },
  column_mappings: { assessing_unit_id: 'city', evaluator: '某研究院', body: '{}', updated_at: moment },
  external_batches: {
    id: 'b2',
    assessment_id: 'a',
    component: '第三方评估',
    commission_id: null,
    file_name: '得分.xlsx',
    sha256: hash,
    mapping: '{}',
    evidence_id: null,
    supersedes: null,
    reason: null,
    on_day: '2018-01-20',
    ...recorded,
  },
  publications: {
    id: 'p2',
    assessment_id: 'a',
    number: 2,
    as_of: '2018-02-10',
    body: '{}',
    sha256: hash,
    digests: '{}',
    supersedes: 'p',
    reason: '更正',
    prepared_by: 'acc',
    prepared_at: moment,
  },
  publication_steps: {
    id: 'ps2',
    publication_id: 'p2',
    type: 'approved',
    reason: null,
    recorded_by: 'acc',
    recorded_at: moment,
  },
  circular_templates: {
    assessing_unit_id: 'city',
    body: '{}',
    version: 1,
    updated_by: 'acc',
    updated_at: moment,
  },
  wall_links: {
    id: 'w',
    token_hash: hash,
    assessment_id: 'a',
    name: '大厅',
    expires_at: moment,
    created_by: 'acc',
    created_at: moment,
    revoked_at: null,
  },
} satisfies { [T in keyof Tables]: Insertable<Tables[T]> }

type Case = { [T in keyof Tables]: readonly [T, Readonly<Record<string, unknown>>, Refusal] }[keyof Tables]

const refused: readonly Case[] = [
  ['units', { kind: 'planet' }, 'check'],
  ['units', { name: ' ' }, 'check'],
  ['units', { name: '云溪县' }, 'unique'],
  ['units', { parent_id: 'u' }, 'check'],
  ['units', { parent_id: 'nowhere' }, 'foreign-key'],
  ['units', { position: -1 }, 'check'],
  ['accounts', { role: 'king' }, 'check'],
  ['accounts', { unit_id: null }, 'check'],
  ['accounts', { username: 'first' }, 'unique'],
  ['accounts', { password_hash: '' }, 'check'],
  ['accounts', { must_change_password: 2 }, 'check'],
  ['accounts', { disabled_at: 'yesterday' }, 'check'],
  ['accounts', { email: ' ' }, 'check'],
  ['accounts', { calendar_token_hash: 'plain-token' }, 'check'],
  ['sessions', { token_hash: 'plain-token' }, 'check'],
  ['sessions', { account_id: 'nobody' }, 'foreign-key'],
  ['sessions', { expires_at: '2018-01-05 08:00' }, 'check'],
  ['sign_in_failures', { at: '' }, 'check'],
  ['settings', { key: '' }, 'check'],
  ['holiday_years', { year: 27 }, 'check'],
  ['holidays', { day: '2027-02-29' }, 'check'],
  ['holidays', { kind: 'feast' }, 'check'],
  ['audit_entries', { detail: '{' }, 'check'],
  ['audit_entries', { hash: 'ABC' }, 'check'],
  ['schemes', { body: 'not json' }, 'check'],
  ['schemes', { version: 0 }, 'check'],
  ['assessments', { stage: 'lost' }, 'check'],
  ['assessments', { year: 18 }, 'check'],
  ['assessments', { starts_on: '2018-1-1' }, 'check'],
  ['assessments', { starts_on: '2019-01-01' }, 'check'],
  ['assessments', { scheme_id: 'none' }, 'foreign-key'],
  ['assessments', { version: 0 }, 'check'],
  ['participants', { unit_id: 'county' }, 'unique'],
  ['participants', { group_name: '' }, 'check'],
  ['participants', { position: -1 }, 'check'],
  ['windows', { due_on: '2018-02-30' }, 'check'],
  ['windows', { closed_on: 'soon' }, 'check'],
  ['windows', { key: 'H1' }, 'unique'],
  ['imports', { sha256: 'x' }, 'check'],
  ['imports', { rows_added: -1 }, 'check'],
  ['findings', { number: '2017-1' }, 'unique'],
  ['findings', { number: '' }, 'check'],
  ['findings', { unit_id: 'nowhere' }, 'foreign-key'],
  ['findings', { found_on: '2017-13-01' }, 'check'],
  ['findings', { what: null }, 'not-null'],
  ['finding_facts', { type: 'forgotten' }, 'check'],
  ['finding_facts', { on_day: '2017-04-31' }, 'check'],
  ['finding_facts', { finding_id: 'none' }, 'foreign-key'],
  ['finding_facts', { type: 'extended' }, 'check'],
  ['finding_facts', { type: 'submitted', deadline: '2017-04-20' }, 'check'],
  ['finding_facts', { type: 'decided' }, 'check'],
  ['finding_facts', { outcome: 'upheld' }, 'check'],
  ['finding_facts', { type: 'decided', outcome: 'perhaps' }, 'check'],
  ['finding_facts', { type: 'decided', outcome: 'amended', kind: '举报查实' }, 'check'],
  ['finding_facts', { type: 'decided', outcome: 'upheld', unit_id: 'county' }, 'check'],
  ['evidence', { url: 'https://example.cn/a.pdf' }, 'check'],
  ['evidence', { stored_name: null }, 'check'],
  ['evidence', { sha256: null }, 'check'],
  ['evidence', { sha256: 'X' }, 'check'],
  ['evidence', { media_type: null }, 'check'],
  ['evidence', { bytes: -1 }, 'check'],
  ['evidence', { file_name: ' ' }, 'check'],
  ['evidence', { document_date: '2017-02-29' }, 'check'],
  ['evidence', { fact_id: 'none' }, 'foreign-key'],
  ['evidence', { unit_id: 'nowhere' }, 'foreign-key'],
  ['evidence', { claim_id: 'c' }, 'check'],
  ['claims', { marks: '-1' }, 'check'],
  ['claims', { leaf: '' }, 'check'],
  ['claims', { window_key: 'H9' }, 'foreign-key'],
  ['claims', { not_applicable: 2 }, 'check'],
  ['drafts', { marks: '九' }, 'check'],
  ['drafts', { not_applicable: 1 }, 'check'],
  ['drafts', { version: 0 }, 'check'],
  ['drafts', { window_key: 'H9' }, 'foreign-key'],
  ['draft_evidence', { evidence_id: 'none' }, 'foreign-key'],
  ['submissions', { type: 'lost' }, 'check'],
  ['submissions', { on_day: 'today' }, 'check'],
  ['verified_marks', { marks: '10.01' }, 'check'],
  ['verified_marks', { marks: '1e1' }, 'check'],
  ['verified_marks', { marks: '1.2.3' }, 'check'],
  ['verified_marks', { marks: '.' }, 'check'],
  ['verified_marks', { full_marks: '-5', marks: null }, 'check'],
  ['verified_marks', { not_applicable: 1 }, 'check'],
  ['verified_marks', { not_applicable: 2, marks: null }, 'check'],
  ['verified_marks', { leaf: '' }, 'check'],
  ['external_marks', { marks: '-0.1' }, 'check'],
  ['external_marks', { marks: '九十' }, 'check'],
  ['external_marks', { on_day: '20180120' }, 'check'],
  ['external_marks', { given_full: '-1' }, 'check'],
  ['external_marks', { batch_id: 'none' }, 'foreign-key'],
  ['bonus_marks', { points: 0 }, 'check'],
  ['bonus_marks', { points: 100 }, 'check'],
  ['bonus_marks', { what: ' ' }, 'check'],
  ['bonus_marks', { reverses: 'none' }, 'foreign-key'],
  ['stage_changes', { stage: 'lost' }, 'check'],
  ['stage_changes', { on_day: 'today' }, 'check'],
  ['extensions', { reason: ' ' }, 'check'],
  ['extensions', { due_on: '2017-02-30' }, 'check'],
  ['extensions', { window_key: 'H9' }, 'foreign-key'],
  ['commissions', { ends_on: '2017-09-30' }, 'check'],
  ['commissions', { evaluator: '' }, 'check'],
  ['commissions', { contract_id: 'none' }, 'foreign-key'],
  ['column_mappings', { body: '{' }, 'check'],
  ['external_batches', { sha256: 'x' }, 'check'],
  ['external_batches', { supersedes: 'b' }, 'check'],
  ['external_batches', { evidence_id: 'none' }, 'foreign-key'],
  ['publications', { reason: null }, 'check'],
  ['publications', { supersedes: null }, 'check'],
  ['publications', { number: 1 }, 'unique'],
  ['publications', { sha256: 'x' }, 'check'],
  ['publication_steps', { type: 'lost' }, 'check'],
  ['publication_steps', { type: 'returned' }, 'check'],
  ['publication_steps', { publication_id: 'p' }, 'unique'],
  ['circular_templates', { version: 0 }, 'check'],
  ['wall_links', { token_hash: 'plain-token' }, 'check'],
  ['wall_links', { name: '' }, 'check'],
]

/** One row in every append-only table, and the account that may be named in it. */
async function fill(trx: Transaction<Tables>): Promise<void> {
  await trx
    .insertInto('accounts')
    .values({ ...sound.accounts, id: 'acc', username: 'first' })
    .execute()
  await insertFindings(trx, [finding('1')])
  await insertFindingFacts(trx, [findingFact('f1', '1')])
  await insertClaims(trx, [{ ...sound.claims, id: 'c' }])
  await insertSubmissions(trx, [{ ...sound.submissions, type: 'submitted', id: 's' }])
  await insertVerifiedMarks(trx, [{ ...sound.verified_marks, id: 'v' }])
  await insertExternalMarks(trx, [{ ...sound.external_marks, id: 'e' }])
  await insertImport(trx, { ...sound.imports, id: 'i' })
  await insertBonusMarks(trx, [{ ...sound.bonus_marks, id: 'bm', points: 100, reverses: null }])
  await trx
    .insertInto('stage_changes')
    .values({ ...sound.stage_changes, id: 'sc' })
    .execute()
  await trx
    .insertInto('extensions')
    .values({ ...sound.extensions, id: 'x' })
    .execute()
  await trx
    .insertInto('external_batches')
    .values({ ...sound.external_batches, id: 'b' })
    .execute()
  await trx
    .insertInto('publications')
    .values({ ...sound.publications, id: 'p', number: 1, supersedes: null, reason: null })
    .execute()
  await trx
    .insertInto('publication_steps')
    .values({ ...sound.publication_steps, id: 'ps', publication_id: 'p' })
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
      finding_facts: 'reason',
      claims: 'note',
      submissions: 'reason',
      verified_marks: 'reason',
      external_marks: 'dimension',
      imports: 'file_name',
      bonus_marks: 'what',
      stage_changes: 'reason',
      extensions: 'reason',
      external_batches: 'reason',
      publications: 'reason',
      publication_steps: 'reason',
      audit_entries: 'subject',
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
    const h1 = { assessment_id: 'a', component: '自我考核', key: 'H1' }
    const close = (on: string | null) =>
      db.updateTable('windows').set({ closed_on: on }).where('key', '=', 'H1')
    expect(await db.transaction().execute((trx) => closeWindow(trx, h1, '2017-07-16'))).toBe(true)
    expect(await refusal(close(null).execute())).toBe('immutable')
    expect(await refusal(close('2017-08-01').execute())).toBe('immutable')
    expect(await refusal(db.deleteFrom('windows').where('key', '=', 'H1').execute())).toBe('immutable')
  })

  test('refuses a unit above itself', async () => {
    const db = await filled()
    const move = (id: string, parent_id: string) =>
      db
        .transaction()
        .execute((trx) => trx.updateTable('units').set({ parent_id }).where('id', '=', id).execute())
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
        expect(columns[table]?.filter((name) => name !== 'seq').sort(), table).toEqual(
          Object.keys(row).sort(),
        )
      }
    })
  })
})
