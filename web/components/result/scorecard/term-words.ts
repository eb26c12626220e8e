import type {
  ComponentScore,
  DeductionSteps,
  ExternalSteps,
  VerifiedSteps,
  WindowStep,
} from '#assessment/score/scorecard'
import { t } from '../../../i18n.ts'
import { brief, points, rounded } from '../exact-text.ts'

function deductionWords(steps: DeductionSteps, score: string): string {
  const lost = steps.findings.filter((finding) => finding.points > 0)
  const each = lost[0]?.points ?? 0
  const base = brief(points(steps.base))
  const alike =
    lost.length > 0 && lost.every((finding) => finding.points === each) && each * lost.length === steps.lost
  const sum =
    lost.length === 0
      ? t('result.scorecard.terms.noProblem', { base })
      : alike
        ? t('result.scorecard.terms.alike', { base, n: lost.length, each: points(each) })
        : t('result.scorecard.terms.together', { base, n: lost.length, sum: points(steps.lost) })
  if (steps.raw >= steps.floor) return `${sum} = ${score}`
  return `${sum} = ${points(steps.raw)}${t('result.scorecard.terms.floor', { floor: brief(points(steps.floor)) })} → ${score}`
}

const windowScore = (window: WindowStep): string =>
  window.score === null ? t('vocabulary.pending') : rounded(window.score)

function verifiedWords(steps: VerifiedSteps, score: string): string {
  const [only] = steps.windows
  if (steps.windows.length === 1 && only) {
    return only.verified === null || only.full === null
      ? `${only.name} ${windowScore(only)} = ${score}`
      : `${t('result.scorecard.terms.oneWindow', { verified: brief(only.verified), full: brief(only.full) })} = ${score}`
  }
  const sum = steps.windows.map((window) => `${window.name} ${windowScore(window)}`).join(' + ')
  return `${t('result.scorecard.terms.mean', { sum, count: steps.windows.length })} = ${score}`
}

function externalWords(steps: ExternalSteps, score: string): string {
  if (steps.countedAsZero) return t('result.scorecard.terms.countedAsZero')
  if (steps.marks === null) return ''
  return `${t('result.scorecard.terms.external', { marks: rounded(steps.marks), full: brief(steps.full) })} = ${score}`
}

/** How a component came to its score, as arithmetic in one line; empty while there is nothing to reckon with. */
export function termWords({ steps, score }: ComponentScore): string {
  const shown = score === null ? t('vocabulary.pending') : score.replace('-', '−')
  if (steps.method === 'deductions') return deductionWords(steps, shown)
  return steps.method === 'verified-marks' ? verifiedWords(steps, shown) : externalWords(steps, shown)
}

/** What opens under a term: its problems, its tables, its marks. */
export function factsWords({ steps }: ComponentScore): string {
  if (steps.method === 'deductions') {
    return t('result.scorecard.facts.problems', {
      n: steps.findings.filter((finding) => finding.points > 0).length,
    })
  }
  if (steps.method === 'verified-marks')
    return t('result.scorecard.facts.windows', { n: steps.windows.length })
  return t('result.scorecard.facts.external')
}
