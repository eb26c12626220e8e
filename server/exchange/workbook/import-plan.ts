import type {
  ClosedWindow,
  ExternalMark,
  Facts,
  Finding,
  FindingFact,
  Submission,
  VerifiedMark,
  WindowExtension,
} from '../../assessment/score/facts.ts'
import type { Day } from '../../assessment/day.ts'
import { compare, decimal, type Decimal } from '../../assessment/rational.ts'
import { kindsOf, type LedgerKind } from '../../assessment/rule/scheme.ts'
import type { Book } from './book.ts'
import type { Origin } from '../spreadsheet/place.ts'
import type { ImportConflict } from './import-conflicts.ts'
import { ledgerEntry, type LedgerEntry } from './ledger-entry.ts'
import { externalPlace, verifiedPlace } from './marks-in-force.ts'

export const importOutcomes = ['new', 'same', 'changed', 'error'] as const
export type ImportOutcome = (typeof importOutcomes)[number]

/** What becomes of one row of the workbook. */
export interface PlannedRow extends Origin {
  /** Where in the row, if a single cell says it. */
  readonly column?: string | undefined
  readonly outcome: ImportOutcome
  readonly conflict: ImportConflict | null
}

/** Units in the plan are named, as in the workbook; everything stored has its id. */
export interface ImportPlan {
  readonly rows: readonly PlannedRow[]
  readonly units: readonly { readonly name: string; readonly parent: string | null }[]
  readonly participants: readonly { readonly unit: string; readonly group: string }[]
  readonly findings: readonly { readonly finding: Finding; readonly numbered: boolean }[]
  /** Facts to add to findings that are stored already. */
  readonly courses: readonly { readonly findingId: string; readonly facts: readonly FindingFact[] }[]
  readonly verified: readonly VerifiedMark[]
  readonly external: readonly ExternalMark[]
  /** Windows to close that are still open, and what was handed in for windows for which nothing was. */
  readonly closed: readonly ClosedWindow[]
  readonly submissions: readonly Submission[]
  readonly extensions: readonly WindowExtension[]
}

interface Verdict {
  readonly outcome: ImportOutcome
  readonly conflict?: ImportConflict
}

const keyOf = (...parts: readonly (string | null)[]): string => JSON.stringify(parts)

const shortKey = ({ unitId, kind, severity, what, notifiedOn }: LedgerEntry): string =>
  keyOf(unitId, kind, severity, what, notifiedOn)
const fullKey = (entry: LedgerEntry): string =>
  keyOf(shortKey(entry), entry.deadline, entry.rectifiedOn, entry.review, entry.revokedOn)

/** The stored finding with its unit named as in a workbook. */
interface Stored {
  readonly finding: Finding
  readonly entry: LedgerEntry
}

/** The row of a finding, its severity always by key: blank and the usual one are the same. */
function rowOf(finding: Finding, kinds: ReadonlyMap<string, LedgerKind>): LedgerEntry {
  const entry = ledgerEntry(finding)
  const kind = kinds.get(entry.kind)
  return { ...entry, severity: entry.severity ?? kind?.severities[0]?.key ?? null }
}

/** Rows of the same case: a notice that was still to come may have come. */
const isSameCase = (row: LedgerEntry, stored: LedgerEntry): boolean =>
  shortKey(row) === shortKey(stored.notifiedOn === null ? { ...stored, notifiedOn: row.notifiedOn } : stored)

/** What the row tells beyond the stored finding, as facts to add. */
function newsIn(row: LedgerEntry, stored: LedgerEntry): FindingFact[] {
  const news: FindingFact[] = []
  const { notifiedOn } = row
  if (notifiedOn !== null && stored.notifiedOn === null)
    news.push({ type: 'notified', on: notifiedOn, deadline: row.deadline })
  else if (notifiedOn !== null && row.deadline !== null && row.deadline !== stored.deadline)
    news.push({ type: 'extended', on: notifiedOn, deadline: row.deadline })
  if (row.rectifiedOn !== null) {
    if (row.rectifiedOn !== stored.rectifiedOn) news.push({ type: 'submitted', on: row.rectifiedOn })
    if (row.review !== null && (row.review !== stored.review || row.rectifiedOn !== stored.rectifiedOn)) {
      news.push({ type: row.review, on: row.rectifiedOn })
    }
  }
  if (row.revokedOn !== null && row.revokedOn !== stored.revokedOn) {
    news.push({ type: 'decided', on: row.revokedOn, outcome: 'revoked' })
  }
  return news
}

/** Whether the stored finding tells everything that the row tells; what the row leaves blank is no contradiction. */
const tells = (stored: LedgerEntry, row: LedgerEntry): boolean =>
  (['deadline', 'rectifiedOn', 'review', 'revokedOn'] as const).every(
    (name) => row[name] === null || row[name] === stored[name],
  )

function course(row: LedgerEntry, { finding, entry }: Stored): { verdict: Verdict; facts: FindingFact[] } {
  const facts = newsIn(row, entry)
  if (facts.length === 0) return { verdict: { outcome: 'same' }, facts }
  return tells(ledgerEntry({ ...finding, facts: [...finding.facts, ...facts] }), row)
    ? { verdict: { outcome: 'changed' }, facts }
    : { verdict: { outcome: 'error', conflict: 'ledger-differs' }, facts: [] }
}

