import type { Publicity } from '../../rule/scheme.ts'
import { chargingOf } from '../../score/charging.ts'
import { entriesOn, type Scorecard } from '../../score/scorecard.ts'
import { valuesOf, type Leaf } from './leaves.ts'

/** The ids of the units that a unit's own findings name, whose names its scorecard shows. */
const namedBy = (leaves: readonly Leaf[], findings: ReadonlySet<string>): Set<string> =>
  new Set(
    valuesOf(leaves, 'finding')
      .filter(({ id }) => findings.has(id))
      .flatMap(({ unitId, numberedUnitId, facts }) => [
        unitId,
        ...(numberedUnitId === undefined ? [] : [numberedUnitId]),
        ...facts.flatMap((fact) => ('unitId' in fact ? [fact.unitId] : [])),
      ]),
  )

/**
 * Whether a unit may be shown a leaf of its own result 本单位得分和名次: what its scorecard was computed from, and the scorecard. Findings are
 * those on the scorecard: one that was moved to another unit is no longer its own.
 */
function ownResult(leaves: readonly Leaf[], card: Scorecard): (leaf: Leaf) => boolean {
  const findings = new Set(entriesOn(card).map(({ findingId }) => findingId))
  const named = namedBy(leaves, findings)
  const charging = chargingOf(valuesOf(leaves, 'unit'), valuesOf(leaves, 'participant'))
  return (leaf) => {
    switch (leaf.kind) {
      case 'rule':
      case 'closed':
        return true
      case 'earlier':
        return false
      case 'unit':
        return named.has(leaf.value.id) || charging.nearest(leaf.value.id) === card.unitId
      case 'finding':
        return findings.has(leaf.value.id)
      case 'extension':
        return leaf.value.unitId === null || leaf.value.unitId === card.unitId
      case 'grade':
      case 'participant':
      case 'verified':
      case 'external':
      case 'submission':
      case 'result':
        return leaf.value.unitId === card.unitId
    }
  }
}

/** The rule, and what the unit's grade is. */
const ownGrade = ({ kind, value }: Leaf, unitId: string): boolean =>
  kind === 'rule' || (kind === 'grade' && value.unitId === unitId)

/** The places of the leaves that a unit's file shows, in ascending order, by 公开范围. */
export function placesShown(leaves: readonly Leaf[], card: Scorecard, publicity: Publicity): number[] {
  const shows: Readonly<Record<Publicity, () => (leaf: Leaf) => boolean>> = {
    'full-table': () => () => true,
    'own-result': () => ownResult(leaves, card),
    'own-grade': () => (leaf) => ownGrade(leaf, card.unitId),
  }
  const isShown = shows[publicity]()
  return leaves.flatMap((leaf, place) => (isShown(leaf) ? [place] : []))
}
