import { canonicalJson } from '../../canonical-json.ts'
import { gradeLineFor, type Publicity, type Scheme } from '../../rule/scheme.ts'
import { assess } from '../../score/assess.ts'
import type { Assessed } from '../../score/scorecard.ts'
import {
  calendarOf,
  factsFromLeaves,
  gradeLeaf,
  resultLeaf,
  valuesOf,
  type GradeLeaf,
  type Leaf,
  type ResultLeaf,
  type RuleLeaf,
} from './leaves.ts'
import { tagOf, type ProofFile } from './proof.ts'
import { leafHash, rootFrom, type Hash } from './tree.ts'

/** Figures of a unit that are compared with what was published. */
export const resultFields = [
  'unit',
  'group',
  'score',
  'adjustment',
  'composite',
  'exact',
  'grade',
  'rank',
  'rankedOf',
] as const
export type ResultField = (typeof resultFields)[number]

/** Something in a file that does not agree. */
export type ProofFault =
  /** The leaf is not the one that the publication committed to: it was altered. */
  | { readonly code: 'leaf-altered'; readonly leaf: Leaf; readonly unit: string | null }
  /** All that the file holds does not come to the root that it states. */
  | { readonly code: 'root'; readonly found: string | null }
  /** A figure published does not follow from the facts. */
  | {
      readonly code: 'result'
      readonly unit: string
      readonly field: ResultField
      /** The name of the part whose score it is; null for a figure of the whole. */
      readonly part: string | null
      readonly published: string | null
      readonly computed: string | null
    }
  /** 阶段成绩 rests on other parts than was published. */
  | { readonly code: 'interim' }
  /** What it holds is not what the engine can assess; `why` is the engine's word. */
  | { readonly code: 'unassessable'; readonly why: string }

/** What a file says and whether it agrees with itself. */
export interface CheckedProof {
  readonly faults: readonly ProofFault[]
  /** The root that the file states. */
  readonly root: string
  /** How much it shows: everything, one unit's result, or its grade alone. */
  readonly shows: Publicity
  readonly rule: RuleLeaf | null
  readonly results: readonly ResultLeaf[]
  readonly grades: readonly GradeLeaf[]
  /** How many facts it holds: neither the rule nor what was published. */
  readonly facts: number
  /** What the facts in it come to; null where it holds none, or they cannot be assessed. */
  readonly assessed: Assessed | null
}

/** Whether grades depend on how many units hold them, so that one unit's facts do not tell its own. */
const hasQuotas = (scheme: Scheme, group: string): boolean =>
  scheme.grades.some((grade) => {
    const { share, count } = gradeLineFor(grade, group)
    return share !== null || count !== null
  })

const text = (value: string | number | null): string | null => (value === null ? null : String(value))

/** Where two results of a unit differ, in those figures that are asked for. */
function differing(
  published: ResultLeaf,
  computed: ResultLeaf | undefined,
  asked: (field: ResultField) => boolean,
): ProofFault[] {
  const unit = published.unit
  const fault = (field: ResultField, was: string | null, is: string | null, part: string | null = null) =>
    was === is || !asked(field)
      ? []
      : [{ code: 'result' as const, unit, field, part, published: was, computed: is }]
  if (!computed) return fault('unit', unit, null)
  const scores = new Map(computed.components.map((component) => [component.key, component]))
  const known = new Set(published.components.map(({ key }) => key))
  return [
    ...fault('unit', published.unit, computed.unit),
    ...fault('group', published.group, computed.group),
    ...published.components.flatMap(({ key, name, exact }) =>
      fault('score', exact, scores.get(key)?.exact ?? null, name),
    ),
    ...computed.components
      .filter(({ key }) => !known.has(key))
      .flatMap(({ name, exact }) => fault('score', null, exact, name)),
    ...(['adjustment', 'composite', 'exact', 'grade', 'rank', 'rankedOf'] as const).flatMap((field) =>
      fault(field, text(published[field]), text(computed[field])),
    ),
  ]
}

/** Figures of a unit that follow from its own facts: never its rank, nor, where others count towards them, its grade or its result so far. */
function alone({ scheme, interim }: RuleLeaf, assessed: Assessed, group: string) {
  const quotas = hasQuotas(scheme, group)
  const sameBasis =
    canonicalJson(interim?.[group] ?? null) === canonicalJson(assessed.interim?.[group] ?? null)
  return (field: ResultField): boolean => {
    if (field === 'rank' || field === 'rankedOf') return false
    if (field === 'grade') return sameBasis && !quotas
    return sameBasis || field === 'unit' || field === 'group'
  }
}

