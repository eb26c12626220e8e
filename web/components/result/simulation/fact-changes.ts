import { addDays, type Day } from '#assessment/day'
import type { ExternalMark, Facts, Finding, VerifiedMark } from '#assessment/score/facts'
import { revoked } from '#assessment/score/one-unit'
import { kindsOf, leavesOf, type Scheme } from '#assessment/rule/scheme'
import { typedCount, typedMarks } from '#assessment/typed'

/** One thing about a unit that a simulation supposes to be otherwise. Marks are decimals as text. */
export type FactChange =
  | { readonly type: 'revoke'; readonly findingId: string }
  | {
      readonly type: 'add'
      readonly unitId: string
      readonly kind: string
      /** Key of the severity; empty for the usual one. */
      readonly severity: string
      readonly count: string
    }
  | {
      readonly type: 'marks'
      readonly unitId: string
      readonly component: string
      readonly window: string
      /** Empty for the window's total, out of 100. */
      readonly leaf: string
      readonly marks: string
    }
  | {
      readonly type: 'external'
      readonly unitId: string
      readonly component: string
      /** Empty where the part has no windows. */
      readonly window: string
      /** Empty for the total. */
      readonly dimension: string
      readonly marks: string
    }

/** More than these are not read from an address. */
const mostChanges = 50
const mostProblems = 50

const fieldsOf = {
  revoke: ['findingId'],
  add: ['unitId', 'kind', 'severity', 'count'],
  marks: ['unitId', 'component', 'window', 'leaf', 'marks'],
  external: ['unitId', 'component', 'window', 'dimension', 'marks'],
} as const
const isType = (text: string): text is FactChange['type'] => text in fieldsOf

const written = (part: string): string => encodeURIComponent(part).replaceAll('~', '%7E')
function read(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}

/** For the address: `type~part~part;…`. */
export const writeFactChanges = (changes: readonly FactChange[]): string =>
  changes
    .map((change) => {
      const parts = change as unknown as Record<string, string>
      return [change.type, ...fieldsOf[change.type].map((name) => written(parts[name] ?? ''))].join('~')
    })
    .join(';')

/** The figure of a change as it is typed, in plain digits; null where it is none that is possible. */
export function figureOf(change: FactChange, text: string, full: string | null): string | null {
  const read = change.type === 'add' ? typedCount(text, mostProblems) : typedMarks(text)
  if (!('value' in read)) return null
  if (change.type === 'add') return String(read.value)
  return full !== null && Number(read.value) <= Number(full) ? String(read.value) : null
}

/** The most that may be given; null when the scheme does not know the place. */
export function fullOf(scheme: Scheme, facts: Facts, change: FactChange): string | null {
  if (change.type === 'revoke' || change.type === 'add') return null
  const component = scheme.components.find(({ key }) => key === change.component)
  if (change.type === 'external') {
    if (component?.method !== 'external') return null
    const isKnown =
      change.window === ''
        ? component.windows.length === 0
        : component.windows.some(({ key }) => key === change.window)
    if (!isKnown) return null
    const dimension = component.dimensions.find(({ key }) => key === change.dimension)
    return change.dimension === '' ? component.full : (dimension?.full ?? null)
  }
  if (component?.method !== 'verified-marks') return null
  if (!component.windows.some(({ key }) => key === change.window)) return null
  if (change.leaf === '') return '100'
  const given = facts.verified.find(
    (mark) =>
      mark.unitId === change.unitId && mark.component === change.component && mark.leaf === change.leaf,
  )
  return given?.full ?? leavesOf(component.indicators).find(({ key }) => key === change.leaf)?.full ?? null
}

/** Whether a change speaks of things that are there, in figures that are possible. */
function holds(scheme: Scheme, facts: Facts, change: FactChange): boolean {
  if (change.type === 'revoke') return facts.findings.some(({ id }) => id === change.findingId)
  if (!facts.participants.some(({ unitId }) => unitId === change.unitId)) return false
  if (change.type === 'add') {
    const kind = kindsOf(scheme).get(change.kind)
    const known =
      change.severity === '' || kind?.severities.some(({ key }) => key === change.severity) === true
    return kind !== undefined && known && Number(figureOf(change, change.count, null) ?? 0) > 0
  }
  return figureOf(change, change.marks, fullOf(scheme, facts, change)) !== null
}

