import type { Day } from '../day.ts'
import type { ClosedWindow, Submission, VerifiedMark } from './facts.ts'
import { decimal, divide, exactly, hundred, multiply, sum, whole, zero, type Rational } from '../rational.ts'
import type { VerifiedMarksComponent, Window } from '../rule/scheme.ts'
import type { PendingReason, VerifiedSteps, WindowStep } from './scorecard.ts'

type WindowScore = { score: Rational | null; step: WindowStep; pending: PendingReason | null }

/** The last mark per leaf known on the day; marks of leaves make a total superfluous. */
function marksInForce(marks: readonly VerifiedMark[], asOf: Day): VerifiedMark[] {
  const latest = new Map<string | null, VerifiedMark>()
  for (const mark of marks) {
    if (mark.on === null || mark.on <= asOf) latest.set(mark.leaf, mark)
  }
  if (latest.size > 1) latest.delete(null)
  return [...latest.values()]
}

function scoreWindow(window: Window, marks: readonly VerifiedMark[], countsAsZero: boolean): WindowScore {
  const step = {
    key: window.key,
    name: window.name,
    score: null,
    full: null,
    verified: null,
    countedAsZero: false,
    marks: marks.map(({ leaf, full, claimed, marks: verified }) => ({
      leaf,
      full,
      claimed,
      marks: verified,
    })),
  }
  const waiting = (pending: PendingReason): WindowScore => ({ score: null, step, pending })

  if (marks.length === 0) {
    if (countsAsZero)
      return { score: zero, step: { ...step, score: '0', countedAsZero: true }, pending: null }
    return waiting({ code: 'window-missing', window: window.name })
  }
  const missing = marks.filter((mark) => mark.marks === null).length
  if (missing > 0) return waiting({ code: 'marks-missing', window: window.name, missing, of: marks.length })

  const applicable = marks.filter((mark) => mark.marks !== 'not-applicable')
  if (applicable.length === 0) return waiting({ code: 'nothing-applicable', window: window.name })

  const full = sum(applicable.map((mark) => decimal(mark.full)))
  const verified = sum(applicable.map((mark) => decimal(mark.marks as string)))
  const score = multiply(divide(verified, full), hundred)
  return {
    score,
    step: { ...step, score: exactly(score), full: exactly(full), verified: exactly(verified) },
    pending: null,
  }
}

/**
 * 核查得分: the mean over windows of Σ verified ÷ Σ applicable full marks × 100
 * (考核办法 四(四): 经核查的两次自我考核成绩平均值). Null while any window is pending; a leaf that does not apply is left out of both sums.
 */
export function scoreVerifiedMarks(
  component: VerifiedMarksComponent,
  marks: readonly VerifiedMark[],
  closed: readonly ClosedWindow[],
  submissions: readonly Submission[],
  asOf: Day,
): { score: Rational | null; steps: VerifiedSteps; pending: PendingReason[] } {
  const windows = component.windows.map((window) => {
    const isClosed = closed.some((one) => one.window === window.key && one.on <= asOf)
    const submitted = submissions.some((one) => one.window === window.key && one.on <= asOf)
    const ofWindow = marks.filter((mark) => mark.window === window.key)
    return scoreWindow(
      window,
      marksInForce(ofWindow, asOf),
      component.missingWindow === 'zero' && isClosed && !submitted,
    )
  })
  const scores = windows.flatMap((window) => (window.score === null ? [] : [window.score]))
  const complete = scores.length === windows.length
  return {
    score: complete ? divide(sum(scores), whole(windows.length)) : null,
    steps: { method: 'verified-marks', windows: windows.map((window) => window.step) },
    pending: windows.flatMap((window) => (window.pending === null ? [] : [window.pending])),
  }
}