function compared(
  rule: RuleLeaf,
  assessed: Assessed,
  results: readonly ResultLeaf[],
  grades: readonly GradeLeaf[],
  isWhole: boolean,
): ProofFault[] {
  const computed = new Map(assessed.scorecards.map((card) => [card.unitId, resultLeaf(card)]))
  const published = new Map(results.map((result) => [result.unitId, result]))
  const unpublished = assessed.scorecards.filter(({ unitId }) => !published.has(unitId))
  const sameInterim = canonicalJson(rule.interim) === canonicalJson(assessed.interim)
  return [
    ...(isWhole && !sameInterim ? [{ code: 'interim' as const }] : []),
    ...results.flatMap((result) =>
      differing(
        result,
        computed.get(result.unitId),
        isWhole ? () => true : alone(rule, assessed, result.group),
      ),
    ),
    ...unpublished.map(({ unit }) => ({
      code: 'result' as const,
      unit,
      field: 'unit' as const,
      part: null,
      published: null,
      computed: unit,
    })),
    ...grades.flatMap((grade): ProofFault[] => {
      const result = published.get(grade.unitId)
      if (result && canonicalJson(gradeLeaf(result)) === canonicalJson(grade)) return []
      return [
        {
          code: 'result',
          unit: grade.unit,
          field: 'grade',
          part: null,
          published: grade.grade,
          computed: result?.grade ?? null,
        },
      ]
    }),
  ]
}

/** The name of the unit that a leaf is about, as the file's own leaves have it; null where it is about none, or the file does not say. */
function unitOf({ value }: Leaf, leaves: readonly Leaf[]): string | null {
  const { unitId, id } = (value ?? {}) as { readonly unitId?: unknown; readonly id?: unknown }
  const unit = leaves.find((leaf) => leaf.kind === 'unit' && leaf.key === (unitId ?? id))
  return unit?.kind === 'unit' ? unit.value.name : null
}

function assessedFrom(leaves: readonly Leaf[], rule: RuleLeaf): Assessed {
  const { scheme, asOf, interim } = rule
  return assess(scheme, factsFromLeaves(leaves), asOf, calendarOf(rule), { interim: interim !== null })
}

/**
 * Checks a file by itself: each leaf against its tag, all of them against the root, and every figure published against what `assess` makes of
 * the facts in it. That the root is the one published is for its reader to compare, with a circular. Never throws.
 */
export function checkProof(file: ProofFile, hash: Hash): CheckedProof {
  const leaves = file.leaves as unknown as readonly Leaf[]
  const hashed = file.leaves.map((leaf) => ({ ...leaf, hash: leafHash(hash, leaf.salt, leaf) }))
  const altered = hashed.flatMap(({ tag, hash: own }, at) => (tag === tagOf(own) ? [] : [leaves[at] as Leaf]))
  const places = new Map(hashed.map(({ place, hash: own }) => [place, own]))
  const found = places.size === leaves.length ? rootFrom(hash, file.count, places, file.others) : null
  const isWhole = file.leaves.length === file.count
  const told: ProofFault[] = []
  const facts = leaves.filter(({ kind }) => kind !== 'rule' && kind !== 'result' && kind !== 'grade').length
  const base = { root: file.root, facts, rule: null, results: [], grades: [], assessed: null }
  try {
    for (const leaf of altered) told.push({ code: 'leaf-altered', leaf, unit: unitOf(leaf, leaves) })
    if (altered.length === 0 && found !== file.root) told.push({ code: 'root', found })
    const [rule] = valuesOf(leaves, 'rule')
    if (!rule) throw new RangeError('no rule')
    const [results, grades] = [valuesOf(leaves, 'result'), valuesOf(leaves, 'grade')]
    const shows = isWhole ? 'full-table' : results.length > 0 ? 'own-result' : 'own-grade'
    if (shows === 'own-grade') return { ...base, faults: told, shows, rule, grades }
    const assessed = assessedFrom(leaves, rule)
    const faults = [...told, ...compared(rule, assessed, results, grades, isWhole)]
    return { root: file.root, facts, faults, shows, rule, results, grades, assessed }
  } catch (error) {
    const { message: why } = error as Error
    return { ...base, faults: [...told, { code: 'unassessable', why }], shows: 'full-table' }
  }
}

/** Whether a file that agrees says that it replaces the publication of a root, which is then no longer in force. */
export const replaces = (newer: CheckedProof, root: string): boolean =>
  newer.faults.length === 0 && newer.rule !== null && newer.rule.replaces === root
