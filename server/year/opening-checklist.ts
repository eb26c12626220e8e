import { checkScheme } from '#assessment/rule/check-scheme'
import type { SchemeProblem } from '#assessment/rule/scheme-problem'
import type { Day } from '#assessment/day'
import { formAreas } from '#assessment/score/self-assessment'
import { leavesOf, type Indicator, type Scheme } from '#assessment/rule/scheme'
import type { Role } from '#assessment/vocabulary'

/** What may keep a year from opening: an error does; a warning and a note are only said. */
export const checkCodes = [
  'scheme-unsound',
  'no-participants',
  'provider-unknown',
  'responsible-unknown',
  'windows-out-of-order',
  'window-past',
  'group-without-indicators',
  'group-unknown',
  'provider-without-account',
  'responsible-without-account',
  'unit-without-editor',
  'unit-without-head',
  'holidays-unannounced',
  'no-commission',
] as const
export type CheckCode = (typeof checkCodes)[number]

export const severities = ['error', 'warning', 'note'] as const
export type Severity = (typeof severities)[number]

/** Where it is put right: a step of the wizard or a page. */
export const targets = ['scheme', 'participants', 'dates', 'units', 'accounts', 'commission'] as const
export type CheckTarget = (typeof targets)[number]

export interface CheckItem {
  readonly code: CheckCode
  readonly severity: Severity
  /** How many places it concerns; of them `items` names the first. */
  readonly count: number
  readonly items: readonly string[]
  /** What is wrong in the scheme itself. */
  readonly problems: readonly SchemeProblem[]
  /** Where in the scheme the items stand, as its editor names its fields. */
  readonly paths: readonly string[]
  readonly target: CheckTarget
}

export interface Preparation {
  readonly scheme: Scheme
  readonly year: number
  readonly today: Day
  readonly office: string
  /** Every unit's name. */
  readonly units: ReadonlySet<string>
  readonly participants: readonly { readonly unit: string; readonly group: string }[]
  /** Accounts that are not disabled. */
  readonly accounts: readonly { readonly unit: string | null; readonly role: Role }[]
  readonly windows: readonly { readonly component: string; readonly key: string; readonly dueOn: Day }[]
  readonly announced: ReadonlySet<number>
  /** Components with a registered commission. */
  readonly commissioned: ReadonlySet<string>
}

const NAMED = 20

const targetOf: Readonly<Record<CheckCode, readonly [Severity, CheckTarget]>> = {
  'scheme-unsound': ['error', 'scheme'],
  'no-participants': ['error', 'participants'],
  'provider-unknown': ['error', 'units'],
  'responsible-unknown': ['error', 'units'],
  'windows-out-of-order': ['error', 'scheme'],
  'window-past': ['warning', 'dates'],
  'group-without-indicators': ['warning', 'participants'],
  'group-unknown': ['warning', 'scheme'],
  'provider-without-account': ['warning', 'accounts'],
  'responsible-without-account': ['warning', 'accounts'],
  'unit-without-editor': ['warning', 'accounts'],
  'unit-without-head': ['warning', 'accounts'],
  'holidays-unannounced': ['warning', 'dates'],
  'no-commission': ['note', 'commission'],
}

const unique = (names: readonly (string | null)[]): string[] => [
  ...new Set(names.filter((name) => name !== null)),
]

/** Something of the scheme by its name, and where it stands. */
interface Place {
  readonly name: string
  readonly path: string
}

const groupsNamed = (nodes: readonly Indicator[], path: string): Place[] =>
  nodes.flatMap((node, index) => [
    ...(node.groups ?? []).map((name) => ({ name, path: `${path}.${index}.groups` })),
    ...groupsNamed(node.children, `${path}.${index}.children`),
  ])

const firstOfName = (places: readonly Place[]): Place[] =>
  places.filter(({ name }, index) => places.findIndex((one) => one.name === name) === index)

