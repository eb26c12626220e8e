import {
  add,
  compare,
  divide,
  hundred,
  hundredths,
  max,
  min,
  multiply,
  round,
  subtract,
  sum,
  zero,
  type Hundredths,
  type Rational,
} from '../rational.ts'
import { scaleFor, type Adjustments, type Scheme, type Veto } from '../rule/scheme.ts'

/** A part that applies to a unit: its share of the composite and what it came to. */
export interface SharedPart {
  readonly share: Rational
  readonly score: Rational | null
}

/** A part's share of the composite: weight ÷ Σ weights that apply; 0 where none weighs anything. */
export function shareOf(weight: Hundredths, total: Hundredths): Rational {
  return total === 0 ? zero : divide(hundredths(weight), hundredths(total))
}

/** Σ weights. */
export const totalWeight = (parts: readonly { readonly weight: Hundredths }[]): Hundredths =>
  parts.reduce((total, { weight }) => total + weight, 0)

/**
 * 综合成绩 before scale and adjustments: Σ share × score (考核办法 四(四)). Null while a part that weighs anything is pending, and where nothing
 * that weighs anything applies.
 */
function compositeOf(parts: readonly SharedPart[]): Rational | null {
  const weighing = parts.filter(({ share }) => share.n !== 0n)
  const terms = weighing.flatMap(({ share, score }) => (score === null ? [] : [multiply(share, score)]))
  return weighing.length === 0 || terms.length < weighing.length ? null : sum(terms)
}

/** On a group's scale 满分制: composite × scale ÷ 100. */
const onScale = (composite: Rational, scheme: Scheme, group: string): Rational =>
  multiply(composite, divide(hundredths(scaleFor(scheme, group)), hundred))

/** What a unit's composite is put together from. */
export interface Composition {
  readonly group: string
  readonly parts: readonly SharedPart[]
  /** Null where the scheme has none. */
  readonly adjustments: { readonly lost: Hundredths; readonly gained: Hundredths } | null
  readonly vetoes: readonly Veto[]
}

export interface Composed {
  /** Null while a part that weighs anything is pending. */
  readonly exact: Rational | null
  /** Rounded, once. */
  readonly composite: Rational | null
  readonly adjusted: Adjusted | null
  /** On the group's scale, before adjustments. */
  readonly before: Rational | null
}

/** The composite of a unit: weighed, on its group's scale, adjusted, bounded, rounded (contract, reading 4). */
export function compose(scheme: Scheme, { group, parts, adjustments, vetoes }: Composition): Composed {
  const weighed = compositeOf(parts)
  const before = weighed && onScale(weighed, scheme, group)
  const adjusted =
    scheme.adjustments && adjustments && before && adjust(scheme.adjustments, before, adjustments)
  const exact = before && bounded(scheme, before, adjusted ?? { gained: zero, lost: zero }, vetoes)
  return { exact, composite: exact && round(exact, scheme.decimals, scheme.rounding), adjusted, before }
}

/** What the adjustments come to for a composite. */
export interface Adjusted {
  /** Gains count: the composite passed the unlocking mark. */
  readonly unlocked: boolean
  /** Gains that count, up to their cap. */
  readonly gained: Rational
  readonly lost: Rational
}

/** 总分加减 (model §3 a): losses as they are; gains up to their cap for a composite above (or at least) the unlocking mark. */
function adjust(
  { gainCap, unlock }: Adjustments,
  composite: Rational,
  sums: { readonly lost: Hundredths; readonly gained: Hundredths },
): Adjusted {
  const over = unlock === null ? 1 : compare(composite, hundredths(unlock.from))
  const unlocked = over > 0 || (over === 0 && unlock?.inclusive === true)
  const gains = hundredths(gainCap === null ? sums.gained : Math.min(gainCap, sums.gained))
  return { unlocked, gained: unlocked ? gains : zero, lost: hundredths(sums.lost) }
}

/** The composite with its adjustments, at most the ceiling, at least 0, at most the lowest number of a veto; still exact. */
function bounded(
  scheme: Scheme,
  composite: Rational,
  { gained, lost }: Pick<Adjusted, 'gained' | 'lost'>,
  vetoes: readonly Veto[],
): Rational {
  const moved = subtract(add(composite, gained), lost)
  const under = scheme.ceiling === null ? moved : min(moved, hundredths(scheme.ceiling))
  return vetoes
    .flatMap((veto) => (veto.type === 'at-most' ? [hundredths(veto.composite)] : []))
    .reduce(min, max(under, zero))
}
