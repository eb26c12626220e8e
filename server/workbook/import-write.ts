import type { Transaction } from 'kysely'
import type { Day } from '#assessment/day'
import type { FindingFact, Submission, VerifiedMark } from '#assessment/score/facts'
import { marksFrom, shownMarks } from '#assessment/score/leaf-scale'
import { leavesOf, verifiedComponents, type Scheme } from '#assessment/rule/scheme'
import { insertFindingFacts, insertFindings } from '../../db/findings.ts'
import { insertBonusMarks, listBonusMarks } from '../../db/bonuses.ts'
import { insertExtension } from '../../db/extensions.ts'
import { newId } from '../../db/ids.ts'
import { insertClaims, insertExternalMarks, insertSubmissions, insertVerifiedMarks } from '../../db/marks.ts'
import { insertParticipants } from '../../db/participants.ts'
import type { AssessmentRow, FindingFactRow, Tables, UnitRow } from '../../db/tables.ts'
import type { UnitKind } from '#assessment/vocabulary'
import { insertUnits } from '../../db/units.ts'
import { closeWindow } from '../../db/windows.ts'
import type { ImportPlan } from '../exchange/workbook/import-plan.ts'
import { numbersFor } from '../finding/numbering.ts'

/** Where the workbook does not say why. */
const IMPORTED = '随工作簿导入'

interface Writing {
  readonly assessment: AssessmentRow
  /** The scheme in force once the import is done. */
  readonly scheme: Scheme
  readonly importId: string
  /** What it brings is known to its units already: nothing more can be appealed for being imported. */
  readonly history: boolean
  readonly accountId: string
  /** Why notices are dated before today. */
  readonly reason: string
  readonly today: Day
  readonly at: string
  readonly units: readonly UnitRow[]
  readonly participants: number
  readonly onProgress: (done: number) => void
  readonly signal: AbortSignal
}

const kindPatterns: readonly (readonly [RegExp, UnitKind])[] = [
  [/(小学|中学|学校|学院|幼儿园)$/, 'school'],
  [/医院$/, 'hospital'],
  [/(管委会|管理委员会|开发区|高新区|新区)$/, 'zone'],
  [/(乡|镇|街道)(人民)?(政府|办事处)?$/, 'township'],
  [/(县|区|市)(人民)?政府$/, 'county'],
]

/** What a unit most likely is, by its name; people can change it. */
function likelyKind(name: string, isBelowAnother: boolean): UnitKind {
  const match = kindPatterns.find(([pattern]) => pattern.test(name))
  return match?.[1] ?? (isBelowAnother ? 'county-department' : 'department')
}

const factRow = (
  findingId: string,
  fact: FindingFact,
  idOf: (unit: string) => string,
  by: { recordedBy: string; recordedAt: string },
  { reason, today }: Pick<Writing, 'reason' | 'today'>,
): Omit<FindingFactRow, 'seq'> => ({
  id: newId(),
  findingId,
  type: fact.type,
  onDay: fact.on,
  deadline: fact.type === 'notified' || fact.type === 'extended' ? fact.deadline : null,
  unitDeadline: fact.type === 'decided' && 'deadline' in fact ? fact.deadline : null,
  outcome: fact.type === 'decided' ? fact.outcome : null,
  kind: 'kind' in fact ? fact.kind : null,
  unitId: 'unitId' in fact ? idOf(fact.unitId) : null,
  severity: ('severity' in fact ? fact.severity : null) ?? null,
  reason: fact.type === 'notified' && fact.on < today ? reason : null,
  ...by,
})

/** The day on which everything that a unit handed in was verified; null while a mark is missing. */
function verifiedOn(plan: ImportPlan, { unitId, component, window, on }: Submission): Day | null {
  const last = new Map(
    plan.verified
      .filter((mark) => mark.unitId === unitId && mark.component === component && mark.window === window)
      .map((mark) => [mark.leaf, mark]),
  )
  const marks = [...last.values()]
  if (marks.length === 0 || marks.some((mark) => mark.marks === null && mark.observation == null)) return null
  return marks.reduce((latest, mark) => (mark.on !== null && mark.on > latest ? mark.on : latest), on)
}

