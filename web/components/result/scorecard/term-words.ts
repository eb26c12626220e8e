import { isGain, isLoss } from '#assessment/rule/scheme'
import {
  type ComponentScore,
  type ExternalSteps,
  type ExternalWindowStep,
  type LedgerSteps,
  type LedgerWindowStep,
  type VerifiedSteps,
  type WindowStep,
} from '#assessment/score/scorecard'
import { divide, sum } from '#assessment/rational'
import { t } from '../../../i18n.ts'
import { named } from '../../../scheme-names.ts'
import { brief, points, rounded } from '../exact-text.ts'
import { exactValue } from '../exact-value.ts'
import { percent } from '../shares.ts'

/** Windows with their scores as a mean: `（一季度 98.50 + 二季度 97.00）÷ 2`, or with their shares where they weigh unlike. */
function meanWords(
  windows: readonly { readonly name: string; readonly share: string; readonly score: string }[],
): string {
  const shares = windows.map(({ share }) => exactValue(share))
  const total = sum(shares)
  const parts = shares.map((share) => percent(divide(share, total)))
  if (parts.every((part) => part === parts[0]))
    return t('result.scorecard.terms.mean', {
      sum: windows.map(({ name, score }) => `${named(name)} ${score}`).join(' + '),
      count: windows.length,
    })
  return windows.map(({ name, score }, at) => `${named(name)} ${score} × ${parts[at] ?? ''}`).join(' + ')
}

/** `预置 100 − 3 个问题 × 1.50 + 加分 2.00`: a ledger as it counts, without its end. */
function sumWords(steps: LedgerSteps): string {
  const lost = steps.findings.filter((entry) => entry.points > 0 && isLoss(entry))
  const gained = steps.findings.filter((entry) => entry.points > 0 && isGain(entry))
  const each = lost[0]?.points ?? 0
  const base = brief(points(steps.base))
  const n = lost.length
  const isAlike = n > 0 && lost.every((entry) => entry.points === each) && each * n === steps.lost
  const losses =
    n === 0
      ? t(steps.base === 0 ? 'result.scorecard.terms.base' : 'result.scorecard.terms.noProblem', { base })
      : isAlike
        ? t('result.scorecard.terms.alike', { base, n, each: points(each) })
        : t('result.scorecard.terms.together', { base, n, sum: points(steps.lost) })
  return gained.length === 0
    ? losses
    : losses + t('result.scorecard.terms.gained', { n: gained.length, sum: points(steps.gained) })
}

/** What floor and ceiling make of a window's sum, and what it is divided by. */
function endWords({ floor, ceiling, full }: LedgerSteps, { raw, value }: LedgerWindowStep): string {
  const bound =
    value > raw
      ? t('result.scorecard.terms.floor', { floor: brief(points(floor)) })
      : value < raw
        ? t('result.scorecard.terms.ceiling', { ceiling: brief(points(ceiling ?? 0)) })
        : ''
  const bounded = bound === '' ? '' : ` = ${points(raw)}${bound} → ${points(value)}`
  const out = full === null ? '' : t('result.scorecard.terms.outOf', { full: brief(points(full)) })
  return out === '' ? bounded : `${bounded}${out}`
}

function ledgerWords(steps: LedgerSteps, score: string): string {
  const [only] = steps.windows
  if (steps.windows.length > 1)
    return `${meanWords(
      steps.windows.map((window) => ({ name: window.name ?? '', share: window.share, score: window.score })),
    )} = ${score}`
  if (!only) return ''
  const end = endWords(steps, only)
  // What a bound left is the score itself, unless it is still divided.
  return end.includes('→') && steps.full === null
    ? sumWords(steps) + end
    : `${sumWords(steps)}${end} = ${score}`
}

const scoreOrPending = (score: string | null): string =>
  score === null ? t('vocabulary.pending') : rounded(score)

function verifiedWords({ windows }: VerifiedSteps, score: string): string {
  const counted = windows.filter(({ applies }) => applies)
  const [only] = counted
  if (counted.length === 1 && only) {
    return only.verified === null || only.full === null
      ? `${named(only.name)} ${scoreOrPending(only.score)} = ${score}`
      : `${t('result.scorecard.terms.oneWindow', { verified: brief(only.verified), full: brief(only.full) })} = ${score}`
  }
  const shown = counted.map((window: WindowStep) => ({ ...window, score: scoreOrPending(window.score) }))
  return `${meanWords(shown)} = ${score}`
}

function externalWords({ windows, full }: ExternalSteps, score: string): string {
  const counted = windows.filter(({ applies }) => applies)
  const [only] = counted
  if (counted.length === 1 && only) {
    if (only.countedAsZero) return t('result.scorecard.terms.countedAsZero')
    if (only.marks === null) return ''
    return `${t('result.scorecard.terms.external', { marks: rounded(only.marks), full: brief(full) })} = ${score}`
  }
  const marked = counted.map(({ name, share, marks, countedAsZero }: ExternalWindowStep) => ({
    name: name ?? '',
    share,
    score: countedAsZero ? '0' : scoreOrPending(marks),
  }))
  const out = full === '100' ? '' : t('result.scorecard.terms.outOf', { full: brief(full) })
  return `${meanWords(marked)}${out} = ${score}`
}

/** How a component came to its score, as arithmetic in one line; empty while there is nothing to reckon with. */
export function termWords({ steps, score }: ComponentScore): string {
  const shown = score === null ? t('vocabulary.pending') : score.replace('-', '−')
  if (steps.method === 'deductions') return ledgerWords(steps, shown)
  return steps.method === 'verified-marks' ? verifiedWords(steps, shown) : externalWords(steps, shown)
}

/** What of a component is not counted for the unit: windows that do not apply. */
export function omittedWords({ steps }: ComponentScore): string {
  const names =
    steps.method === 'deductions'
      ? []
      : steps.windows.flatMap(({ name, applies }) => (applies || name === null ? [] : [name]))
  return names.length === 0
    ? ''
    : t('result.scorecard.omittedWindows', { names: names.map(named).join(t('result.scorecard.and')) })
}

/** What opens under a term: its problems, its tables, its marks. */
export function factsWords({ steps }: ComponentScore): string {
  if (steps.method === 'deductions') {
    const counting = steps.findings.filter((finding) => finding.countsOn !== null)
    const gains = counting.filter(isGain).length
    const problems = t('result.scorecard.facts.problems', { n: counting.length - gains })
    return gains === 0
      ? problems
      : `${problems}${t('result.scorecard.comma')}${t('result.scorecard.facts.gains', { n: gains })}`
  }
  if (steps.method === 'verified-marks')
    return t('result.scorecard.facts.windows', { n: steps.windows.length })
  return t('result.scorecard.facts.external')
}
