import {
  compare,
  decimal,
  divide,
  format,
  subtract,
  sum,
  whole,
  type Decimal,
} from '../../assessment/rational.ts'
import type { PublicationBody } from '../../assessment/publication/publication.ts'
import {
  entriesOn,
  statusMeaning,
  type LedgerEntry,
  type Standing,
} from '../../assessment/score/scorecard.ts'

/** What the fields of a circular are read from. */
export interface CircularSource {
  readonly body: PublicationBody
  /** The publication of the year before; null when there is none. */
  readonly previous: PublicationBody | null
  /** 发文机关. */
  readonly issuer: string
  /** 成文日期, `YYYY-MM-DD`. */
  readonly issuedOn: string
  /** The head of the audit log when the publication was made, printed so that nobody can write the log anew; left out where nothing tells. */
  readonly logHead?: { readonly seq: number; readonly hash: string } | undefined
}

/** What a field is narrowed to by its words after the colon, or by the line it stands in. */
export interface Narrowed {
  readonly grade?: string
  readonly group?: string
  readonly component?: string
}
export const narrowings = ['grade', 'group', 'component'] as const
export type Narrowing = (typeof narrowings)[number]

export const most = 3
export const joined = (parts: readonly string[]): string | null =>
  parts.length === 0 ? null : parts.join('、')
export const percentOf = (part: number, total: number): string | null =>
  total === 0 ? null : `${format(divide(whole(part * 100), whole(total)), 1)}%`

/** Decimals with as many places as the one that has most, at least `places`. */
export function alike(values: readonly Decimal[], places = 0): Decimal[] {
  const most = Math.max(places, ...values.map((value) => (value.split('.')[1] ?? '').length))
  return values.map((value) => format(decimal(value), most))
}

export function unitsOf({ body }: CircularSource, { grade, group }: Narrowed): Standing[] {
  return body.standings.filter(
    (row) => (grade === undefined || row.grade === grade) && (group === undefined || row.group === group),
  )
}

export const groupsOf = (body: PublicationBody): string[] => [
  ...new Set(body.standings.map(({ group }) => group)),
]
export const gradesOf = (body: PublicationBody): string[] => body.scheme.grades.map(({ name }) => name)
export const componentsOf = (body: PublicationBody): string[] =>
  body.scheme.components.map(({ name }) => name)

export function mean(scores: readonly (Decimal | null | undefined)[]): Decimal | null {
  const known = scores.filter((score) => score !== null && score !== undefined)
  return known.length === 0 ? null : format(divide(sum(known.map(decimal)), whole(known.length)))
}
export const meanComposite = (rows: readonly Standing[]): Decimal | null =>
  mean(rows.map(({ composite }) => composite))

export const scored = (rows: readonly Standing[]): string | null =>
  joined(rows.map(({ unit, composite }) => `${unit}（${composite ?? ''}分）`))

/** How many units hold each grade; a grade that none holds is not told. */
export function gradeCounts(source: CircularSource, { group }: Narrowed): string | null {
  return joined(
    gradesOf(source.body).flatMap((grade) => {
      const { length } = unitsOf(source, { grade, ...(group === undefined ? {} : { group }) })
      return length === 0 ? [] : [`${grade}${length}个`]
    }),
  )
}

/** Units whose composite rose most since the year before, at most three. */
export function mostImproved(source: CircularSource, narrowed: Narrowed): string | null {
  const before = new Map(source.previous?.standings.map(({ unitId, composite }) => [unitId, composite]))
  const risen = unitsOf(source, narrowed).flatMap(({ unit, unitId, composite }) => {
    const earlier = before.get(unitId)
    if (composite === null || earlier === null || earlier === undefined) return []
    const change = subtract(decimal(composite), decimal(earlier))
    return change.n > 0n ? [{ unit, change }] : []
  })
  risen.sort((a, b) => compare(b.change, a.change))
  return joined(risen.slice(0, most).map(({ unit, change }) => `${unit}（提高${format(change)}分）`))
}

export function meanChange(source: CircularSource, { group }: Narrowed): string | null {
  if (!source.previous) return null
  const inGroup = (rows: readonly Standing[]) =>
    meanComposite(rows.filter((row) => group === undefined || row.group === group))
  const [now, before] = [inGroup(source.body.standings), inGroup(source.previous.standings)]
  if (now === null || before === null) return null
  const change = subtract(decimal(now), decimal(before))
  if (change.n === 0n) return '持平'
  return change.n > 0n
    ? `提高${format(change)}分`
    : `下降${format(subtract(decimal(before), decimal(now)))}分`
}

/** The ledger as the publication froze it: every finding charged to a unit, without those entered in error. */
export function findingsOf({ body }: CircularSource, { group }: Narrowed): LedgerEntry[] {
  return body.scorecards
    .filter((card) => group === undefined || card.group === group)
    .flatMap(entriesOn)
    .filter(({ status }) => statusMeaning[status].counts)
}

/** Kinds of the findings that cost points, the most frequent first. */
export function lostKinds(source: CircularSource, narrowed: Narrowed): { name: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { countsOn, kindName } of findingsOf(source, narrowed))
    if (countsOn !== null) counts.set(kindName, (counts.get(kindName) ?? 0) + 1)
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count)
}

export function weakestComponent(source: CircularSource, { group }: Narrowed): string | null {
  const cards = source.body.scorecards.filter((card) => group === undefined || card.group === group)
  const losses = componentsOf(source.body).flatMap((name) => {
    const known = cards.flatMap(({ components }) =>
      components.filter((one) => one.name === name && one.loss !== null).map(({ loss }) => loss),
    )
    const average = mean(known)
    return average === null ? [] : [{ name, average: decimal(average) }]
  })
  losses.sort((a, b) => compare(b.average, a.average))
  const [weakest] = losses
  return weakest && weakest.average.n > 0n
    ? `${weakest.name}（平均失分折合综合成绩${format(weakest.average)}分）`
    : null
}

export function componentMean(source: CircularSource, name: string, { group }: Narrowed): Decimal | null {
  return mean(
    source.body.standings
      .filter((row) => group === undefined || row.group === group)
      .map(({ components }) => components[name]),
  )
}

export const best = (source: CircularSource, narrowed: Narrowed, upTo: number): Standing[] =>
  unitsOf(source, narrowed).filter(({ rank }) => rank !== null && rank <= upTo)
