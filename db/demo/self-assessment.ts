import type { Insertable } from 'kysely'
import type { Day } from '#assessment/day'
import { leavesOf, type Indicator, type VerifiedMarksComponent } from '#assessment/rule/scheme'
import type { ClaimRow, SubmissionRow, VerifiedMarkRow } from '../tables.ts'
import { momentOn } from './days.ts'
import type { HandIn } from './hand-in.ts'
import { leafMarks, type LeafMarks } from './leaf-marks.ts'
import { randomFor } from './random.ts'
import { reasons } from './wording.ts'

export interface SelfAssessmentRows {
  readonly claims: Insertable<ClaimRow>[]
  readonly submissions: Insertable<SubmissionRow>[]
  readonly marks: Insertable<VerifiedMarkRow>[]
}

/** Fields without land, tenders or construction to publish, or without enforcement. */
const withoutLeaf: Readonly<Record<string, readonly string[]>> = {
  '3.3': ['档案局', '信访局', '统计局', '地震局', '气象局', '审计局'],
  '5.3': ['人防办', '地震局', '供销社'],
}

/** The marks of a unit's window, whether or not anybody has handed in or verified them yet. */
export function marksOf(
  component: VerifiedMarksComponent,
  unit: { readonly name: string; readonly field: string },
  year: number,
  window: string,
  aim: number,
): LeafMarks[] {
  const random = randomFor(`${year} ${window} marks ${unit.name}`)
  const applies = (leaf: Indicator): boolean => !withoutLeaf[leaf.key]?.includes(unit.field)
  return leafMarks(leavesOf(component.indicators), applies, aim, random)
}

export interface WindowOfUnit {
  readonly base: {
    readonly assessmentId: string
    readonly component: string
    readonly windowKey: string
    readonly unitId: string
  }
  readonly unit: string
  readonly indicators: readonly Indicator[]
  readonly marks: readonly LeafMarks[]
  readonly handIn: HandIn
  readonly today: Day
  readonly newId: () => string
  /** Account of the unit's editor or head, or of a responsible unit; null when it has none. */
  readonly accountOf: (unit: string, role: 'editor' | 'head' | 'agency') => string | null
}

/** Who verifies an area: its responsible unit, but nobody its own. */
const verifierOf = (area: Indicator, unit: string): string =>
  area.responsible === null || area.responsible === unit ? '市政府办公室' : area.responsible

/** Everything that has happened to a unit's window up to today: claims, hand-in, return, verification leaf by leaf. */
export function windowRows(one: WindowOfUnit): SelfAssessmentRows {
  const { base, handIn, today, newId } = one
  const rows: SelfAssessmentRows = { claims: [], submissions: [], marks: [] }
  if (handIn.submittedOn > today) return rows
  const random = randomFor(`${base.windowKey} ${handIn.submittedOn} notes ${one.unit}`)

  const recorded = (unit: string, role: 'editor' | 'head' | 'agency', on: Day, minutes: number) => ({
    recordedBy: one.accountOf(unit, role),
    recordedAt: momentOn(on, minutes),
  })
  const submission = (
    type: SubmissionRow['type'],
    on: Day,
    by: string,
    role: 'head' | 'agency',
    reason: string | null,
  ) =>
    rows.submissions.push({ id: newId(), ...base, type, onDay: on, reason, ...recorded(by, role, on, 300) })
  const mark = (row: LeafMarks, on: Day, by: string, role: 'head' | 'agency', verified: boolean) =>
    rows.marks.push({
      id: newId(),
      ...base,
      leaf: row.leaf.key,
      fullMarks: row.full,
      marks: verified ? row.verified : null,
      notApplicable: verified && row.verified === null ? 1 : 0,
      reason: verified ? row.reason : null,
      onDay: on,
      importId: null,
      ...recorded(by, role, on, role === 'head' ? 300 : 360),
    })
  const claim = (row: LeafMarks, on: Day, marks: string | null) =>
    rows.claims.push({
      id: newId(),
      ...base,
      leaf: row.leaf.key,
      marks,
      notApplicable: row.claimed === null ? 1 : 0,
      note:
        row.claimed === null
          ? '本单位无此项职责'
          : random.chance(0.6)
            ? `附${row.leaf.evidence ?? '佐证材料'}`
            : null,
      ...recorded(one.unit, 'editor', on, 60),
    })

  // What was claimed too high at first is what a return asks to be corrected.
  const isCorrected = ({ reason, claimed }: LeafMarks): boolean => reason !== null && claimed !== null
  for (const row of one.marks) {
    claim(row, handIn.submittedOn, handIn.returned && isCorrected(row) ? row.full : row.claimed)
    mark(row, handIn.submittedOn, one.unit, 'head', false)
  }
  submission('submitted', handIn.submittedOn, one.unit, 'head', null)
  const { returned } = handIn
  if (returned && returned.on <= today) {
    submission('returned', returned.on, '市政府办公室', 'agency', random.pick(reasons.returned))
    if (returned.resubmittedOn <= today) {
      for (const row of one.marks.filter(isCorrected)) claim(row, returned.resubmittedOn, row.claimed)
      submission('resubmitted', returned.resubmittedOn, one.unit, 'head', null)
    }
  }

  const areas = one.indicators.map((area) => ({
    leaves: new Set(leavesOf([area]).map(({ key }) => key)),
    verifier: verifierOf(area, one.unit),
    on: handIn.verifiedOn(area.responsible),
  }))
  for (const area of areas.filter(({ on }) => on <= today)) {
    for (const row of one.marks.filter(({ leaf }) => area.leaves.has(leaf.key)))
      mark(row, area.on, area.verifier, 'agency', true)
  }
  const last = areas.toSorted((a, b) => (a.on < b.on ? 1 : -1))[0]
  if (last && last.on <= today) submission('verified', last.on, last.verifier, 'agency', null)
  return rows
}
