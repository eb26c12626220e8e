import type { Selectable } from 'kysely'
import { dayInChina } from '#assessment/day'
import type { Facts, Finding, FindingFact, Submission, VerifiedMark } from '#assessment/score/facts'
import { formerBonusKey } from '#assessment/rule/stored-scheme'
import { findAssessment } from './assessments.ts'
import { givenAsFindings, listBonusMarks } from './bonuses.ts'
import type { FactTable } from '#assessment/publication/fact-changes'
import { atOneMoment, type Source } from './source.ts'
import { extensionsFrom, listExtensions, type Extension } from './extensions.ts'
import { listFindingFacts, listFindingRows } from './findings.ts'
import { listClaims, listExternalMarks, listSubmissions, listVerifiedMarks } from './marks.ts'
import type { FrozenFacts } from './frozen-facts.ts'
import { listParticipants } from './participants.ts'
import type { ParticipantRow, Tables, WindowRow } from './tables.ts'
import { findScheme } from './schemes.ts'
import { asTheyWereIn, listUnits } from './units.ts'
import { listWindows } from './windows.ts'

type FindingRow = Selectable<Tables['findings']>
type FindingFactRow = Selectable<Tables['findingFacts']>
type ClaimRow = Selectable<Tables['claims']>
type SubmissionRow = Selectable<Tables['submissions']>
type VerifiedMarkRow = Selectable<Tables['verifiedMarks']>
type ExternalMarkRow = Selectable<Tables['externalMarks']>
type BonusMarkRow = Selectable<Tables['bonusMarks']>

/** A value that the table's CHECK constraints promise. */
function required<T>(value: T | null, row: FindingFactRow): T {
  if (value === null) throw new Error(`finding fact ${row.id} (${row.type}) is incomplete`)
  return value
}

const factFrom: Record<FindingFactRow['type'], (row: FindingFactRow) => FindingFact> = {
  notified: (row) => ({ type: 'notified', on: row.onDay, deadline: row.deadline }),
  extended: (row) => ({ type: 'extended', on: row.onDay, deadline: required(row.deadline, row) }),
  submitted: (row) => ({ type: 'submitted', on: row.onDay }),
  withdrawn: (row) => ({ type: 'withdrawn', on: row.onDay }),
  accepted: (row) => ({ type: 'accepted', on: row.onDay }),
  rejected: (row) => ({ type: 'rejected', on: row.onDay }),
  appealed: (row) => ({ type: 'appealed', on: row.onDay }),
  decided: (row) => {
    const outcome = required(row.outcome, row)
    if (outcome !== 'amended') return { type: 'decided', on: row.onDay, outcome }
    const [kind, unitId] = [required(row.kind, row), required(row.unitId, row)]
    const { severity, unitDeadline: deadline } = row
    return {
      type: 'decided',
      on: row.onDay,
      outcome,
      kind,
      unitId,
      ...(severity != null && { severity }),
      ...(deadline != null && { deadline }),
    }
  },
  reversed: (row) => ({ type: 'reversed', on: row.onDay }),
}

/** A finding's row and its facts, in the order recorded, as the engine reads them. */
export const findingFrom = (row: FindingRow, facts: readonly FindingFactRow[]): Finding => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  severity: row.severity ?? null,
  unitId: row.unitId,
  ...(row.numberedUnitId != null && { numberedUnitId: row.numberedUnitId }),
  what: row.what,
  facts: facts.map((fact) => {
    const told = factFrom[fact.type](fact)
    const tells = told.type === 'notified' || (told.type === 'decided' && 'deadline' in told)
    // What is imported as history was heard of on the day that it says.
    const isHistory = row.importId !== null && row.heardByImport !== 1
    return tells && !(isHistory && (told.type === 'notified' || fact.recordedAt === row.recordedAt))
      ? { ...told, recordedOn: dayInChina(new Date(fact.recordedAt)) }
      : told
  }),
})

function findingsFrom(rows: readonly FindingRow[], facts: readonly FindingFactRow[]): Finding[] {
  const byFinding = new Map<string, FindingFactRow[]>()
  for (const fact of facts) {
    const known = byFinding.get(fact.findingId)
    if (known === undefined) byFinding.set(fact.findingId, [fact])
    else known.push(fact)
  }
  return rows.map((row) => findingFrom(row, byFinding.get(row.id) ?? []))
}

const placeOf = (row: ClaimRow | VerifiedMarkRow): string =>
  JSON.stringify([row.component, row.windowKey, row.unitId, row.leaf])

