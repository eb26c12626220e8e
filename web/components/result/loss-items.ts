import { shareOf, totalWeight } from '#assessment/score/composite'
import {
  add,
  compare,
  decimal,
  divide,
  format,
  hundred,
  hundredths,
  multiply,
  subtract,
  sum,
  whole,
  zero,
  type Decimal,
  type Rational,
} from '#assessment/rational'
import { windowShares } from '#assessment/score/windows'
import { exactValue } from './exact-value.ts'
import {
  type Component,
  isGain,
  isLoss,
  leavesOf,
  type Scheme,
  type VerifiedMarksComponent,
} from '#assessment/rule/scheme'
import {
  partOn,
  type ComponentScore,
  type ExternalSteps,
  type LedgerEntry,
  type LedgerSteps,
  type LedgerSums,
  type Scorecard,
  type VerifiedSteps,
} from '#assessment/score/scorecard'

/** What a loss is about, so that the page can word it and lead to it. */
export type LossSubject =
  | { readonly type: 'finding'; readonly findingId: string; readonly number: string; readonly kind: string }
  | { readonly type: 'kind'; readonly key: string; readonly name: string; readonly count: number }
  | { readonly type: 'area'; readonly name: string }
  | { readonly type: 'window'; readonly name: string; readonly missing: boolean }
  | { readonly type: 'dimension'; readonly window: string | null; readonly name: string }
  | { readonly type: 'component'; readonly name: string }
  /** What floor, caps and a base other than 100 make of the sum. */
  | { readonly type: 'limits'; readonly name: string }
  /** What is added to the composite beside the parts. */
  | { readonly type: 'gains'; readonly count: number }
  /** What the bounds of the composite and vetoes make of it. */
  | { readonly type: 'bounds' }

/** Composite points lost for one reason; negative where something is given. */
export interface LossItem {
  /** Place of its part in the scheme; null for what moves the total. */
  readonly component: number | null
  readonly subject: LossSubject
  readonly lost: Rational
  /** An appeal may bring it back. */
  readonly open: boolean
}

const mostFindings = 8

type Part = Omit<LossItem, 'component'>

/** Signed: what is given is a negative loss. */
const signs = { loss: whole(1), gain: whole(-1) } as const

/** Entries that count, one by one where they are few, else kind by kind; `worth` tells what an entry's points come to. */
function entryParts({ findings, kinds }: LedgerSums, worth: (entry: LedgerEntry) => Rational): Part[] {
  const counting = findings.filter((finding) => finding.points > 0)
  const lostBy = (entry: LedgerEntry) => multiply(worth(entry), signs[entry.effect])
  if (counting.length <= mostFindings) {
    return counting.map((finding) => ({
      subject: {
        type: 'finding',
        findingId: finding.findingId,
        number: finding.number,
        kind: finding.kindName,
      },
      lost: lostBy(finding),
      open: finding.appealed,
    }))
  }
  return kinds
    .filter((kind) => kind.points > 0)
    .map(({ key, name, count }) => ({
      subject: { type: 'kind', key, name, count },
      lost: sum(counting.filter(({ kind }) => kind === key).map(lostBy)),
      open: false,
    }))
}

function deductionParts(steps: LedgerSteps, component: Component): Part[] {
  const shares = windowShares(component)
  const outOf = steps.full === null ? whole(1) : divide(hundred, hundredths(steps.full))
  return entryParts(steps, ({ points, window }) =>
    multiply(
      multiply(hundredths(points), outOf),
      (window === null ? undefined : shares.get(window)) ?? whole(1),
    ),
  )
}

/** First-level area of every leaf, by key and by name: workbooks name leaves, forms key them. */
function areasOf(component: VerifiedMarksComponent): Map<string, string> {
  return new Map(
    component.indicators.flatMap((area) =>
      leavesOf([area]).flatMap((leaf): [string, string][] => [
        [leaf.key, area.name],
        [leaf.name, area.name],
      ]),
    ),
  )
}

/** The windows that apply, each with its share among them. */
function applying<Step extends { readonly applies: boolean; readonly share: string }>(
  windows: readonly Step[],
): { readonly window: Step; readonly share: Rational }[] {
  const counted = windows.filter(({ applies }) => applies)
  const total = sum(counted.map(({ share }) => exactValue(share)))
  return counted.map((window) => ({ window, share: divide(exactValue(window.share), total) }))
}

