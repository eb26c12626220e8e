import { totalWeight } from '../score/composite.ts'
import type { Scorecard, LedgerEntry, LedgerSums } from '../score/scorecard.ts'
import { windowShares } from '../score/windows.ts'
import { approximately, type Rational } from '../rational.ts'
import { type Area, type Component, isLoss, type Scheme } from '../rule/scheme.ts'

/*
 * Which problems to take back so that the fewest bring the most. Caps and floors make this a choice: the first of a kind beyond its cap bring
 * nothing. The choice is reckoned here, ledger by ledger; what it is worth is for `assess` to say.
 */

/** The best way to take back 0, 1, 2 … problems, by their number: what comes back, and which they are. */
type Plan = readonly { readonly gain: number; readonly ids: readonly string[] }[]

const nothing: Plan = [{ gain: 0, ids: [] }]

/** Problems of both: for every number the best way to split it. */
const together = (first: Plan, second: Plan): Plan =>
  Array.from({ length: first.length + second.length - 1 }, (_, count) => {
    let best: Plan[number] | null = null
    for (let here = Math.max(0, count - second.length + 1); here < first.length && here <= count; here++) {
      const [one, other] = [first[here] as Plan[number], second[count - here] as Plan[number]]
      if (best === null || one.gain + other.gain > best.gain)
        best = { gain: one.gain + other.gain, ids: [...one.ids, ...other.ids] }
    }
    return best as Plan[number]
  })

/** A plan of which only what passes through a bound comes back. */
const through = (plan: Plan, passed: (gain: number) => number): Plan =>
  plan.map(({ gain, ids }) => ({ gain: passed(gain), ids }))

/** What comes back of points of which at most the cap was lost. */
const underCap =
  (lost: number, cap: number | null) =>
  (gain: number): number =>
    Math.min(lost, cap ?? Infinity) - Math.min(lost - gain, cap ?? Infinity)

const sumOf = (entries: readonly LedgerEntry[]): number =>
  entries.reduce((total, { fullPoints }) => total + fullPoints, 0)

/** Losses of one window of a ledger: kinds under their caps, areas under theirs. */
function ofWindow(sums: LedgerSums, areas: readonly Area[], entries: readonly LedgerEntry[]): Plan {
  const kindPlans = sums.kinds.map(({ key, cap }) => {
    const own = entries.filter((entry) => entry.kind === key).sort((a, b) => b.fullPoints - a.fullPoints)
    const lost = sumOf(own)
    const taken = Array.from({ length: own.length + 1 }, (_, count) => own.slice(0, count))
    const plan = taken.map((some) => ({ gain: sumOf(some), ids: some.map(({ findingId }) => findingId) }))
    return {
      area: own[0]?.area ?? null,
      lost: Math.min(lost, cap ?? Infinity),
      plan: through(plan, underCap(lost, cap)),
    }
  })
  const inArea = (area: string | null) => kindPlans.filter((kind) => kind.area === area)
  const joined = (kinds: typeof kindPlans) => kinds.map(({ plan }) => plan).reduce(together, nothing)
  return areas
    .map(({ key, cap }) => {
      const kinds = inArea(key)
      const lost = kinds.reduce((total, kind) => total + kind.lost, 0)
      return through(joined(kinds), underCap(lost, cap))
    })
    .reduce(together, joined(inArea(null)))
}

/** What comes back in a component, in points of the composite; nothing below its floor or above its ceiling counts. */
function ofComponent(component: Component, card: Scorecard): Plan {
  const scored = card.components.find(({ key }) => key === component.key)
  if (component.method !== 'deductions' || scored?.steps.method !== 'deductions') return nothing
  const { steps } = scored
  const share = scored.weight / Math.max(1, totalWeight(card.components))
  const shares = windowShares(component)
  return steps.windows
    .map(({ key, raw }) => {
      const losses = steps.findings.filter(
        (entry) => entry.countsOn !== null && isLoss(entry) && entry.window === key,
      )
      const bounded = (value: number) => Math.min(steps.ceiling ?? Infinity, Math.max(steps.floor, value))
      const ofWhole = key === null ? 1 : approximately(shares.get(key) as Rational)
      const worth = (share * ofWhole * 100) / (steps.full ?? 10_000)
      return through(
        ofWindow(steps, component.areas, losses),
        (gain) => (bounded(raw + gain) - bounded(raw)) * worth,
      )
    })
    .reduce(together, nothing)
}

/** Losses of 总分加减, in points of the composite. */
function ofAdjustments(scheme: Scheme, { adjustment, scale }: Scorecard): Plan {
  if (!adjustment || !scheme.adjustments) return nothing
  const losses = adjustment.findings.filter((entry) => entry.countsOn !== null && isLoss(entry))
  return through(
    ofWindow(adjustment, scheme.adjustments.areas, losses),
    (gain) => (gain * 10_000) / 100 / scale,
  )
}

/** For every number of problems on a scorecard that cost points, those that bring most when taken back. */
export const plansOn = (scheme: Scheme, card: Scorecard): readonly (readonly string[])[] =>
  [...scheme.components.map((component) => ofComponent(component, card)), ofAdjustments(scheme, card)]
    .reduce(together, nothing)
    .map(({ ids }) => ids)

/** The first index at which something holds that holds ever after, found by halving; null = it never does. */
export function firstWhere(length: number, holds: (index: number) => boolean): number | null {
  if (length === 0 || !holds(length - 1)) return null
  let [low, high] = [0, length - 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
