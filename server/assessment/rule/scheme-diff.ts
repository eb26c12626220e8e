import {
  add,
  compare,
  decimal,
  divide,
  format,
  hundredths,
  isDecimal,
  multiply,
  zero,
  hundred,
  type Rational,
} from '../rational.ts'
import { leavesOf, type Scheme } from './scheme.ts'
import { schemeParts, type SchemeField, type SchemePart } from './scheme-fields.ts'
import { schemeNode, type FieldValue, type NamedField, type SchemeNode } from './scheme-nodes.ts'

/** One difference: a thing that came or went, or one of its fields. `trail` names the way to it, outermost first. */
export interface SchemeChange {
  readonly change: 'added' | 'removed' | 'changed'
  readonly part: SchemePart
  readonly trail: readonly string[]
  readonly field: SchemeField | null
  readonly from: FieldValue
  readonly to: FieldValue
}

/** Points of 100 that moved: a component's share, or the full marks of a first-level area; null = not there. */
export interface PointsMoved {
  readonly part: 'component' | 'indicator'
  readonly trail: readonly string[]
  readonly from: string | null
  readonly to: string | null
}

export interface SchemeDiff {
  readonly changes: readonly SchemeChange[]
  readonly moved: readonly PointsMoved[]
}

/** A part at its place; `below` holds the places of those below it, in order. */
interface Placed {
  readonly node: SchemeNode
  readonly trail: readonly string[]
  readonly above: string | null
  readonly below: readonly string[]
}
type Places = ReadonlyMap<string, Placed>

/** How the parts of two schemes are matched: an indicator by its key wherever it stands in its tree, or everything by its names. */
type Matching = 'id' | 'title'

function placesOf(scheme: Scheme, by: Matching): Places {
  const places = new Map<string, Placed>()
  const placeIn = (owner: string, { part, id, title }: SchemeNode): string =>
    `${owner}/${part}/${(by === 'id' ? id : title) ?? ''}`
  function put(node: SchemeNode, at: string, above: string | null, owner: string, before: readonly string[]) {
    const trail = node.title === null ? before : [...before, node.title]
    const ownerOf = (child: SchemeNode) => (by === 'id' && child.part === node.part ? owner : at)
    const below = node.below.map((child) => placeIn(ownerOf(child), child))
    places.set(at, { node, trail, above, below })
    node.below.forEach((child, index) => put(child, below[index] as string, at, ownerOf(child), trail))
  }
  put(schemeNode(scheme), '', null, '', [])
  return places
}

/** Whether what stands in both lists stands in another order. */
function isReordered(before: readonly string[], after: readonly string[]): boolean {
  const common = before.filter((id) => after.includes(id))
  const now = after.filter((id) => before.includes(id))
  return common.some((id, index) => id !== now[index])
}

type Same = (field: NamedField, from: FieldValue, to: FieldValue) => boolean

function fieldChanges(
  before: SchemeNode,
  { part, fields }: SchemeNode,
  trail: readonly string[],
  same: Same,
) {
  const held = new Map(before.fields.map((at) => [at.field.name, at]))
  const now = new Map(fields.map((at) => [at.field.name, at]))
  return [...new Map([...now, ...held])].flatMap(([name, { field }]): SchemeChange[] => {
    const [from, to] = [held.get(name)?.value ?? null, now.get(name)?.value ?? null]
    if (same(field, from, to)) return []
    return [{ change: 'changed', part, trail, field: name, from, to }]
  })
}

function changesBetween(before: Places, after: Places, same: Same, counts: (place: string) => boolean) {
  const changes: SchemeChange[] = []
  const whole = { field: null, from: null, to: null }
  for (const [at, { node, trail, above, below }] of after) {
    const old = before.get(at)
    if (!old) {
      changes.push({ change: 'added', part: node.part, trail, ...whole })
      continue
    }
    changes.push(...fieldChanges(old.node, node, trail, same))
    if (old.above !== above || isReordered(old.below.filter(counts), below.filter(counts)))
      changes.push({ change: 'changed', part: node.part, trail, field: 'order', from: null, to: null })
  }
  for (const [at, { node, trail }] of before)
    if (!after.has(at)) changes.push({ change: 'removed', part: node.part, trail, ...whole })
  return changes
}