function verifiedParts(steps: VerifiedSteps, component: VerifiedMarksComponent): Part[] {
  const areas = areasOf(component)
  const lostIn = new Map<string, Rational>()
  const windows: Part[] = []
  for (const { window, share } of applying(steps.windows)) {
    if (window.countedAsZero) {
      windows.push({
        subject: { type: 'window', name: window.name, missing: true },
        lost: multiply(hundred, share),
        open: false,
      })
      continue
    }
    const counted = window.marks.filter(({ marks }) => marks !== null && marks !== 'not-applicable')
    const full = sum(counted.map((mark) => decimal(mark.full)))
    if (compare(full, zero) <= 0) continue
    for (const { leaf, full: fullMarks, marks } of counted) {
      const missed = subtract(decimal(fullMarks), decimal(marks as Decimal))
      const lost = multiply(multiply(divide(missed, full), hundred), share)
      if (leaf === null)
        windows.push({ subject: { type: 'window', name: window.name, missing: false }, lost, open: false })
      else {
        const area = areas.get(leaf) ?? leaf
        lostIn.set(area, add(lostIn.get(area) ?? zero, lost))
      }
    }
  }
  const byArea = [...lostIn].map(([name, lost]): Part => ({
    subject: { type: 'area', name },
    lost,
    open: false,
  }))
  return [...byArea, ...windows]
}

function externalParts(steps: ExternalSteps): Part[] {
  return applying(steps.windows).flatMap(({ window, share }): Part[] => {
    const full = sum(window.dimensions.map((dimension) => decimal(dimension.full)))
    if (compare(full, zero) <= 0) return []
    return window.dimensions.flatMap(({ name, full: most, marks }): Part[] =>
      marks === null
        ? []
        : [
            {
              subject: { type: 'dimension', window: window.name, name },
              lost: multiply(multiply(divide(subtract(decimal(most), decimal(marks)), full), hundred), share),
              open: false,
            },
          ],
    )
  })
}

function partsOf(score: ComponentScore, component: Component): Part[] {
  const { steps } = score
  if (steps.method === 'deductions') return deductionParts(steps, component)
  if (steps.method === 'verified-marks') {
    return component.method === 'verified-marks' ? verifiedParts(steps, component) : []
  }
  return externalParts(steps)
}

const isSomething = ({ lost }: { readonly lost: Rational }): boolean => compare(lost, zero) !== 0

/** The full marks that a scorecard's composite is out of: its scale. */
export const fullOf = ({ scale }: Pick<Scorecard, 'scale'>): Rational => hundredths(scale)

/**
 * Where a unit's composite went, item by item: its parts, then what moves the total; together exactly the full marks of its scale minus the
 * composite before rounding. Pending components are left out, and then what their absence leaves unsaid, too.
 */
export function lossItems(card: Scorecard, scheme: Scheme): LossItem[] {
  const total = totalWeight(card.components)
  const factor = divide(fullOf(card), hundred)
  const ofParts = scheme.components.flatMap((component, place) => {
    const score = partOn(card, component.key)
    if (!score || score.exact === null) return []
    const share = multiply(shareOf(score.weight, total), factor)
    const lostInAll = subtract(hundred, exactValue(score.exact))
    const parts = partsOf(score, component)
    const rest = subtract(lostInAll, sum(parts.map((part) => part.lost)))
    const type = component.method === 'deductions' ? 'limits' : 'component'
    const all: Part[] =
      compare(rest, zero) === 0
        ? parts
        : [...parts, { subject: { type, name: component.name }, lost: rest, open: false }]
    return all
      .map((part) => ({ ...part, component: place, lost: multiply(part.lost, share) }))
      .filter(isSomething)
  })
  const ofTotal = totalParts(card).map((part) => ({ ...part, component: null }))
  const items: LossItem[] = [...ofParts, ...ofTotal]
  if (card.exact === null || card.components.some(({ weight, exact }) => weight > 0 && exact === null))
    return items
  const rest = subtract(subtract(fullOf(card), exactValue(card.exact)), sum(items.map(({ lost }) => lost)))
  return compare(rest, zero) === 0
    ? items
    : [...items, { subject: { type: 'bounds' }, component: null, lost: rest, open: false }]
}

/** What 总分加减 takes from the composite and gives to it. */
function totalParts({ adjustment }: Scorecard): Part[] {
  if (adjustment === null || adjustment.value === null) return []
  const losses = adjustment.findings.filter(isLoss)
  const kinds = adjustment.kinds.filter(isLoss)
  const gains: Part = {
    subject: {
      type: 'gains',
      count: adjustment.findings.filter((entry) => isGain(entry) && entry.points > 0).length,
    },
    lost: multiply(decimal(adjustment.counted ?? '0'), whole(-1)),
    open: false,
  }
  const lost = entryParts({ ...adjustment, findings: losses, kinds }, ({ points }) => hundredths(points))
  return [...lost, gains].filter(isSomething)
}

/** What is left of the full marks after each item, as text with two decimals. */
export function runningLeft(items: readonly LossItem[], full: Rational = hundred): Decimal[] {
  let left = full
  return items.map((item) => {
    left = subtract(left, item.lost)
    return format(left)
  })
}