/** From the address; what makes no sense is left out. */
export function readFactChanges(text: string, scheme: Scheme, facts: Facts): FactChange[] {
  return text
    .split(';')
    .slice(0, mostChanges)
    .flatMap((one) => {
      const [type = '', ...parts] = one.split('~')
      if (!isType(type)) return []
      const entries = fieldsOf[type].map((name, at) => [name, read(parts[at] ?? '')])
      const change = { type, ...Object.fromEntries(entries) } as FactChange
      return holds(scheme, facts, change) ? [change] : []
    })
}

const samePlace = (a: FactChange, b: FactChange): boolean =>
  a.type === b.type &&
  fieldsOf[a.type]
    .filter((name) => name !== 'marks' && name !== 'count')
    .every(
      (name) =>
        (a as unknown as Record<string, string>)[name] === (b as unknown as Record<string, string>)[name],
    )

/** The changes with one more, in the place of what was supposed there before. */
export const withFactChange = (changes: readonly FactChange[], next: FactChange): FactChange[] => [
  ...changes.filter((one) => !samePlace(one, next)),
  next,
]
export const withoutFactChange = (changes: readonly FactChange[], gone: FactChange): FactChange[] =>
  changes.filter((one) => !samePlace(one, gone))

/** Problems that have cost their points by the day, whatever triggers them. */
const added = (change: Extract<FactChange, { type: 'add' }>, asOf: Day): Finding[] =>
  Array.from({ length: Number(change.count) }, (_, at) => ({
    id: `supposed ${change.unitId} ${change.kind} ${change.severity} ${at}`,
    number: '',
    kind: change.kind,
    severity: change.severity || null,
    unitId: change.unitId,
    what: '',
    facts: [{ type: 'notified', on: addDays(asOf, -1), deadline: addDays(asOf, -1) }],
  }))

function withMarks(
  verified: readonly VerifiedMark[],
  change: Extract<FactChange, { type: 'marks' }>,
  full: string,
): VerifiedMark[] {
  const { unitId, component, window, leaf, marks } = change
  const here = (mark: VerifiedMark): boolean =>
    mark.unitId === unitId &&
    mark.component === component &&
    mark.window === window &&
    (leaf === '' || mark.leaf === leaf)
  const mark = { unitId, component, window, leaf: leaf || null, full, marks, claimed: null, on: null }
  return [...verified.filter((one) => !here(one)), mark]
}

function withExternal(
  external: readonly ExternalMark[],
  { unitId, component, window, dimension, marks }: Extract<FactChange, { type: 'external' }>,
): ExternalMark[] {
  const here = (mark: ExternalMark): boolean =>
    mark.unitId === unitId &&
    mark.component === component &&
    (mark.window ?? '') === window &&
    (dimension === '' || mark.dimension === dimension)
  return [
    ...external.filter((one) => !here(one)),
    { unitId, component, window: window || null, dimension: dimension || null, marks, on: null },
  ]
}

/** The facts after one change. */
function withChange(scheme: Scheme, now: Facts, change: FactChange, asOf: Day): Facts {
  switch (change.type) {
    case 'revoke': {
      const findings = now.findings.map((one) => (one.id === change.findingId ? revoked(one, asOf) : one))
      return { ...now, findings }
    }
    case 'add':
      return { ...now, findings: [...now.findings, ...added(change, asOf)] }
    case 'marks':
      return { ...now, verified: withMarks(now.verified, change, fullOf(scheme, now, change) ?? '100') }
    case 'external':
      return { ...now, external: withExternal(now.external, change) }
  }
}

/** The facts as they are supposed to be; nothing leaves the browser. */
export function changedFacts(scheme: Scheme, facts: Facts, changes: readonly FactChange[], asOf: Day): Facts {
  let now = facts
  for (const change of changes) now = withChange(scheme, now, change, asOf)
  return now
}
