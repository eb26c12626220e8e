import { shareOf } from '#assessment/score/composite'
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
import { exactValue } from './exact-value.ts'
import { leavesOf, type Component, type Scheme, type VerifiedMarksComponent } from '#assessment/rule/scheme'
import type {
  ComponentScore,
  DeductionSteps,
  ExternalSteps,
  Scorecard,
  VerifiedSteps,
} from '#assessment/score/scorecard'

/** What a loss is about, so that the page can word it and lead to it. */
export type LossSubject =
  | { readonly type: 'finding'; readonly findingId: string; readonly number: string; readonly kind: string }
  | { readonly type: 'kind'; readonly name: string; readonly count: number }
  | { readonly type: 'area'; readonly name: string }
  | { readonly type: 'window'; readonly name: string; readonly missing: boolean }
  | { readonly type: 'dimension'; readonly name: string }
  | { readonly type: 'component'; readonly name: string }
  /** What floor, caps and a base other than 100 make of the sum. */
  | { readonly type: 'limits'; readonly name: string }

/** Composite points lost for one reason; negative when a limit gives some back. */
export interface LossItem {
  readonly component: number
  readonly subject: LossSubject
  readonly lost: Rational
  /** An appeal may bring it back. */
  readonly open: boolean
}

const mostFindings = 8

type Part = Omit<LossItem, 'component'>

function deductionParts(steps: DeductionSteps): Part[] {
  const lost = steps.findings.filter((finding) => finding.points > 0)
  if (lost.length <= mostFindings) {
    return lost.map((finding) => ({
      subject: {
        type: 'finding',
        findingId: finding.findingId,
        number: finding.number,
        kind: finding.kindName,
      },
      lost: hundredths(finding.points),
      open: finding.appealed,
    }))
  }
  return steps.kinds
    .filter((kind) => kind.points > 0)
    .map(({ name, count, points }) => ({
      subject: { type: 'kind', name, count },
      lost: hundredths(points),
      open: false,
    }))
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

function verifiedParts(steps: VerifiedSteps, component: VerifiedMarksComponent): Part[] {
  const areas = areasOf(component)
  const lostIn = new Map<string, Rational>()
  const windows: Part[] = []
  const each = whole(steps.windows.length)
  for (const window of steps.windows) {
    if (window.countedAsZero) {
      windows.push({
        subject: { type: 'window', name: window.name, missing: true },
        lost: divide(hundred, each),
        open: false,
      })
      continue
    }
    const counted = window.marks.filter(({ marks }) => marks !== null && marks !== 'not-applicable')
    const full = sum(counted.map((mark) => decimal(mark.full)))
    if (compare(full, zero) <= 0) continue
    for (const { leaf, full: fullMarks, marks } of counted) {
      const missed = subtract(decimal(fullMarks), decimal(marks as Decimal))
      const lost = divide(multiply(divide(missed, full), hundred), each)
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
  const full = sum(steps.dimensions.map((dimension) => decimal(dimension.full)))
  if (compare(full, zero) <= 0) return []
  return steps.dimensions.flatMap(({ name, full: most, marks }): Part[] =>
    marks === null
      ? []
      : [
          {
            subject: { type: 'dimension', name },
            lost: multiply(divide(subtract(decimal(most), decimal(marks)), full), hundred),
            open: false,
          },
        ],
  )
}

function partsOf(score: ComponentScore, component: Component): Part[] {
  const { steps } = score
  if (steps.method === 'deductions') return deductionParts(steps)
  if (steps.method === 'verified-marks') {
    return component.method === 'verified-marks' ? verifiedParts(steps, component) : []
  }
  return externalParts(steps)
}

/**
 * Where a unit's composite went, item by item and component by component; together exactly 100 minus the composite
 * before rounding and bonus. Pending components are left out.
 */
export function lossItems(card: Scorecard, scheme: Scheme): LossItem[] {
  return scheme.components.flatMap((component, place) => {
    const score = card.components[place]
    if (!score || score.exact === null) return []
    const share = shareOf(component, scheme.components)
    const lostInAll = subtract(hundred, exactValue(score.exact))
    const parts = partsOf(score, component)
    const rest = subtract(lostInAll, sum(parts.map((part) => part.lost)))
    const type = component.method === 'deductions' ? 'limits' : 'component'
    const all: Part[] =
      compare(rest, zero) === 0
        ? parts
        : [...parts, { subject: { type, name: component.name }, lost: rest, open: false }]
    return all
      .filter((part) => compare(part.lost, zero) !== 0)
      .map((part) => ({ ...part, component: place, lost: multiply(part.lost, share) }))
  })
}

/** What is left of 100 after each item, as text with two decimals. */
export function runningLeft(items: readonly LossItem[]): Decimal[] {
  let left = hundred
  return items.map((item) => {
    left = subtract(left, item.lost)
    return format(left)
  })
}
