import { decimal, format, hundredths, isDecimal, sum, type Hundredths } from '#assessment/rational'
import {
  leavesOf,
  nodesOf,
  type Component,
  type Indicator,
  type Ledger,
  type LedgerKind,
  type Method,
  type Scheme,
  type Window,
} from '#assessment/rule/scheme'
import { usualTrigger } from '#assessment/rule/trigger'
import { fifteenWorkingDays, halves } from '#assessment/rule/usual-times'
import { typedCount, typedPoints } from '#assessment/typed'

/** The same, while it is being edited. */
export type Editable<T> = T extends readonly (infer Item)[]
  ? Editable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Editable<T[Key]> }
    : T

/** A copy of its own, to be edited. */
export const editable = <Value>(value: Value): Editable<Value> =>
  JSON.parse(JSON.stringify(value)) as Editable<Value>

export type Draft = Editable<Scheme>
export type DraftComponent = Editable<Component>
export type DraftIndicator = Editable<Indicator>
export type DraftLedger = Editable<Ledger>
export type DraftKind = Editable<LedgerKind>
export type DraftWindow = Editable<Window>

/** Figures as typed: points, in hundredths, and whole numbers. */
export const figureReaders = {
  points: (text: string) => typedPoints(text, 99_999_999),
  count: (text: string) => typedCount(text, 9999),
} as const

/** Hundredths without zeros at the end: `1.5`, `30`. */
export const pointsText = (value: Hundredths): string => format(hundredths(value)).replace(/\.?0+$/, '')

/** A key that none of the taken ones is. */
export function freshKey(taken: readonly string[], stem: string): string {
  let count = taken.length + 1
  while (taken.includes(`${stem}${count}`)) count++
  return `${stem}${count}`
}

/** Moves an entry to another place in its list; places outside the list change nothing. */
export function moveTo<Item>(list: Item[], from: number, to: number): boolean {
  if (from === to || from < 0 || from >= list.length || to < 0 || to >= list.length) return false
  list.splice(to, 0, ...list.splice(from, 1))
  return true
}

/** Every key in a tree. */
export const keysIn = (nodes: readonly Indicator[]): string[] => nodesOf(nodes).map(({ key }) => key)

/** Full marks of everything at and below the nodes, e.g. `12.5`; what is not yet a number counts as 0. */
export const fullMarksOf = (nodes: readonly Indicator[]): string => {
  const fulls = leavesOf(nodes).flatMap(({ full }) =>
    full !== null && isDecimal(full) ? [decimal(full)] : [],
  )
  return format(sum(fulls)).replace(/\.?0+$/, '')
}

export function newIndicator(taken: readonly string[]): DraftIndicator {
  const key = freshKey(taken, 'n')
  const nothing = {
    scoring: null,
    scale: { type: 'free' as const },
    evidence: null,
    responsible: null,
    groups: null,
    clause: null,
  }
  return { key, name: '', full: '', ...nothing, children: [] }
}

/** A copy with keys of its own. */
export function copyOf(node: DraftIndicator, taken: string[]): DraftIndicator {
  const key = freshKey(taken, 'n')
  taken.push(key)
  return {
    ...node,
    key,
    groups: node.groups && [...node.groups],
    children: node.children.map((one) => copyOf(one, taken)),
  }
}

/** A new entry below a node. A leaf that gets one is a branch from then on, and its marks become the entry's. */
export function addBelow(node: DraftIndicator, taken: readonly string[]): DraftIndicator {
  const added = newIndicator(taken)
  if (node.children.length === 0 && node.full !== null) added.full = node.full
  node.full = null
  node.children.push(added)
  return added
}

const beginnings: {
  readonly [M in Method]: () => Omit<
    Extract<DraftComponent, { method: M }>,
    'key' | 'name' | 'weight' | 'clause' | 'variants' | 'windows'
  > & { windows?: DraftWindow[] }
} = {
  deductions: () => ({
    method: 'deductions',
    base: 10_000,
    floor: 0,
    full: null,
    ceiling: 'full',
    areas: [],
    kinds: [],
  }),
  'verified-marks': () => ({
    method: 'verified-marks',
    windows: editable(halves),
    indicators: [],
    missingWindow: 'zero',
  }),
  external: () => ({ method: 'external', full: '100', dimensions: [], missing: 'pending' }),
}

export function newComponent(method: Method, taken: readonly string[]): DraftComponent {
  const common = { key: freshKey(taken, 'part'), name: '', weight: 0, clause: '', variants: [], windows: [] }
  return { ...common, ...beginnings[method]() } as DraftComponent
}

export const newKind = (taken: readonly string[], usual = ''): DraftKind => ({
  key: freshKey(taken, 'kind'),
  name: '',
  effect: 'loss',
  severities: [{ key: 's1', name: usual, points: 100 }],
  trigger: usualTrigger,
  provider: null,
  rectifyWithin: editable(fifteenWorkingDays),
  area: null,
  cap: null,
  chargedUpward: true,
  vetoes: [],
  monitorRules: [],
  clause: '',
})

/** Names of a text, separated as people separate them. */
export const namesOf = (text: string): string[] =>
  text
    .split(/[、,，;；]/)
    .map((name) => name.trim())
    .filter(Boolean)

/** The faults at a place itself and how many lie below it, by path. */
export const countBelow = (paths: readonly string[], path: string): number =>
  paths.filter((one) => one === path || one.startsWith(`${path}.`)).length