function verifiedFrom(marks: readonly VerifiedMarkRow[], claims: readonly ClaimRow[]): VerifiedMark[] {
  const claimed = new Map(claims.map((claim) => [placeOf(claim), claim.marks]))
  return marks.map((row) => ({
    unitId: row.unitId,
    component: row.component,
    window: row.windowKey,
    leaf: row.leaf,
    full: row.fullMarks,
    marks: row.notApplicable === 1 ? 'not-applicable' : row.follows === 1 ? null : row.marks,
    observation: row.observation ?? null,
    claimed: claimed.get(placeOf(row)) ?? null,
    on: row.onDay,
  }))
}

const windowOf = (row: SubmissionRow | VerifiedMarkRow): string =>
  JSON.stringify([row.component, row.windowKey, row.unitId])

/** Handing in makes every leaf wait for its mark; taking it back before anything was verified ends the waiting. */
function marksKept(
  marks: readonly VerifiedMarkRow[],
  submissions: readonly SubmissionRow[],
): readonly VerifiedMarkRow[] {
  const last = new Map(submissions.map((row) => [windowOf(row), row.type]))
  return marks.filter(
    (row) =>
      row.marks !== null ||
      row.notApplicable === 1 ||
      row.importId !== null ||
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
      unitId: row.unitId,
      component: row.component,
      window: row.windowKey,
      on: row.onDay,
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
  /** Whether the rule has the kind of gain that a bonus of earlier years is now. */
  readonly hasBonusKind: boolean
  readonly year: number | null
}

/** Points given before there were ledgers of gains; those that the rule has no place for say nothing. */
const gainsFrom = (rows: readonly BonusMarkRow[], isGained: boolean): Finding[] =>
  isGained ? givenAsFindings(rows).map(({ row, facts }) => findingFrom(row, facts)) : []

const factsFrom = (rows: FactRows): Facts => ({
  ...(rows.year === null ? {} : { year: rows.year }),
  units: rows.units,
  participants: rows.participants.map(({ unitId, groupName }) => ({ unitId, group: groupName })),
  findings: [
    ...findingsFrom(rows.findings, rows.findingFacts),
    ...gainsFrom(rows.bonuses, rows.hasBonusKind),
  ],
  verified: verifiedFrom(marksKept(rows.verified, rows.submissions), rows.claims),
  external: rows.external.map((row) => ({
    unitId: row.unitId,
    component: row.component,
    window: row.windowKey ?? null,
    dimension: row.dimension,
    marks: row.notApplicable === 1 ? 'not-applicable' : row.marks,
    on: row.onDay,
  })),
  closed: rows.windows.flatMap(({ component, key, closedOn }) =>
    closedOn === null ? [] : [{ component, window: key, on: closedOn }],
  ),
  extensions: extensionsFrom(rows.extensions),
  submissions: submissionsFrom(rows.submissions),
})

const read = async (db: Source, assessmentId: string): Promise<FactRows> => ({
  ...(await readGains(db, assessmentId)),
  units: (await asTheyWereIn(db, assessmentId, await listUnits(db))).map(({ id, name, parentId }) => ({
    id,
    name,
    parentId,
  })),
  participants: await listParticipants(db, assessmentId),
  windows: await listWindows(db, assessmentId),
  findings: await listFindingRows(db, assessmentId),
  findingFacts: await listFindingFacts(db, assessmentId),
  extensions: await listExtensions(db, assessmentId),
  claims: await listClaims(db, assessmentId),
  submissions: await listSubmissions(db, assessmentId),
  verified: await listVerifiedMarks(db, assessmentId),
  external: await listExternalMarks(db, assessmentId),
})

/** The year of an assessment, and its earlier bonus with the kind that it became. */
async function readGains(
  db: Source,
  assessmentId: string,
): Promise<Pick<FactRows, 'bonuses' | 'hasBonusKind' | 'year'>> {
  const bonuses = await listBonusMarks(db, assessmentId)
  const assessment = await findAssessment(db, assessmentId)
  const stored = bonuses.length > 0 && assessment ? await findScheme(db, assessment.schemeId) : undefined
  const kinds = stored?.scheme.adjustments?.kinds ?? []
  const hasBonusKind = kinds.some(({ key }) => key === formerBonusKey)
  return { bonuses, hasBonusKind, year: assessment?.year ?? null }
}

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
    findingFacts: kept('findingFacts', rows.findingFacts),
    extensions: kept('extensions', rows.extensions),
    claims: kept('claims', rows.claims),
    submissions: kept('submissions', rows.submissions),
    verified: kept('verifiedMarks', rows.verified),
    external: kept('externalMarks', rows.external),
    bonuses: kept('bonusMarks', rows.bonuses),
    hasBonusKind: rows.hasBonusKind,
    year: rows.year,
  })
}

interface Recorded {
  readonly facts: Facts
  /** The findings as stored, at the same index as those of the facts; points of an earlier bonus come after them. */
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
