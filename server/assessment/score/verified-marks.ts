import type { Day } from '../day.ts'
import type { ClosedWindow, Submission, VerifiedMark } from './facts.ts'
import { marksFrom, shownMarks } from './leaf-scale.ts'
import {
  decimal,
  divide,
  exactly,
  fromExact,
  hundred,
  multiply,
  sum,
  zero,
  type Decimal,
  type Rational,
} from '../rational.ts'
import { leavesOf, type Indicator, type VerifiedMarksComponent, type Window } from '../rule/scheme.ts'
import type { PendingReason, VerifiedSteps, WindowStep } from './scorecard.ts'
import { datedWindows, type DatedWindow } from './windows.ts'

/** What a window of a part comes to for one unit: a score, nothing yet, or nothing that applies. */
export interface WindowScore {
  readonly key: string | null
  readonly share: Rational
  /** Exact; null while pending, and where it does not apply. */
  readonly score: Rational | null
  readonly applies: boolean
  readonly pending: readonly PendingReason[]
}

/** The last mark per leaf known on the day; a window scored leaf by leaf needs no total. */
function marksInForce(marks: readonly VerifiedMark[], asOf: Day): VerifiedMark[] {
  const latest = new Map<string | null, VerifiedMark>()
  for (const mark of marks) {
    if (mark.on === null || mark.on <= asOf) latest.set(mark.leaf, mark)
  }
  if (latest.size > 1) latest.delete(null)
  return [...latest.values()]
}

/** The leaf that a mark names by its key or name. */
const leafOf = (leaves: readonly Indicator[], { leaf }: VerifiedMark): Indicator | undefined =>
  leaf === null ? undefined : leaves.find(({ key, name }) => key === leaf || name === leaf)

/** A mark, and what counts exactly where its marks, as people read them, do not end. */
type CountedMark = VerifiedMark & { readonly exact?: string }

/** The mark with what follows from its observation, where none is given beside it, or the same. */
function withObservation(mark: VerifiedMark, leaves: readonly Indicator[]): CountedMark {
  if (mark.observation == null) return mark
  const leaf = leafOf(leaves, mark)
  const follows = leaf ? marksFrom(leaf.scale, mark.observation, mark.full) : null
  if (!follows || !('marks' in follows)) return mark
  const marks = shownMarks(follows.marks)
  return mark.marks === null || mark.marks === marks ? { ...mark, marks, exact: follows.marks } : mark
}

type Scored = Omit<WindowScore, 'key' | 'share'> & { readonly step: WindowStep }

function scoreWindow(
  window: Window,
  share: string,
  marks: readonly CountedMark[],
  countsAsZero: boolean,
): Scored {
  const step: WindowStep = {
    key: window.key,
    name: window.name,
    share,
    score: null,
    full: null,
    verified: null,
    countedAsZero: false,
    applies: true,
    marks: marks.map(({ leaf, full, claimed, observation, marks: verified }) => ({
      leaf,
      full,
      claimed,
      observation: observation ?? null,
      marks: verified,
    })),
  }
  const waiting = (pending: PendingReason): Scored => ({
    score: null,
    applies: true,
    step,
    pending: [pending],
  })

  if (marks.length === 0) {
    if (!countsAsZero) return waiting({ code: 'window-missing', window: window.name })
    return { score: zero, applies: true, step: { ...step, score: '0', countedAsZero: true }, pending: [] }
  }
  const [first] = marks
  if (first?.leaf === null && first.marks === 'not-applicable')
    return { score: null, applies: false, step: { ...step, applies: false }, pending: [] }
  const missing = marks.filter((mark) => mark.marks === null).length
  if (missing > 0) return waiting({ code: 'marks-missing', window: window.name, missing, of: marks.length })

  const applicable = marks.filter((mark) => mark.marks !== 'not-applicable')
  if (applicable.length === 0) return waiting({ code: 'nothing-applicable', window: window.name })
  const full = sum(applicable.map((mark) => decimal(mark.full)))
  const verified = sum(applicable.map(({ marks: shown, exact = shown as Decimal }) => fromExact(exact)))
  const score = multiply(divide(verified, full), hundred)
  return {
    score,
    applies: true,
    step: { ...step, score: exactly(score), full: exactly(full), verified: exactly(verified) },
    pending: [],
  }
}

/**
 * 核查得分: per window Σ verified ÷ Σ applicable full marks × 100 (考核办法 四(四)); a leaf that does not apply is left out of both sums, a
 * window that does not, of the mean.
 */
export function scoreVerifiedMarks(
  component: VerifiedMarksComponent,
  marks: readonly VerifiedMark[],
  closed: readonly ClosedWindow[],
  submissions: readonly Submission[],
  year: number,
  asOf: Day,
): { windows: WindowScore[]; steps: VerifiedSteps } {
  // The scales of leaves matter to what was observed only.
  const isObserved = marks.some(({ observation }) => observation != null)
  const leaves = isObserved ? leavesOf(component.indicators) : []
  const scored = datedWindows(component, year).map(({ window, share }: DatedWindow) => {
    const isClosed = closed.some((each) => each.window === window.key && each.on <= asOf)
    const submitted = submissions.some((each) => each.window === window.key && each.on <= asOf)
    const inForce = marksInForce(
      marks.filter((mark) => mark.window === window.key),
      asOf,
    ).map((mark) => withObservation(mark, leaves))
    const countsAsZero = component.missingWindow === 'zero' && isClosed && !submitted
    return { key: window.key, share, ...scoreWindow(window, exactly(share), inForce, countsAsZero) }
  })
  return {
    windows: scored.map(({ key, share, score, applies, pending }) => ({
      key,
      share,
      score,
      applies,
      pending,
    })),
    steps: { method: 'verified-marks', windows: scored.map(({ step }) => step) },
  }
}
