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

/** How each is written in a cell. */
const costSigns = {
  lost: (text: string) => `-${text}`,
  back: (text: string) => `+${text}`,
  'at-risk': (text: string) => `(−${text})`,
} as const

/** What was lost or given, as a number; what may be lost stays in brackets, so that nobody adds it to the rest. */
export const costText = ({ points, as }: ReturnType<typeof costInComponent>): string =>
  /^[0.]*$/.test(points) ? points : costSigns[as](points)