type Points = Map<string, Pick<PointsMoved, 'part' | 'trail'> & { readonly points: Rational }>

/** Shares of 100 by component and full marks by first-level area; what is not yet a number counts as 0. */
function pointsOf(scheme: Scheme): Points {
  const points: Points = new Map()
  const total = scheme.components.reduce((sum, { weight }) => sum + weight, 0)
  for (const component of scheme.components) {
    const share =
      total > 0 ? multiply(divide(hundredths(component.weight), hundredths(total)), hundred) : zero
    points.set(component.key, { part: 'component', trail: [component.name], points: share })
    if (component.method !== 'verified-marks') continue
    for (const area of component.indicators) {
      const full = leavesOf([area]).reduce(
        (sum, leaf) => (leaf.full !== null && isDecimal(leaf.full) ? add(sum, decimal(leaf.full)) : sum),
        zero,
      )
      points.set(`${component.key}/${area.key}`, {
        part: 'indicator',
        trail: [component.name, area.name],
        points: full,
      })
    }
  }
  return points
}

function pointsMoved(before: Points, after: Points): PointsMoved[] {
  const text = (points: Points, id: string) => {
    const found = points.get(id)
    return found ? format(found.points) : null
  }
  return [...new Map([...before, ...after])]
    .map(([id, { part, trail }]) => ({ part, trail, from: text(before, id), to: text(after, id) }))
    .filter(({ from, to }) => from !== to)
}

/** What became of a scheme: every thing added, removed or changed, and where points of 100 moved. Works on unsound drafts, too. */
export const diffSchemes = (before: Scheme, after: Scheme): SchemeDiff => ({
  changes: changesBetween(
    placesOf(before, 'id'),
    placesOf(after, 'id'),
    (_, from, to) => from === to,
    () => true,
  ),
  moved: pointsMoved(pointsOf(before), pointsOf(after)),
})

/** A text without what may differ between two writings of it. */
const plain = (value: FieldValue): FieldValue =>
  typeof value === 'string' ? value.normalize('NFKC').replace(/\s+/g, '') || null : value

const sameDecimal = (from: FieldValue, to: FieldValue): boolean =>
  typeof from === 'string' && typeof to === 'string' && isDecimal(from) && isDecimal(to)
    ? compare(decimal(from), decimal(to)) === 0
    : plain(from) === plain(to)

/**
 * What two schemes say differently, whatever their keys are: parts are matched by their names, weights by their proportion, decimals by their
 * value, texts without blanks; the order of what has none in a rule does not matter.
 */
export function saidDifferently(before: Scheme, after: Scheme): SchemeChange[] {
  const weights = ({ components }: Scheme) => components.reduce((sum, { weight }) => sum + BigInt(weight), 0n)
  const [inAll, nowInAll] = [weights(before), weights(after)]
  const same: Same = ({ name, sheet, unit }, from, to) => {
    // Those of parts, for all groups or for one; windows have weights of their own.
    if (name === 'weight' && sheet === 'components' && typeof from === 'number' && typeof to === 'number')
      return BigInt(from) * nowInAll === BigInt(to) * inAll
    return unit === 'decimal' ? sameDecimal(from, to) : plain(from) === plain(to)
  }
  const [earlier, later] = [placesOf(before, 'title'), placesOf(after, 'title')]
  const isOrdered = (place: string): boolean => {
    const node = (later.get(place) ?? earlier.get(place))?.node
    return node !== undefined && schemeParts[node.part].ordered
  }
  return changesBetween(earlier, later, same, isOrdered)
}
