import type { Selectable } from 'kysely'
import type { Facts, Finding, FindingFact, Submission, VerifiedMark } from '#assessment/facts'
import { listBonusMarks } from './bonuses.ts'
import type { FactTable } from '#assessment/fact-changes'
import { atOneMoment, type Source } from './database.ts'
import { extensionsFrom, listExtensions, type Extension } from './extensions.ts'
import { listFindingFacts, listFindingRows } from './findings.ts'
import { listClaims, listExternalMarks, listSubmissions, listVerifiedMarks } from './marks.ts'
import type { FrozenFacts } from './frozen-facts.ts'
import { listParticipants } from './participants.ts'
import type { ParticipantRow, Tables, WindowRow } from './tables.ts'
import { listUnits } from './units.ts'
import { listWindows } from './windows.ts'

type FindingRow = Selectable<Tables['findings']>
type FindingFactRow = Selectable<Tables['finding_facts']>
type ClaimRow = Selectable<Tables['claims']>
type SubmissionRow = Selectable<Tables['submissions']>
type VerifiedMarkRow = Selectable<Tables['verified_marks']>
type ExternalMarkRow = Selectable<Tables['external_marks']>
type BonusMarkRow = Selectable<Tables['bonus_marks']>

/** A value that the table's CHECK constraints promise. */
function required<T>(value: T | null, row: FindingFactRow): T {
  if (value === null) throw new Error(`finding fact ${row.id} (${row.type}) is incomplete`)
  return value
}

const factFrom: Record<FindingFactRow['type'], (row: FindingFactRow) => FindingFact> = {
  notified: (row) => ({ type: 'notified', on: row.on_day, deadline: row.deadline }),
  extended: (row) => ({ type: 'extended', on: row.on_day, deadline: required(row.deadline, row) }),
  submitted: (row) => ({ type: 'submitted', on: row.on_day }),
  withdrawn: (row) => ({ type: 'withdrawn', on: row.on_day }),
  accepted: (row) => ({ type: 'accepted', on: row.on_day }),
  rejected: (row) => ({ type: 'rejected', on: row.on_day }),
  appealed: (row) => ({ type: 'appealed', on: row.on_day }),
  decided: (row) => {
    const outcome = required(row.outcome, row)
    if (outcome !== 'amended') return { type: 'decided', on: row.on_day, outcome }
    const [kind, unitId] = [required(row.kind, row), required(row.unit_id, row)]
    return { type: 'decided', on: row.on_day, outcome, kind, unitId }
  },
  reversed: (row) => ({ type: 'reversed', on: row.on_day }),
}

/** A finding's row and its facts, in the order recorded, as the engine reads them. */
export const findingFrom = (row: FindingRow, facts: readonly FindingFactRow[]): Finding => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  unitId: row.unit_id,
  what: row.what,
  facts: facts.map((fact) => factFrom[fact.type](fact)),
})

function findingsFrom(rows: readonly FindingRow[], facts: readonly FindingFactRow[]): Finding[] {
  const byFinding = new Map<string, FindingFactRow[]>()
  for (const fact of facts) {
    const known = byFinding.get(fact.finding_id)
    if (known === undefined) byFinding.set(fact.finding_id, [fact])
    else known.push(fact)
  }
  return rows.map((row) => findingFrom(row, byFinding.get(row.id) ?? []))
}

const placeOf = (row: ClaimRow | VerifiedMarkRow): string =>
  JSON.stringify([row.component, row.window_key, row.unit_id, row.leaf])

function verifiedFrom(marks: readonly VerifiedMarkRow[], claims: readonly ClaimRow[]): VerifiedMark[] {
  const claimed = new Map(claims.map((claim) => [placeOf(claim), claim.marks]))
  return marks.map((row) => ({
    unitId: row.unit_id,
    component: row.component,
    window: row.window_key,
    leaf: row.leaf,
    full: row.full_marks,
    marks: row.not_applicable === 1 ? 'not-applicable' : row.marks,
    claimed: claimed.get(placeOf(row)) ?? null,
    on: row.on_day,
  }))
}

const windowOf = (row: SubmissionRow | VerifiedMarkRow): string =>
  JSON.stringify([row.component, row.window_key, row.unit_id])

/** Handing in makes every leaf wait for its mark; taking it back before anything was verified ends the waiting. */
function marksKept(
  marks: readonly VerifiedMarkRow[],
  submissions: readonly SubmissionRow[],
): readonly VerifiedMarkRow[] {
  const last = new Map(submissions.map((row) => [windowOf(row), row.type]))
  return marks.filter(
    (row) =>
      row.marks !== null ||
      row.not_applicable === 1 ||
      row.import_id !== null ||
      last.get(windowOf(row)) !== 'withdrawn',
  )
}

