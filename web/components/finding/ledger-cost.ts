import type { LedgerEntry } from '#assessment/score/scorecard'
import { points } from '../result/exact-text.ts'

type Costs = Pick<LedgerEntry, 'points' | 'atRisk' | 'worth' | 'effect'>

/** What points of an entry mean: lost, given, or at risk. */
const counted = { loss: 'lost', gain: 'back' } as const
const meaning = ({ points: moved, atRisk, effect }: Costs) =>
  moved > 0 || atRisk === 0 ? counted[effect] : ('at-risk' as const)

/** What a finding costs, or may cost, in its component and in the composite. */
export const costInComponent = (finding: Costs) => ({
  points: points(finding.points > 0 ? finding.points : finding.atRisk),
  as: meaning(finding),
})
export const costInComposite = (finding: Costs) => ({ points: finding.worth, as: meaning(finding) })
