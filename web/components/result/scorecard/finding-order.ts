import type { LedgerEntry } from '#assessment/score/scorecard'

const urgency = (finding: LedgerEntry): number => (finding.points > 0 ? 0 : finding.atRisk > 0 ? 1 : 2)

/** Lost first, then what may still be lost by deadline, then what is settled; newest first inside each. */
export const costlyFirst = (findings: readonly LedgerEntry[]): LedgerEntry[] =>
  [...findings].sort((a, b) => {
    const order = urgency(a) - urgency(b)
    if (order !== 0) return order
    if (urgency(a) === 1) return (a.deadline ?? '9999').localeCompare(b.deadline ?? '9999')
    return (b.notifiedOn ?? '').localeCompare(a.notifiedOn ?? '')
  })