/** Takes stored findings one by one, so that a row repeated in the workbook is as often in the ledger. */
function takeFrom(all: readonly Stored[], key: (entry: LedgerEntry) => string, taken: ReadonlySet<Stored>) {
  const waiting = new Map<string, Stored[]>()
  for (const stored of all) {
    if (taken.has(stored)) continue
    const list = waiting.get(key(stored.entry))
    if (list) list.push(stored)
    else waiting.set(key(stored.entry), [stored])
  }
  for (const list of waiting.values()) list.reverse()
  return (entry: LedgerEntry) => waiting.get(key(entry))?.pop()
}

/** The first and last day on which anything that a workbook tells may have happened. */
export interface Bounds {
  readonly from: Day
  readonly to: Day
}

const areWithin = (facts: readonly FindingFact[], { from, to }: Bounds): boolean =>
  facts.every(({ on }) => on >= from && on <= to)
const outOfBounds: Verdict = { outcome: 'error', conflict: 'day-out-of-bounds' }

function planFindings(book: Book, existing: Facts, bounds: Bounds, nameOf: (id: string) => string) {
  const kinds = kindsOf(book.scheme)
  const stored = existing.findings.map((finding): Stored => {
    const entry = rowOf(finding, kinds)
    return { finding, entry: { ...entry, unitId: nameOf(entry.unitId) } }
  })
  const entries = book.facts.findings.map((finding) => rowOf(finding, kinds))
  const partners = new Map<number, Stored>()
  const taken = new Set<Stored>()
  const numbers = new Map(stored.map((one) => [one.finding.number, one]))
  const pair = (find: (entry: LedgerEntry, index: number) => Stored | undefined) =>
    entries.forEach((entry, index) => {
      const partner = partners.has(index) ? undefined : find(entry, index)
      if (!partner || taken.has(partner)) return
      partners.set(index, partner)
      taken.add(partner)
    })

  pair((_, index) =>
    book.numbered[index] ? numbers.get(book.facts.findings[index]?.number ?? '') : undefined,
  )
  pair(takeFrom(stored, fullKey, taken))
  pair(takeFrom(stored, shortKey, taken))

  const findings: ImportPlan['findings'][number][] = []
  const courses: ImportPlan['courses'][number][] = []
  const verdicts = entries.map((entry, index): Verdict => {
    const finding = book.facts.findings[index] as Finding
    const partner = partners.get(index)
    if (!partner) {
      if (!areWithin(finding.facts, bounds)) return outOfBounds
      findings.push({ finding, numbered: book.numbered[index] ?? false })
      return { outcome: 'new' }
    }
    if (!isSameCase(entry, partner.entry)) return { outcome: 'error', conflict: 'number-taken' }
    const { verdict, facts } = course(entry, partner)
    if (!areWithin(facts, bounds)) return outOfBounds
    if (verdict.outcome === 'changed') courses.push({ findingId: partner.finding.id, facts })
    return verdict
  })
  return { verdicts, findings, courses }
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
 * replaced come along where nothing is stored.
 */
function planMarks<Mark extends VerifiedMark | ExternalMark>(
  marks: readonly Mark[],
  superseded: readonly Mark[],
  existing: readonly Mark[],
  placeOf: (mark: Mark) => string,
  isSame: (mark: Mark, last: Mark) => boolean,
) {
  const last = new Map(existing.map((mark) => [placeOf(mark), mark]))
  const added: Mark[] = superseded.filter((mark) => !last.has(placeOf(mark)))
  const verdicts = marks.map((mark): Verdict => {
    const before = last.get(placeOf(mark))
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

/**
 * What importing a workbook would add to an assessment: rows told already are left alone, so that importing twice adds
 * nothing. Facts are only ever added; a row that contradicts what is stored, or brings days out of bounds, is an error. Pure.
 */
export function planImport(book: Book, existing: Facts, bounds: Bounds): ImportPlan {
  const names = new Map(existing.units.map(({ id, name }) => [id, name]))
  const nameOf = (id: string): string => names.get(id) ?? id
  const known = new Map(existing.units.map((unit) => [unit.name, unit]))

  const units = planUnits(book, known, existing, nameOf)
  const findings = planFindings(book, existing, bounds, nameOf)
  const verified = planMarks<VerifiedMark>(
    book.facts.verified.slice(book.superseded.verified.length),
    book.superseded.verified,
    existing.verified.map((mark) => ({ ...mark, unitId: nameOf(mark.unitId) })),
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

  const rowsOf = (origins: readonly Origin[], verdicts: readonly Verdict[]): PlannedRow[] =>
    origins.map(({ sheet, row }, index) => ({
      sheet,
      row,
      outcome: verdicts[index]?.outcome ?? 'same',
      conflict: verdicts[index]?.conflict ?? null,
    }))
  return {
    rows: [
      ...rowsOf(book.origins.units, units.verdicts),
      ...rowsOf(book.origins.findings, findings.verdicts),
      ...rowsOf(book.origins.verified, verified.verdicts),
      ...rowsOf(book.origins.external, external.verdicts),
    ],
    units: units.units,
    participants: units.participants,
    findings: findings.findings,
    courses: findings.courses,
    verified: verified.added,
    external: external.added,
    closed: book.facts.closed.filter((one) => !closed.has(windowOf(one))),
    submissions: book.facts.submissions.filter((one) => !handed.has(keyOf(windowOf(one), one.unitId))),
    extensions: (book.facts.extensions ?? []).filter((one) => !granted.has(extensionKey(one, one.unitId))),
  }
}