/** What was handed in and not taken back: a withdrawal undoes what the unit handed in for that window before. */
function submissionsFrom(rows: readonly SubmissionRow[]): Submission[] {
  const withdrawn = new Map(
    rows.filter(({ type }) => type === 'withdrawn').map((row) => [windowOf(row), row.seq]),
  )
  return rows
    .filter(({ type }) => type === 'submitted' || type === 'resubmitted')
    .filter((row) => row.seq > (withdrawn.get(windowOf(row)) ?? 0))
    .map((row) => ({
      unitId: row.unit_id,
      component: row.component,
      window: row.window_key,
      on: row.on_day,
    }))
}

/** The rows that facts are made of. */
interface FactRows {
  readonly units: Facts['units']
  readonly participants: readonly ParticipantRow[]
  readonly windows: readonly WindowRow[]
  readonly findings: readonly FindingRow[]
  readonly findingFacts: readonly FindingFactRow[]
  readonly extensions: readonly Extension[]
  readonly claims: readonly ClaimRow[]
  readonly submissions: readonly SubmissionRow[]
  readonly verified: readonly VerifiedMarkRow[]
  readonly external: readonly ExternalMarkRow[]
  readonly bonuses: readonly BonusMarkRow[]
}

const factsFrom = (rows: FactRows): Facts => ({
  units: rows.units,
  participants: rows.participants.map(({ unit_id, group_name }) => ({ unitId: unit_id, group: group_name })),
  findings: findingsFrom(rows.findings, rows.findingFacts),
  verified: verifiedFrom(marksKept(rows.verified, rows.submissions), rows.claims),
  external: rows.external.map((row) => ({
    unitId: row.unit_id,
    component: row.component,
    dimension: row.dimension,
    marks: row.marks,
    on: row.on_day,
  })),
  closed: rows.windows.flatMap(({ component, key, closed_on }) =>
    closed_on === null ? [] : [{ component, window: key, on: closed_on }],
  ),
  extensions: extensionsFrom(rows.extensions),
  submissions: submissionsFrom(rows.submissions),
  bonuses: rows.bonuses.map(({ id, unit_id, points, on_day, what, reverses }) => ({
    unitId: unit_id,
    points,
    on: on_day,
    entry: { id, what, reverses },
  })),
})

const read = async (db: Source, assessmentId: string): Promise<FactRows> => ({
  units: (await listUnits(db)).map(({ id, name, parent_id }) => ({ id, name, parentId: parent_id })),
  participants: await listParticipants(db, assessmentId),
  windows: await listWindows(db, assessmentId),
  findings: await listFindingRows(db, assessmentId),
  findingFacts: await listFindingFacts(db, assessmentId),
  extensions: await listExtensions(db, assessmentId),
  claims: await listClaims(db, assessmentId),
  submissions: await listSubmissions(db, assessmentId),
  verified: await listVerifiedMarks(db, assessmentId),
  external: await listExternalMarks(db, assessmentId),
  bonuses: await listBonusMarks(db, assessmentId),
})

/** The facts as they were frozen: rows recorded since are left out, and units, participants and windows stand as they stood then. */
export async function loadFactsAsFrozen(
  db: Source,
  assessmentId: string,
  frozen: FrozenFacts,
): Promise<Facts> {
  const rows = await atOneMoment(db, (source) => read(source, assessmentId))
  const kept = <Row extends { readonly id: string }>(table: FactTable, all: readonly Row[]): Row[] => {
    const known = new Set(Object.keys(frozen.rows[table]).map((key) => key.slice(key.lastIndexOf('/') + 1)))
    return all.filter(({ id }) => known.has(id))
  }
  return factsFrom({
    units: frozen.units,
    participants: frozen.participants,
    windows: frozen.windows,
    findings: kept('findings', rows.findings),
    findingFacts: kept('finding_facts', rows.findingFacts),
    extensions: kept('extensions', rows.extensions),
    claims: kept('claims', rows.claims),
    submissions: kept('submissions', rows.submissions),
    verified: kept('verified_marks', rows.verified),
    external: kept('external_marks', rows.external),
    bonuses: kept('bonus_marks', rows.bonuses),
  })
}

interface Recorded {
  readonly facts: Facts
  /** The findings as stored, at the same index as those of the facts. */
  readonly findingRows: readonly FindingRow[]
}

/** Everything the engine needs of one assessment, and the findings as they are stored, from one moment. */
export const loadRecorded = (db: Source, assessmentId: string): Promise<Recorded> =>
  atOneMoment(db, async (source) => {
    const rows = await read(source, assessmentId)
    return { facts: factsFrom(rows), findingRows: rows.findings }
  })

/** Everything the engine needs of one assessment, in the order recorded and from one moment; units are the whole tree. */
export const loadFacts = async (db: Source, assessmentId: string): Promise<Facts> =>
  (await loadRecorded(db, assessmentId)).facts
