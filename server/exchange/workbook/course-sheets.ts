import { canonicalJson } from '../../assessment/canonical-json.ts'
import type { Facts, Finding, FindingFact, VerifiedMark } from '../../assessment/score/facts.ts'
import { kindsOf, windowOf, type Component, type Scheme } from '../../assessment/rule/scheme.ts'
import type { BookSheet } from './book-sheets.ts'
import {
  courseSheets,
  extensionColumns,
  factWords,
  findingCourseColumns,
  markCourseColumns,
  outcomeWords,
  submissionColumns,
} from './course-columns.ts'
import { leafNames } from './leaf-names.ts'
import { factsOf, ledgerEntry } from './ledger-entry.ts'
import { courseOf, externalInForce, externalPlace, verifiedInForce, verifiedPlace } from './marks-in-force.ts'
import { notApplicable, sheetOf } from './sheet-columns.ts'
import { dayValue, numberValue, textValue, type Value } from '../spreadsheet/cell-value.ts'

/** A workbook does not say when a notice was recorded. */
const asWritten = (fact: FindingFact): FindingFact =>
  'recordedOn' in fact ? (({ recordedOn: _recordedOn, ...written }) => written)(fact) : fact

/** Whether a row of the ledger tells everything about a finding. */
function toldByRow(finding: Finding): boolean {
  const entry = ledgerEntry(finding)
  const { kind, severity, unitId, facts } = finding
  return (
    canonicalJson([entry.kind, entry.severity, entry.unitId, factsOf(entry)]) ===
    canonicalJson([kind, severity, unitId, facts.map(asWritten)])
  )
}

function findingRows(scheme: Scheme, facts: Facts, nameOf: (unitId: string) => string): Value[][] {
  const kinds = kindsOf(scheme)
  const kindName = (key: string): Value => textValue(kinds.get(key)?.name ?? key)
  const severityName = (key: string, severity: string): Value =>
    textValue(kinds.get(key)?.severities.find((each) => each.key === severity)?.name ?? severity)
  return facts.findings
    .filter((finding) => !toldByRow(finding))
    .flatMap(({ number, kind, severity, unitId, what, facts: course }) =>
      course.map((fact, index): Value[] => {
        const names = index === 0 ? { kind, severity, unitId } : 'kind' in fact ? fact : null
        const deadline = ('deadline' in fact ? fact.deadline : null) ?? null
        return [
          textValue(number),
          dayValue(fact.on),
          factWords[fact.type],
          deadline === null ? null : dayValue(deadline),
          fact.type === 'decided' ? outcomeWords[fact.outcome] : null,
          nameOf((names ?? { unitId }).unitId),
          names && kindName(names.kind),
          names?.severity == null ? null : severityName(names.kind, names.severity),
          index === 0 ? textValue(what) : null,
        ]
      }),
    )
}

function markRows(component: Component, facts: Facts, nameOf: (unitId: string) => string): Value[][] {
  const dated = (on: string | null): Value => (on === null ? null : dayValue(on))
  const given = (marks: VerifiedMark['marks']): Value => {
    if (marks === null) return null
    return marks === 'not-applicable' ? notApplicable : numberValue(marks)
  }
  const part = textValue(component.name)
  const windows = new Map(component.windows.map(({ key, name }) => [key, textValue(name)]))
  if (component.method === 'verified-marks') {
    const leaves = leafNames(component)
    const verified = facts.verified.filter(
      (mark) => mark.component === component.key && windows.has(mark.window),
    )
    return courseOf(verified, verifiedInForce(verified), verifiedPlace).map(
      ({ unitId, window, leaf, full, marks, observation, on }) => [
        part,
        nameOf(unitId),
        windows.get(window) ?? null,
        leaf === null ? null : textValue(leaves.get(leaf) ?? leaf),
        null,
        numberValue(full),
        given(marks),
        dated(on),
        observation == null ? null : textValue(observation),
      ],
    )
  }
  if (component.method === 'deductions') return []
  const dimensions = new Map(component.dimensions.map(({ key, name }) => [key, name]))
  const external = facts.external.filter((mark) => mark.component === component.key)
  return courseOf(external, externalInForce(external), externalPlace).map(
    ({ unitId, window, dimension, marks, on }) => [
      part,
      nameOf(unitId),
      window === null ? null : (windows.get(window) ?? null),
      null,
      dimension === null ? null : textValue(dimensions.get(dimension) ?? dimension),
      null,
      given(marks),
      dated(on),
      null,
    ],
  )
}

/** The words for a window of a component; undefined for one that the scheme does not know. */
function windowWords(
  scheme: Scheme,
  key: string,
  window: string,
): [part: string, window: string] | undefined {
  const part = scheme.components.find((component) => component.key === key)
  const named = windowOf(scheme, key, window)
  return part && named && [textValue(part.name), textValue(named.name)]
}

const submissionRows = (scheme: Scheme, facts: Facts, nameOf: (unitId: string) => string): Value[][] =>
  facts.submissions.flatMap(({ unitId, component, window, on }) => {
    const words = windowWords(scheme, component, window)
    return words ? [[...words, nameOf(unitId), dayValue(on)]] : []
  })

const extensionRows = (scheme: Scheme, facts: Facts, nameOf: (unitId: string) => string): Value[][] =>
  (facts.extensions ?? []).flatMap(({ unitId, component, window, due, on }) => {
    const words = windowWords(scheme, component, window)
    return words ? [[...words, unitId === null ? null : nameOf(unitId), dayValue(due), dayValue(on)]] : []
  })

/**
 * The dated course behind the rows of the other sheets: findings that their row does not tell whole, marks where any has a day,
 * what was handed in and what was extended. A sheet with nothing to tell, or whose name a component's own sheet bears, is left out.
 */
export function courseBooks(scheme: Scheme, facts: Facts): BookSheet[] {
  const names = new Map(facts.units.map(({ id, name }) => [id, name]))
  const nameOf = (unitId: string): string => textValue(names.get(unitId) ?? unitId)
  const dated = [...facts.verified, ...facts.external].some(({ on }) => on !== null)
  const taken = new Set(scheme.components.map(sheetOf))
  const book = (name: string, columns: BookSheet['columns'], rows: readonly Value[][]): BookSheet => ({
    name,
    columns,
    rows,
  })
  return [
    book(courseSheets.findings, Object.entries(findingCourseColumns), findingRows(scheme, facts, nameOf)),
    book(
      courseSheets.marks,
      Object.entries(markCourseColumns),
      dated ? scheme.components.flatMap((component) => markRows(component, facts, nameOf)) : [],
    ),
    book(courseSheets.submissions, Object.entries(submissionColumns), submissionRows(scheme, facts, nameOf)),
    book(courseSheets.extensions, Object.entries(extensionColumns), extensionRows(scheme, facts, nameOf)),
  ].filter(({ name, rows }) => rows.length > 0 && !taken.has(name))
}
