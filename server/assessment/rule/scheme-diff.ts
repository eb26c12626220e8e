import {
  add,
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
import { leavesOf, type Component, type Indicator, type RuleDay, type Scheme } from './scheme.ts'

/** What a change is about. */
export const schemeParts = [
  'scheme',
  'component',
  'kind',
  'window',
  'indicator',
  'dimension',
  'grade',
  'bonus',
  'quota',
  'milestone',
] as const
export type SchemePart = (typeof schemeParts)[number]

export const schemeFields = [
  'name',
  'source',
  'method',
  'weight',
  'base',
  'floor',
  'points',
  'trigger',
  'provider',
  'rectifyDays',
  'rectifyCount',
  'cap',
  'chargedUpward',
  'veto',
  'due',
  'missing',
  'full',
  'scoring',
  'evidence',
  'responsible',
  'groups',
  'clause',
  'from',
  'decimals',
  'rounding',
  'ties',
  'rankAcrossGroups',
  'appealWithin',
  'publicity',
  'unlockedFrom',
  'percent',
  'order',
] as const
export type SchemeField = (typeof schemeFields)[number]

export type FieldValue = string | number | boolean | null

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

type Fields = Partial<Record<SchemeField, FieldValue>>

interface Node {
  readonly part: SchemePart
  readonly trail: readonly string[]
  readonly fields: Fields
  /** Ids of what stands below it, in order. */
  readonly below: string[]
}

type Nodes = Map<string, Node>

const dayText = ({ yearOffset, month, day }: RuleDay): string => `${yearOffset}/${month}/${day}`

const methodFields: {
  readonly [Method in Component['method']]: (component: Extract<Component, { method: Method }>) => Fields
} = {
  deductions: ({ base, floor }) => ({ base, floor }),
  'verified-marks': ({ missingWindow }) => ({ missing: missingWindow }),
  external: ({ full, missing }) => ({ full, missing }),
}

/** Every thing in a scheme by an id made of keys; what has no key is known by its name. */
function nodesOf(scheme: Scheme): Nodes {
  const nodes: Nodes = new Map()
  const put = (
    id: string,
    above: string | null,
    part: SchemePart,
    trail: readonly string[],
    fields: Fields,
  ) => {
    nodes.set(id, { part, trail, fields, below: [] })
    if (above !== null) (nodes.get(above) as Node).below.push(id)
  }
  const { name, source, decimals, rounding, ties, rankAcrossGroups, appealWithin, publicity } = scheme
  put('', null, 'scheme', [], {
    name,
    source,
    decimals,
    rounding,
    ties,
    rankAcrossGroups,
    appealWithin,
    publicity,
  })

  function putIndicators(list: readonly Indicator[], above: string, trail: readonly string[]) {
    for (const one of list) {
      const id = `${above.split('/i/')[0]}/i/${one.key}`
      const here = [...trail, one.name]
      put(id, above, 'indicator', here, {
        name: one.name,
        full: one.full,
        scoring: one.scoring,
        evidence: one.evidence,
        responsible: one.responsible,
        groups: one.groups === null ? null : one.groups.join('、'),
        clause: one.clause,
      })
      putIndicators(one.children, id, here)
    }
  }

  for (const component of scheme.components) {
    const id = `c/${component.key}`
    const trail = [component.name]
    put(id, '', 'component', trail, {
      name: component.name,
      method: component.method,
      weight: component.weight,
      clause: component.clause,
      ...(methodFields[component.method] as (one: Component) => Fields)(component),
    })
    if (component.method === 'deductions') {
      for (const kind of component.kinds)
        put(`${id}/k/${kind.key}`, id, 'kind', [...trail, kind.name], {
          name: kind.name,
          points: kind.points,
          trigger: kind.trigger,
          provider: kind.provider,
          rectifyDays: kind.rectifyWithin.days,
          rectifyCount: kind.rectifyWithin.count,
          cap: kind.cap,
          chargedUpward: kind.chargedUpward,
          veto: kind.veto,
          clause: kind.clause,
        })
    } else if (component.method === 'verified-marks') {
      for (const { key, name, due } of component.windows)
        put(`${id}/w/${key}`, id, 'window', [...trail, name], { name, due: dayText(due) })
      putIndicators(component.indicators, id, trail)
    } else {
      for (const { key, name, full } of component.dimensions)
        put(`${id}/d/${key}`, id, 'dimension', [...trail, name], { name, full })
    }
  }
  for (const grade of scheme.grades) put(`g/${grade.name}`, '', 'grade', [grade.name], { from: grade.from })
  for (const { key, name, due, clause } of scheme.milestones)
    put(`m/${key}`, '', 'milestone', [name], { name, due: dayText(due), clause })
  if (scheme.bonus) put('bonus', '', 'bonus', [scheme.bonus.name], { ...scheme.bonus })
  if (scheme.excellenceQuota) put('quota', '', 'quota', [], { ...scheme.excellenceQuota })
  return nodes
}

/** Whether what stands in both lists stands in another order. */
function isReordered(before: readonly string[], after: readonly string[]): boolean {
  const common = before.filter((id) => after.includes(id))
  const now = after.filter((id) => before.includes(id))
  return common.some((id, index) => id !== now[index])
}

function changesBetween(before: Nodes, after: Nodes): SchemeChange[] {
  const changes: SchemeChange[] = []
  const whole = { field: null, from: null, to: null }
  for (const [id, { part, trail, fields, below }] of after) {
    const old = before.get(id)
    if (!old) {
      changes.push({ change: 'added', part, trail, ...whole })
      continue
    }
    for (const field of schemeFields) {
      const from = old.fields[field] ?? null
      const to = fields[field] ?? null
      if (from !== to) changes.push({ change: 'changed', part, trail, field, from, to })
    }
    if (isReordered(old.below, below))
      changes.push({ change: 'changed', part, trail, field: 'order', from: null, to: null })
  }
  for (const [id, { part, trail }] of before)
    if (!after.has(id)) changes.push({ change: 'removed', part, trail, ...whole })
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
  changes: changesBetween(nodesOf(before), nodesOf(after)),
  moved: pointsMoved(pointsOf(before), pointsOf(after)),
})