/** Windows of a component that fall due no later than the one before. */
function outOfOrder({ scheme, windows }: Preparation): Place[] {
  return scheme.components.flatMap((component, place) => {
    if (component.method !== 'verified-marks') return []
    const due = (key: string) =>
      windows.find((one) => one.component === component.key && one.key === key)?.dueOn ?? ''
    return component.windows.flatMap(({ key, name }, index) => {
      const before = component.windows[index - 1]
      return before && due(key) <= due(before.key)
        ? [{ name: `${component.name} ${name}`, path: `components.${place}.windows.${index}.due` }]
        : []
    })
  })
}

/** Every item that is missing or worth saying before a year opens, the blocking ones first. */
export function openingChecklist(given: Preparation): CheckItem[] {
  const { scheme, participants, units, accounts, office } = given
  const problems = checkScheme(scheme).filter(({ warning }) => !warning)
  const self = scheme.components.filter((component) => component.method === 'verified-marks')
  const providers = unique(
    scheme.components.flatMap((component) =>
      component.method === 'deductions' ? component.kinds.map(({ provider }) => provider) : [],
    ),
  )
  const responsible = unique(self.flatMap(({ indicators }) => indicators.map((area) => area.responsible)))
  const holds = (unit: string, roles: readonly Role[]): boolean =>
    accounts.some((account) => account.unit === unit && roles.includes(account.role))
  const works = (unit: string): boolean => holds(unit, unit === office ? ['office', 'agency'] : ['agency'])
  const groups = unique(participants.map(({ group }) => group))
  const named = firstOfName(
    scheme.components.flatMap((component, place) =>
      component.method === 'verified-marks'
        ? groupsNamed(component.indicators, `components.${place}.indicators`)
        : [],
    ),
  )
  const isSound = problems.length === 0
  const years = [given.year, given.year + 1].filter((year) => !given.announced.has(year))
  const windowName = (component: string, key: string): string => {
    const found = self.find((one) => one.key === component)
    return `${found?.name ?? component} ${found?.windows.find((one) => one.key === key)?.name ?? key}`
  }

  const found: Record<CheckCode, readonly (string | Place)[]> = {
    'scheme-unsound': problems.map(({ path }) => path),
    'no-participants': participants.length === 0 ? [''] : [],
    'provider-unknown': providers.filter((name) => !units.has(name)),
    'responsible-unknown': responsible.filter((name) => !units.has(name) && !providers.includes(name)),
    'windows-out-of-order': outOfOrder(given),
    'window-past': given.windows
      .filter(({ dueOn }) => dueOn < given.today)
      .map(({ component, key, dueOn }) => `${windowName(component, key)} ${dueOn}`),
    'group-without-indicators': isSound
      ? groups.filter((group) =>
          self.some(
            (component) =>
              leavesOf(component.indicators).length > 0 && formAreas(component, group).length === 0,
          ),
        )
      : [],
    'group-unknown': participants.length === 0 ? [] : named.filter(({ name }) => !groups.includes(name)),
    'provider-without-account': providers.filter((name) => units.has(name) && !works(name)),
    'responsible-without-account': responsible.filter(
      (name) => units.has(name) && !works(name) && !providers.includes(name),
    ),
    'unit-without-editor':
      self.length === 0
        ? []
        : participants.map(({ unit }) => unit).filter((unit) => !holds(unit, ['editor', 'head'])),
    'unit-without-head': participants.map(({ unit }) => unit).filter((unit) => !holds(unit, ['head'])),
    'holidays-unannounced': years.map(String),
    'no-commission': scheme.components
      .filter(({ method, key }) => method === 'external' && !given.commissioned.has(key))
      .map(({ name }) => name),
  }
  return checkCodes.flatMap((code): CheckItem[] => {
    const items = found[code].map((item) => (typeof item === 'string' ? item : item.name))
    if (items.length === 0) return []
    const [severity, target] = targetOf[code]
    return [
      {
        code,
        severity,
        target,
        count: items.length,
        items: items.filter((item) => item !== '').slice(0, NAMED),
        problems: code === 'scheme-unsound' ? problems.slice(0, NAMED) : [],
        paths: found[code].flatMap((item) => (typeof item === 'string' ? [] : [item.path])).slice(0, NAMED),
      },
    ]
  })
}

export const isReady = (items: readonly CheckItem[]): boolean =>
  items.every(({ severity }) => severity !== 'error')
