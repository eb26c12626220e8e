import type {
  ClosedWindow,
  ExternalMark,
  Facts,
  Submission,
  VerifiedMark,
  WindowExtension,
} from '../../assessment/score/facts.ts'
import { chargingOf } from '../../assessment/score/charging.ts'
import { detailSheets } from '../../assessment/rule/scheme-words.ts'
import type { Day } from '../../assessment/day.ts'
import { compare, decimal, type Decimal } from '../../assessment/rational.ts'
import type { Book } from './book.ts'
import { courseSheets } from './course-columns.ts'
import { ahead, keyOf, planFindings, type PlannedCourse, type PlannedFinding } from './plan-findings.ts'
import type { PlannedRow, Verdict } from './planned-row.ts'
import type { Origin } from '../spreadsheet/place.ts'
import { externalPlace, verifiedPlace } from './marks-in-force.ts'

/** Units in the plan are named, as in the workbook; everything stored has its id. */
export interface ImportPlan {
  readonly rows: readonly PlannedRow[]
  readonly units: readonly { readonly name: string; readonly parent: string | null }[]
  readonly participants: readonly { readonly unit: string; readonly group: string }[]
  /** The unit within which findings at a unit are numbered. */
  readonly numbering: (unit: string) => string
  readonly findings: readonly PlannedFinding[]
  readonly courses: readonly PlannedCourse[]
  readonly verified: readonly VerifiedMark[]
  readonly external: readonly ExternalMark[]
  /** Windows to close that are still open, and what was handed in for windows for which nothing was. */
  readonly closed: readonly ClosedWindow[]
  readonly submissions: readonly Submission[]
  readonly extensions: readonly WindowExtension[]
}

const sameNumber = (a: Decimal | null, b: Decimal | null): boolean =>
  a === null || b === null ? a === b : compare(decimal(a), decimal(b)) === 0
const sameMarks = (a: VerifiedMark['marks'], b: VerifiedMark['marks']): boolean =>
  a === 'not-applicable' || b === 'not-applicable' ? a === b : sameNumber(a, b)

/** A row without a mark, nor an observation that gives one. */
const isBlank = (mark: VerifiedMark | ExternalMark): boolean =>
  mark.marks === null && !('observation' in mark && mark.observation != null)

/**
 * Marks against the last stored one of the same place; a blank mark says nothing against a stored one. Marks that another
 * replaced come along where nothing is stored. None is given after today.
 */
function planMarks<Mark extends VerifiedMark | ExternalMark>(
  marks: readonly Mark[],
  superseded: readonly Mark[],
  existing: readonly Mark[],
  today: Day,
  placeOf: (mark: Mark) => string,
  isSame: (mark: Mark, last: Mark) => boolean,
) {
  const last = new Map(existing.map((mark) => [placeOf(mark), mark]))
  const added: Mark[] = superseded.filter((mark) => !last.has(placeOf(mark)))
  const early = new Set(
    [...superseded, ...marks].flatMap((mark) => (mark.on !== null && mark.on > today ? [placeOf(mark)] : [])),
  )
  const verdicts = marks.map((mark): Verdict => {
    const before = last.get(placeOf(mark))
    if (early.has(placeOf(mark))) return ahead
    if (before && (isBlank(mark) || isSame(mark, before))) return { outcome: 'same' }
    added.push(mark)
    return { outcome: before ? 'changed' : 'new' }
  })
  return { verdicts, added }
}

/** A unit in the tree as it is. */
interface KnownUnit {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
}

function planUnits(
  book: Book,
  known: ReadonlyMap<string, KnownUnit>,
  existing: Facts,
  nameOf: (id: string) => string,
) {
  const groups = new Map(book.facts.participants.map(({ unitId, group }) => [unitId, group]))
  const taking = new Map(existing.participants.map(({ unitId, group }) => [nameOf(unitId), group]))
  const units: ImportPlan['units'][number][] = []
  const participants: ImportPlan['participants'][number][] = []
  const verdicts = book.facts.units.map(({ name, parentId: parent }): Verdict => {
    const unit = known.get(name)
    const group = groups.get(name)
    const held = taking.get(name)
    if (held !== undefined && group === undefined) return { outcome: 'error', conflict: 'takes-part' }
    if (held !== undefined && held !== group) return { outcome: 'error', conflict: 'group-differs' }
    if (unit && parent !== null && (unit.parentId === null || nameOf(unit.parentId) !== parent)) {
      return { outcome: 'error', conflict: 'parent-differs' }
    }
    if (!unit) units.push({ name, parent })
    if (held === undefined && group !== undefined) participants.push({ unit: name, group })
    return { outcome: !unit || (held === undefined && group !== undefined) ? 'new' : 'same' }
  })
  return { verdicts, units, participants }
}

/** The sheets of which no row is told by itself, where one tells of a day after today. */
function sheetsAhead({ facts: { closed, submissions, extensions = [] } }: Book, today: Day): PlannedRow[] {
  const columns = [
    { sheet: detailSheets.windows, column: '关闭日期', days: closed },
    { sheet: courseSheets.submissions, column: '日期', days: submissions },
    { sheet: courseSheets.extensions, column: '日期', days: extensions },
  ]
  return columns
    .filter(({ days }) => days.some(({ on }) => on > today))
    .map(({ sheet, column }) => ({ sheet, column, row: 1, outcome: 'error', conflict: 'day-ahead' }))
}

