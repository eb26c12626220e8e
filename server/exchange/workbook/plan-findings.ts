import type { Day } from '../../assessment/day.ts'
import { grouped } from '../../grouped.ts'
import { kindsOf, type LedgerKind } from '../../assessment/rule/scheme.ts'
import type { Facts, Finding, FindingFact } from '../../assessment/score/facts.ts'
import type { Book } from './book.ts'
import { ledgerEntry, type LedgerEntry } from './ledger-entry.ts'
import type { Verdict } from './planned-row.ts'

export interface PlannedFinding {
  readonly finding: Finding
  readonly numbered: boolean
}

/** How units are called and within which of them entries are numbered. */
export interface Naming {
  readonly nameOf: (id: string) => string
  /** The unit, by name, within which entries at a unit are numbered once the workbook is imported. */
  readonly numbering: (unit: string) => string
}
/** Facts to add to a finding that is stored already. */
export interface PlannedCourse {
  readonly findingId: string
  readonly facts: readonly FindingFact[]
}

/** Several words as one key. */
export const keyOf = (...parts: readonly (string | null)[]): string => JSON.stringify(parts)

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

const isAhead = (facts: readonly FindingFact[], today: Day): boolean => facts.some(({ on }) => on > today)
/** A row that tells of a day after today. */
export const ahead: Verdict = { outcome: 'error', conflict: 'day-ahead' }

/** Whether a stored finding has the number within the unit; one numbered before numbers counted within units has it everywhere. */
const hasNumber = ({ finding }: Stored, within: string, nameOf: Naming['nameOf']): boolean =>
  finding.numberedUnitId === undefined || nameOf(finding.numberedUnitId) === within

/**
 * The findings of a workbook beside those stored: new ones, facts to add to known ones, and a verdict on each row. Findings are known by their
 * number within their unit, else by all that their row tells.
 */
export function planFindings(book: Book, existing: Facts, today: Day, { nameOf, numbering }: Naming) {
  const kinds = kindsOf(book.scheme)
  const stored = existing.findings.map((finding): Stored => {
    const entry = rowOf(finding, kinds)
    return { finding, entry: { ...entry, unitId: nameOf(entry.unitId) } }
  })
  const entries = book.facts.findings.map((finding) => rowOf(finding, kinds))
  const partners = new Map<number, Stored>()
  const taken = new Set<Stored>()
  const byNumber = grouped(stored, ({ finding }) => finding.number)
  const bearing = (index: number): readonly Stored[] =>
    (book.numbered[index] && byNumber.get(book.facts.findings[index]?.number ?? '')) || []
  const withNumber = (index: number): Stored | undefined => {
    const within = numbering(book.facts.findings[index]?.unitId ?? '')
    return bearing(index).find((one) => hasNumber(one, within, nameOf))
  }
  const pair = (find: (entry: LedgerEntry, index: number) => Stored | undefined) =>
    entries.forEach((entry, index) => {
      const partner = partners.has(index) ? undefined : find(entry, index)
      if (!partner || taken.has(partner)) return
      partners.set(index, partner)
      taken.add(partner)
    })

  pair((entry, index) => bearing(index).find((one) => !taken.has(one) && isSameCase(entry, one.entry)))
  pair((_, index) => withNumber(index))
  pair(takeFrom(stored, fullKey, taken))
  pair(takeFrom(stored, shortKey, taken))

  const findings: PlannedFinding[] = []
  const courses: PlannedCourse[] = []
  const verdicts = entries.map((entry, index): Verdict => {
    const finding = book.facts.findings[index] as Finding
    const partner = partners.get(index)
    if (!partner) {
      if (withNumber(index)) return { outcome: 'error', conflict: 'number-taken' }
      if (isAhead(finding.facts, today)) return ahead
      findings.push({ finding, numbered: book.numbered[index] ?? false })
      return { outcome: 'new' }
    }
    if (!isSameCase(entry, partner.entry)) return { outcome: 'error', conflict: 'number-taken' }
    const { verdict, facts } = course(entry, partner)
    if (isAhead(facts, today)) return ahead
    if (verdict.outcome === 'changed') courses.push({ findingId: partner.finding.id, facts })
    return verdict
  })
  return { verdicts, findings, courses }
}
