import { compare, hundredths, type Rational } from '../rational.ts'
import type { Ranked, Rankable } from './ranking.ts'
import {
  gradeLineFor,
  type Grade,
  type GradeLine,
  type Scheme,
  type ShareRounding,
  type TieAcross,
  type Veto,
} from '../rule/scheme.ts'
import type { GradeReason } from './scorecard.ts'

/** A unit's composite with the vetoes that stand against it. */
export interface Gradable extends Rankable {
  readonly vetoes: readonly { readonly kind: string; readonly veto: Veto }[]
}

export interface Graded {
  readonly grade: string
  readonly reasons: readonly GradeReason[]
}

const rounded: Record<ShareRounding, (share: number) => number> = {
  down: Math.floor,
  // Half up; shares are hundredths of a percent of whole units, so that halves are exact.
  nearest: (share) => Math.floor(share + 0.5),
  up: Math.ceil,
}

/** How many units of a ranking may hold a grade; null where it has no quota. A share is of all that take part, pending and vetoed included. */
export function allowedBy({ share, count }: GradeLine, { quotas }: Scheme, units: number): number | null {
  if (count !== null) return count
  if (share === null) return null
  const places = rounded[quotas.rounding]((units * share) / 10_000)
  return quotas.atLeastOne ? Math.max(1, places) : places
}

/** Whether a composite reaches a grade's band: 以上 includes its number. */
const reaches = ({ from }: GradeLine, composite: Rational): boolean =>
  from === null || compare(composite, hundredths(from)) >= 0

/** The band of a composite, whatever quotas and vetoes say; the last grade takes all others. */
export function bandAt({ grades }: Scheme, composite: Rational, group: string): number {
  const at = grades.findIndex(
    (grade, index) => index === grades.length - 1 || reaches(gradeLineFor(grade, group), composite),
  )
  return at
}

/** The best grade that vetoes leave. */
export const bestLeft = (scheme: Scheme, { vetoes }: Pick<Gradable, 'vetoes'>): number =>
  Math.max(
    0,
    ...vetoes.map(({ veto }) =>
      veto.type === 'grade' ? scheme.grades.findIndex(({ name }) => name === veto.grade) : 0,
    ),
  )

/**
 * The grade of a unit seen alone — its band and what vetoes leave, quotas apart — by its place in the scheme; null where only others can tell,
 * since the grade has a quota and no band.
 */
export function gradeAlone(scheme: Scheme, unit: Gradable & { readonly composite: Rational }): number | null {
  const at = Math.max(bandAt(scheme, unit.composite, unit.group), bestLeft(scheme, unit))
  const isLast = at === scheme.grades.length - 1
  return !isLast && gradeLineFor(scheme.grades[at] as Grade, unit.group).from === null ? null : at
}

/** What giving grades down a ranking needs to know of units that tie, whatever stands for a unit. */
export interface Quotas<Of> {
  /** How many may hold each grade; null = no quota. The last grade takes all others. */
  readonly allowed: readonly (number | null)[]
  readonly tieAcross: TieAcross
  /** The best grade that vetoes leave. */
  readonly best: (unit: Of) => number
  readonly reaches: (unit: Of, at: number) => boolean
}

/**
 * Gives grades down a ranking (等次, model §3 d), ties together: a unit takes the best grade whose band it reaches, whose quota is not used up by units
 * above it, and that vetoes leave; units that tie across the last place are all in or all out, and if out, close the grade for all below.
 */
export function giveGrades<Of>(
  ties: Iterable<readonly Of[]>,
  { allowed, tieAcross, best, reaches }: Quotas<Of>,
  give: (unit: Of, at: number) => void,
): void {
  const last = allowed.length - 1
  const left = allowed.map((places, at) => (at === last ? Infinity : (places ?? Infinity)))
  for (const tied of ties) {
    let waiting = tied
    for (let at = 0; at <= last && waiting.length > 0; at++) {
      const wanting = waiting.filter((unit) => at >= best(unit) && (at === last || reaches(unit, at)))
      if (wanting.length === 0) continue
      const room = left[at] as number
      if (wanting.length > room && !(room > 0 && tieAcross === 'in')) {
        left[at] = 0
        continue
      }
      left[at] = Math.max(0, room - wanting.length)
      for (const unit of wanting) give(unit, at)
      waiting = waiting.filter((unit) => !wanting.includes(unit))
    }
  }
}

/** Grades of one ranking, each with why it is not simply the band of the composite. */
export function gradesOf(scheme: Scheme, ranking: readonly Ranked<Gradable>[]): Map<string, Graded> {
  const group = scheme.rankAcrossGroups ? '' : (ranking[0] as Ranked<Gradable>).unit.group
  const nameAt = (at: number): string => (scheme.grades[at] as Grade).name
  const allowed = scheme.grades.map((grade) => allowedBy(gradeLineFor(grade, group), scheme, ranking.length))
  const graded = new Map<string, Graded>()
  const ties = new Map<number, Gradable[]>()
  for (const { unit, rank } of ranking) if (rank !== null) ties.set(rank, [...(ties.get(rank) ?? []), unit])

  function give(unit: Gradable, at: number): void {
    const [band, best] = [bandAt(scheme, unit.composite as Rational, unit.group), bestLeft(scheme, unit)]
    const passed = Math.max(band, best)
    const reasons = unit.vetoes.flatMap(({ kind, veto }): GradeReason[] =>
      veto.type !== 'grade' || best > band ? [{ code: 'veto', kind, veto, from: nameAt(band) }] : [],
    )
    if (at > passed)
      reasons.push({
        code: 'quota',
        grade: nameAt(passed),
        allowed: allowed[passed] as number,
        from: nameAt(passed),
      })
    graded.set(unit.unitId, { grade: nameAt(at), reasons })
  }
  giveGrades(
    ties.values(),
    {
      allowed,
      tieAcross: scheme.quotas.tieAcross,
      best: (unit) => bestLeft(scheme, unit),
      reaches: (unit, at) =>
        reaches(gradeLineFor(scheme.grades[at] as Grade, unit.group), unit.composite as Rational),
    },
    give,
  )
  return graded
}