/** How many rows a plan writes. */
export const sizeOf = (plan: ImportPlan): number =>
  plan.units.length +
  plan.participants.length +
  plan.findings.reduce((total, { finding }) => total + 1 + finding.facts.length, 0) +
  plan.courses.reduce((total, { facts }) => total + facts.length, 0) +
  plan.verified.length +
  plan.external.length +
  plan.closed.length +
  plan.submissions.length +
  plan.extensions.length

/** Writes a plan without errors. Throws the signal's reason when it is aborted; the transaction then leaves nothing. */
export async function writePlan(trx: Transaction<Tables>, plan: ImportPlan, writing: Writing): Promise<void> {
  const { assessment, importId, accountId, at, signal } = writing
  const by = { recordedBy: accountId, recordedAt: at }
  const from = { ...by, importId, assessmentId: assessment.id }
  let written = 0
  const step = async (
    count: number,
    insert: (options: { signal: AbortSignal; onProgress: (done: number) => void }) => Promise<void>,
  ) => {
    if (count === 0) return
    const before = written
    await insert({ signal, onProgress: (done) => writing.onProgress(before + done) })
    written = before + count
  }

  const ids = new Map(writing.units.map(({ id, name }) => [name, id]))
  for (const { name } of plan.units) ids.set(name, newId())
  const idOf = (name: string): string => {
    const id = ids.get(name)
    if (id === undefined) throw new Error(`no unit ${name} after planning`)
    return id
  }
  const lastPosition = writing.units.reduce((highest, { position }) => Math.max(highest, position), -1)
  const units = plan.units.map(({ name, parent }, index): UnitRow => ({
    id: idOf(name),
    name,
    kind: likelyKind(name, parent !== null),
    parentId: parent === null ? assessment.unitId : idOf(parent),
    position: lastPosition + 1 + index,
  }))
  await step(units.length, (options) => insertUnits(trx, units, options))
  const participants = plan.participants.map(({ unit, group }, index) => ({
    assessmentId: assessment.id,
    unitId: idOf(unit),
    groupName: group,
    position: writing.participants + index,
  }))
  await step(participants.length, (options) => insertParticipants(trx, participants, options))

  const names = new Map([...ids].map(([name, id]) => [id, name]))
  const numbers = await numbersFor(
    trx,
    assessment,
    { numbering: (id) => idOf(plan.numbering(names.get(id) ?? '')) },
    [...names.keys()],
    plan.findings.map(({ finding, numbered }) => ({
      unitId: idOf(finding.unitId),
      number: numbered ? finding.number : null,
    })),
  )
  const findings = plan.findings.map(({ finding }, index) => ({
    row: {
      id: newId(),
      ...from,
      number: '',
      ...numbers[index],
      kind: finding.kind,
      severity: finding.severity,
      unitId: idOf(finding.unitId),
      what: finding.what,
      source: null,
      foundOn: null,
      heardByImport: writing.history ? null : 1,
    },
    facts: finding.facts,
  }))
  await step(findings.length, (options) =>
    insertFindings(
      trx,
      findings.map(({ row }) => row),
      options,
    ),
  )
  const given = new Map((await listBonusMarks(trx, assessment.id)).map((row) => [row.id, row]))
  const facts = [
    ...findings.flatMap(({ row, facts }) => facts.map((fact) => factRow(row.id, fact, idOf, by, writing))),
    ...plan.courses
      .filter(({ findingId }) => !given.has(findingId))
      .flatMap(({ findingId, facts }) => facts.map((fact) => factRow(findingId, fact, idOf, by, writing))),
  ]
  await step(facts.length, (options) => insertFindingFacts(trx, facts, options))
  // Points given before there were ledgers of gains are taken back by their opposite.
  const takenBack = plan.courses.flatMap(({ findingId, facts }) => {
    const row = given.get(findingId)
    const back = facts.find(({ type }) => type === 'decided' || type === 'reversed')
    if (!row || !back) return []
    const { unitId, points } = row
    return [
      { id: newId(), ...from, unitId, points: -points, what: IMPORTED, onDay: back.on, reverses: row.id },
    ]
  })
  await step(takenBack.length, (options) => insertBonusMarks(trx, takenBack, options))

  const leaves = new Map(
    verifiedComponents(writing.scheme).map(({ key, indicators }) => [key, leavesOf(indicators)]),
  )
  /** What follows from the observation of a mark that gives none beside it; null where nothing does. */
  const following = ({ component, leaf, full, marks, observation }: VerifiedMark): string | null => {
    const known = leaves.get(component)?.find(({ key }) => key === leaf)
    if (marks !== null || observation == null || !known) return null
    const follows = marksFrom(known.scale, observation, full)
    return 'marks' in follows ? shownMarks(follows.marks) : null
  }
  const verified = plan.verified.map((mark) => ({
    id: newId(),
    ...from,
    component: mark.component,
    windowKey: mark.window,
    unitId: idOf(mark.unitId),
    leaf: mark.leaf,
    fullMarks: mark.full,
    marks: mark.marks === 'not-applicable' ? null : (mark.marks ?? following(mark)),
    notApplicable: mark.marks === 'not-applicable' ? 1 : 0,
    observation: mark.observation ?? null,
    follows: following(mark) === null ? null : 1,
    reason: null,
    onDay: mark.on,
  }))
  await step(verified.length, (options) => insertVerifiedMarks(trx, verified, options))
  const claimed = new Map(
    plan.verified.map((mark) => [
      JSON.stringify([mark.component, mark.window, mark.unitId, mark.leaf]),
      mark,
    ]),
  )
  const claims = [...claimed.values()].flatMap((mark) =>
    mark.claimed === null || mark.leaf === null
      ? []
      : [
          {
            id: newId(),
            ...by,
            assessmentId: assessment.id,
            component: mark.component,
            windowKey: mark.window,
            unitId: idOf(mark.unitId),
            leaf: mark.leaf,
            marks: mark.claimed,
            note: null,
          },
        ],
  )
  await insertClaims(trx, claims, { signal })
  const external = plan.external.map((mark) => ({
    id: newId(),
    ...from,
    component: mark.component,
    windowKey: mark.window,
    dimension: mark.dimension,
    unitId: idOf(mark.unitId),
    marks: mark.marks === 'not-applicable' ? null : mark.marks,
    notApplicable: mark.marks === 'not-applicable' ? 1 : null,
    onDay: mark.on,
  }))
  await step(external.length, (options) => insertExternalMarks(trx, external, options))
  const submissions = plan.submissions.flatMap((one) => {
    const step = { ...by, assessmentId: assessment.id, component: one.component, windowKey: one.window }
    const handedIn = { ...step, unitId: idOf(one.unitId), reason: null }
    const done = verifiedOn(plan, one)
    return [
      { ...handedIn, id: newId(), type: 'submitted' as const, onDay: one.on },
      ...(done === null ? [] : [{ ...handedIn, id: newId(), type: 'verified' as const, onDay: done }]),
    ]
  })
  await step(submissions.length, (options) => insertSubmissions(trx, submissions, options))
  for (const { component, window, unitId, due, on } of plan.extensions)
    await insertExtension(trx, {
      ...by,
      id: newId(),
      assessmentId: assessment.id,
      component,
      windowKey: window,
      unitId: unitId === null ? null : idOf(unitId),
      dueOn: due,
      onDay: on,
      reason: IMPORTED,
    })
  for (const { component, window, on } of plan.closed)
    await closeWindow(trx, { assessmentId: assessment.id, component, key: window }, on)
  signal.throwIfAborted()
}
