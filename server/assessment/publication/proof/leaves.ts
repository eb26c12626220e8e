import type { Day } from '../../day.ts'
import type { Decimal } from '../../rational.ts'
import type { Scheme } from '../../rule/scheme.ts'
import type {
  ClosedWindow,
  ExternalMark,
  Facts,
  Finding,
  Participant,
  Submission,
  Unit,
  VerifiedMark,
  WindowExtension,
} from '../../score/facts.ts'
import type { Assessed, Scorecard } from '../../score/scorecard.ts'
import type { WorkCalendar } from '../../working-days.ts'
import type { PublicationBody } from '../publication.ts'

/** The rule by which, the day on which and the calendar with which results were computed: what everybody may know. */
export interface RuleLeaf extends Pick<PublicationBody, 'assessment' | 'asOf' | 'scheme' | 'interim'> {
  /** The assessed year as the facts have it; null where it follows from the day. */
  readonly year: number | null
  /** Days that differ from an ordinary week, in ascending order. */
  readonly calendar: {
    readonly holidays: readonly Day[]
    readonly workdays: readonly Day[]
    readonly announced: readonly number[]
  }
  /** The root of the publication that this one replaces; null where it replaces none, or one without a root. */
  readonly replaces: string | null
}

/** What was published of one unit: everything that `assess` came to, without the steps, which follow from the facts. */
export interface ResultLeaf {
  readonly unitId: string
  readonly unit: string
  readonly group: string
  readonly composite: Decimal | null
  readonly exact: string | null
  readonly grade: string | null
  readonly rank: number | null
  readonly rankedOf: number
  /** 总分加减, signed; null without one, or while it is pending. */
  readonly adjustment: Decimal | null
  readonly components: readonly {
    readonly key: string
    readonly name: string
    readonly score: Decimal | null
    readonly exact: string | null
  }[]
}

/** A unit's grade alone, for those who may know no more. */
export type GradeLeaf = Pick<ResultLeaf, 'unitId' | 'unit' | 'group' | 'grade'>

/** The course of a finding while another unit was charged, which the one charged now is not told: what it handed in, and that it appealed. */
export type EarlierLeaf = Pick<Finding, 'id' | 'kind' | 'severity' | 'unitId' | 'facts'>

/** What each kind of leaf holds. */
interface LeafValues {
  readonly rule: RuleLeaf
  readonly unit: Unit
  readonly participant: Participant
  readonly finding: Finding
  readonly earlier: EarlierLeaf
  readonly verified: VerifiedMark
  readonly external: ExternalMark
  readonly closed: ClosedWindow
  readonly extension: WindowExtension
  readonly submission: Submission
  readonly result: ResultLeaf
  readonly grade: GradeLeaf
}
export type LeafKind = keyof LeafValues

/** One thing committed. */
export type Leaf = {
  readonly [Kind in LeafKind]: { readonly kind: Kind; readonly key: string; readonly value: LeafValues[Kind] }
}[LeafKind]

/** What was published of a unit, out of its scorecard. */
export const resultLeaf = (card: Scorecard): ResultLeaf => ({
  unitId: card.unitId,
  unit: card.unit,
  group: card.group,
  composite: card.composite,
  exact: card.exact,
  grade: card.grade,
  rank: card.rank,
  rankedOf: card.rankedOf,
  adjustment: card.adjustment?.value ?? null,
  components: card.components.map(({ key, name, score, exact }) => ({ key, name, score, exact })),
})

export const gradeLeaf = ({ unitId, unit, group, grade }: ResultLeaf): GradeLeaf => ({
  unitId,
  unit,
  group,
  grade,
})

/** What a publication rests on and says. */
export interface Published {
  readonly assessment: PublicationBody['assessment']
  readonly scheme: Scheme
  readonly facts: Facts
  readonly calendar: WorkCalendar
  readonly assessed: Pick<Assessed, 'asOf' | 'scorecards' | 'interim'>
  readonly replaces: string | null
}