/**
 * What importing a workbook would add to an assessment: rows told already are left alone, so that importing twice adds
 * nothing. Units that the workbook puts under none stand below the assessing one. Facts are only ever added; a row that
 * contradicts what is stored, or tells of days ahead, is an error. Pure.
 */
export function planImport(book: Book, existing: Facts, assessingUnit: string, today: Day): ImportPlan {
  const names = new Map(existing.units.map(({ id, name }) => [id, name]))
  const nameOf = (id: string): string => names.get(id) ?? id
  const known = new Map(existing.units.map((unit) => [unit.name, unit]))

  const units = planUnits(book, known, existing, nameOf)
  const { numbering } = chargingOf(
    [
      ...existing.units.map(({ id, parentId }) => ({ id, parentId })),
      ...units.units.map(({ name, parent }) => ({ id: name, parentId: parent ?? assessingUnit })),
    ].map(({ id, parentId }) => ({
      id: nameOf(id),
      name: nameOf(id),
      parentId: parentId === null ? null : nameOf(parentId),
    })),
    [
      ...existing.participants.map(({ unitId, group }) => ({ unitId: nameOf(unitId), group })),
      ...units.participants.map(({ unit, group }) => ({ unitId: unit, group })),
    ],
  )
  const findings = planFindings(book, existing, today, { nameOf, numbering })
  const verified = planMarks<VerifiedMark>(
    book.facts.verified.slice(book.superseded.verified.length),
    book.superseded.verified,
    existing.verified.map((mark) => ({ ...mark, unitId: nameOf(mark.unitId) })),
    today,
    verifiedPlace,
    (mark, last) =>
      sameMarks(mark.marks, last.marks) &&
      sameNumber(mark.full, last.full) &&
      (mark.observation ?? null) === (last.observation ?? null),
  )
  const external = planMarks<ExternalMark>(
    book.facts.external.slice(book.superseded.external.length),
    book.superseded.external,
    existing.external.map((mark) => ({ ...mark, unitId: nameOf(mark.unitId) })),
    today,
    externalPlace,
    (mark, last) => sameMarks(mark.marks, last.marks),
  )

  const windowOf = (one: Pick<Submission, 'component' | 'window'>): string => keyOf(one.component, one.window)
  const closed = new Set(existing.closed.map(windowOf))
  const handed = new Set(existing.submissions.map((one) => keyOf(windowOf(one), nameOf(one.unitId))))

  const extensionKey = (one: WindowExtension, unit: string | null): string =>
    keyOf(windowOf(one), unit, one.due, one.on)
  const granted = new Set(
    existing.extensions?.map((one) => extensionKey(one, one.unitId === null ? null : nameOf(one.unitId))),
  )

  const rowsOf = <Entry>(
    origins: readonly Origin[],
    verdicts: readonly Verdict[],
    entries: readonly Entry[],
    told: (entry: Entry) => readonly (string | null)[],
  ): PlannedRow[] =>
    origins.map(({ sheet, row }, index) => {
      const entry = entries[index]
      return {
        sheet,
        row,
        outcome: verdicts[index]?.outcome ?? 'same',
        conflict: verdicts[index]?.conflict ?? null,
        told: (entry === undefined ? [] : told(entry)).flatMap((text) =>
          text === null || text === '' ? [] : [text],
        ),
      }
    })
  const groups = new Map(book.facts.participants.map(({ unitId, group }) => [unitId, group]))
  const markText = (marks: VerifiedMark['marks']): string | null =>
    marks === 'not-applicable' ? '不适用' : marks
  return {
    rows: [
      ...rowsOf(book.origins.units, units.verdicts, book.facts.units, ({ name, parentId }) => [
        name,
        parentId,
        groups.get(name) ?? null,
      ]),
      ...rowsOf(
        book.origins.findings,
        findings.verdicts,
        book.facts.findings,
        ({ unitId, number, what, facts }) => [unitId, number, what, facts[0]?.on ?? null],
      ),
      ...rowsOf(
        book.origins.verified,
        verified.verdicts,
        book.facts.verified.slice(book.superseded.verified.length),
        ({ unitId, window, leaf, marks }) => [unitId, window, leaf, markText(marks)],
      ),
      ...rowsOf(
        book.origins.external,
        external.verdicts,
        book.facts.external.slice(book.superseded.external.length),
        ({ unitId, component, window, dimension, marks }) => [
          unitId,
          dimension ?? window ?? component,
          markText(marks),
        ],
      ),
      ...sheetsAhead(book, today),
    ],
    units: units.units,
    participants: units.participants,
    numbering,
    findings: findings.findings,
    courses: findings.courses,
    verified: verified.added,
    external: external.added,
    closed: book.facts.closed.filter((one) => !closed.has(windowOf(one))),
    submissions: book.facts.submissions.filter((one) => !handed.has(keyOf(windowOf(one), one.unitId))),
    extensions: (book.facts.extensions ?? []).filter((one) => !granted.has(extensionKey(one, one.unitId))),
  }
}
