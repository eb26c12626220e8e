import type { Loss } from '#assessment/score/scorecard'
import { points } from '../result/exact-text.ts'

type Costs = Pick<Loss, 'points' | 'atRisk' | 'worth'>

const meaning = ({ points: lost }: Costs) => (lost > 0 ? ('lost' as const) : ('at-risk' as const))

/** What a finding costs, or may cost, in its component and in the composite. */
export const costInComponent = (finding: Costs) => ({
  points: points(finding.points > 0 ? finding.points : finding.atRisk),
  as: meaning(finding),
})
export const costInComposite = (finding: Costs) => ({ points: finding.worth, as: meaning(finding) })