/** A finding from the decision on that moved it to another unit with a time of its own to rectify, and its course before. */
function parted(
  finding: Finding,
  asOf: Day,
): { readonly finding: Finding; readonly earlier: EarlierLeaf | null } {
  const { id, kind, severity, unitId, facts } = finding
  const at = facts.findLastIndex((fact) => fact.type === 'decided' && 'deadline' in fact && fact.on <= asOf)
  const moved = facts[at]
  if (moved?.type !== 'decided' || moved.outcome !== 'amended') return { finding, earlier: null }
  const since = { kind: moved.kind, severity: moved.severity ?? null, unitId: moved.unitId }
  return {
    finding: { ...finding, ...since, facts: facts.slice(at) },
    earlier: { id, kind, severity, unitId, facts: facts.slice(0, at) },
  }
}

/** The finding as it was before it was parted. */
const joined = (finding: Finding, earlier: EarlierLeaf | undefined): Finding =>
  earlier ? { ...finding, ...earlier, facts: [...earlier.facts, ...finding.facts] } : finding

const sorted = <Value>(values: ReadonlySet<Value>): Value[] => [...values].sort()

/** Keys of things that have none of their own: their place among those of their kind. */
const numbered = <Kind extends LeafKind>(
  kind: Kind,
  values: readonly LeafValues[Kind][],
): { readonly kind: Kind; readonly key: string; readonly value: LeafValues[Kind] }[] =>
  values.map((value, index) => ({ kind, key: String(index + 1), value }))

/**
 * Everything that a publication commits to, in the order of the tree: the rule, each fact that `assess` takes in the order recorded, then
 * each unit's result and each unit's grade. No two leaves have the same kind and key.
 */
export function leavesOf({ assessment, scheme, facts, calendar, assessed, replaces }: Published): Leaf[] {
  const results = assessed.scorecards.map(resultLeaf)
  const findings = facts.findings.map((finding) => parted(finding, assessed.asOf))
  const rule: RuleLeaf = {
    assessment,
    asOf: assessed.asOf,
    scheme,
    interim: assessed.interim,
    year: facts.year ?? null,
    calendar: {
      holidays: sorted(calendar.holidays),
      workdays: sorted(calendar.workdays),
      announced: sorted(calendar.announced),
    },
    replaces,
  }
  return [
    { kind: 'rule', key: 'rule', value: rule },
    ...facts.units.map((value) => ({ kind: 'unit' as const, key: value.id, value })),
    ...facts.participants.map((value) => ({ kind: 'participant' as const, key: value.unitId, value })),
    ...findings.map(({ finding: value }) => ({ kind: 'finding' as const, key: value.id, value })),
    ...findings.flatMap(({ earlier: value }) =>
      value ? [{ kind: 'earlier' as const, key: value.id, value }] : [],
    ),
    ...numbered('verified', facts.verified),
    ...numbered('external', facts.external),
    ...numbered('closed', facts.closed),
    ...numbered('extension', facts.extensions ?? []),
    ...numbered('submission', facts.submissions),
    ...results.map((value) => ({ kind: 'result' as const, key: value.unitId, value })),
    ...results.map((value) => ({ kind: 'grade' as const, key: value.unitId, value: gradeLeaf(value) })),
  ] as Leaf[]
}

/** The values of the leaves of one kind, in their order. */
export const valuesOf = <Kind extends LeafKind>(leaves: readonly Leaf[], kind: Kind): LeafValues[Kind][] =>
  leaves.flatMap((leaf) => (leaf.kind === kind ? [leaf.value as LeafValues[Kind]] : []))

/** The facts that `assess` takes, out of leaves; those of one unit where only its leaves are there. */
export function factsFromLeaves(leaves: readonly Leaf[]): Facts {
  const [rule] = valuesOf(leaves, 'rule')
  const year = rule?.year ?? null
  const earlier = new Map(valuesOf(leaves, 'earlier').map((each) => [each.id, each]))
  return {
    ...(year === null ? {} : { year }),
    units: valuesOf(leaves, 'unit'),
    participants: valuesOf(leaves, 'participant'),
    findings: valuesOf(leaves, 'finding').map((finding) => joined(finding, earlier.get(finding.id))),
    verified: valuesOf(leaves, 'verified'),
    external: valuesOf(leaves, 'external'),
    closed: valuesOf(leaves, 'closed'),
    extensions: valuesOf(leaves, 'extension'),
    submissions: valuesOf(leaves, 'submission'),
  }
}

/** The calendar of a rule leaf as the engine takes it. */
export const calendarOf = ({ calendar }: RuleLeaf): WorkCalendar => ({
  holidays: new Set(calendar.holidays),
  workdays: new Set(calendar.workdays),
  announced: new Set(calendar.announced),
})
