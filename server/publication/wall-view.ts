import { z } from 'zod'
import type { PublicationBody } from '#assessment/publication/publication'
import { decimal, divide, format, hundredths, sum, whole, type Decimal } from '#assessment/rational'
import { isLoss, kindsIn, scaleFor } from '#assessment/rule/scheme'
import { shareOf } from '#assessment/score/composite'
import { entriesOn, partOn, type Scorecard, type Standing } from '#assessment/score/scorecard'
import type { AnswerOf } from '../http/schema-of.ts'
import { interimSchema } from '../result/scorecard-wire.ts'

const wallGroup = z.object({
  name: z.string(),
  /** Full marks of its composites 满分制. */
  full: z.string(),
  units: z.array(
    z.object({
      unit: z.string(),
      rank: z.int().nullable(),
      composite: z.string().nullable(),
      grade: z.string().nullable(),
      /** Names of the vetoes 一票否决 that hold it. */
      vetoes: z.array(z.string()),
      /** Composite points lost per component, in scheme order; null while pending. */
      lost: z.array(z.string().nullable()),
    }),
  ),
  /** Of the ranked units; null when there is none. */
  mean: z.string().nullable(),
  /** Mean loss per component in composite points, in scheme order. */
  meanLost: z.array(z.string().nullable()),
  /** Mean score per component, in scheme order. */
  meanScores: z.array(z.string().nullable()),
})
type WallGroup = AnswerOf<typeof wallGroup>

/** Places gained since the earlier publication; negative where it lost some. */
const wallMoved = z.object({ unit: z.string(), group: z.string(), rank: z.int(), gained: z.int() })
type WallMoved = AnswerOf<typeof wallMoved>

/** 全表公开: what stands on the wall when the scheme makes the whole table public. Of a unit only what a published table prints. */
const wallTable = z.object({
  components: z.array(z.object({ name: z.string(), share: z.string() })),
  groups: z.array(wallGroup),
  /** Year of the publication that ranks are compared with; null in a first year. */
  previousYear: z.int().nullable(),
  rose: z.array(wallMoved),
  fell: z.array(wallMoved),
  deductions: z.object({
    total: z.int(),
    /** Points in hundredths. */
    kinds: z.array(z.object({ name: z.string(), count: z.int(), points: z.int() })),
    months: z.array(z.object({ month: z.string(), counts: z.array(z.int()) })),
  }),
})
type WallTable = AnswerOf<typeof wallTable>

/** Published results as the wall shows them. */
const wallResultsSchema = z.object({
  name: z.string(),
  city: z.string(),
  year: z.int(),
  asOf: z.string(),
  /** Day on which the publication was approved. */
  publishedOn: z.string(),
  /** What interim standings 阶段成绩 rest on, by group; null for the result. */
  interim: interimSchema.nullable(),
  /** Interim standings have none. */
  grades: z.array(z.object({ name: z.string(), from: z.int().nullable(), count: z.int() })),
  pending: z.int(),
  /** Null unless the scheme makes the whole table public. */
  table: wallTable.nullable(),
})
export type WallResults = AnswerOf<typeof wallResultsSchema>

export const wallAnswer = z
  .object({
    /** The server's clock, so that a screen with a wrong one still knows when its link ends. */
    now: z.string(),
    expiresAt: z.string(),
    /** Null until something is published. */
    results: wallResultsSchema.nullable(),
  })
  .meta({ id: 'Wall', description: '大屏内容：只有已发布的结果' })

const mostMoved = 10

function mean(values: readonly (Decimal | null)[]): Decimal | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : format(divide(sum(known.map(decimal)), whole(known.length)))
}

const lossOf = (card: Scorecard | undefined, key: string): Decimal | null =>
  (card && partOn(card, key)?.loss) ?? null

function groupsOf({ standings, scorecards, scheme }: PublicationBody): WallGroup[] {
  const cards = new Map(scorecards.map((card) => [card.unitId, card]))
  const names = [...new Set(standings.map(({ group }) => group))]
  return names.map((name) => {
    const rows = standings.filter(({ group }) => group === name)
    const own = rows.flatMap((row) => cards.get(row.unitId) ?? [])
    const ranked = own.filter(({ composite }) => composite !== null)
    const over = (of: 'loss' | 'score') =>
      scheme.components.map(({ key }) => mean(ranked.map((card) => partOn(card, key)?.[of] ?? null)))
    return {
      name,
      full: format(hundredths(scaleFor(scheme, name))),
      units: rows.map(({ unitId, unit, rank, composite, grade, vetoes }) => ({
        unit,
        rank,
        composite,
        grade,
        vetoes: [...(vetoes ?? [])],
        lost: scheme.components.map(({ key }) => lossOf(cards.get(unitId), key)),
      })),
      mean: mean(rows.map(({ composite }) => composite)),
      meanLost: over('loss'),
      meanScores: over('score'),
    }
  })
}

/** Units that gained or lost places in the same ranking since the earlier publication, most first. */
function movedSince(
  now: PublicationBody,
  before: PublicationBody | null,
): { readonly rose: WallMoved[]; readonly fell: WallMoved[] } {
  const earlier = new Map(before?.standings.map((row) => [row.unitId, row]))
  const across = now.scheme.rankAcrossGroups && before?.scheme.rankAcrossGroups === true
  const gainOf = (row: Standing): WallMoved[] => {
    const old = earlier.get(row.unitId)
    if (!old || old.rank === null || row.rank === null || (!across && old.group !== row.group)) return []
    const gained = old.rank - row.rank
    return gained === 0 ? [] : [{ unit: row.unit, group: row.group, rank: row.rank, gained }]
  }
  const moved = now.standings.flatMap(gainOf).sort((a, b) => b.gained - a.gained)
  return {
    rose: moved.filter(({ gained }) => gained > 0).slice(0, mostMoved),
    fell: moved
      .filter(({ gained }) => gained < 0)
      .reverse()
      .slice(0, mostMoved),
  }
}

/** Every month from the first to the last, so that a month without problems is seen as one. */
function monthsBetween(first: string, last: string): string[] {
  const index = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
  return Array.from({ length: index(last) - index(first) + 1 }, (_, step) => {
    const at = index(first) + step
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}

function deductionsOf({ scorecards, scheme }: PublicationBody): WallTable['deductions'] {
  const losses = scorecards.flatMap(entriesOn).filter((entry) => entry.countsOn !== null && isLoss(entry))
  const kinds = kindsIn(scheme)
    .map(({ key, name }) => {
      const own = losses.filter(({ kind }) => kind === key)
      return { key, name, count: own.length, points: own.reduce((total, { points }) => total + points, 0) }
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
  const days = losses.flatMap(({ countsOn }) => countsOn ?? []).sort()
  const [first, last] = [days[0], days.at(-1)]
  const months = first && last ? monthsBetween(first.slice(0, 7), last.slice(0, 7)) : []
  return {
    total: losses.length,
    kinds: kinds.map(({ name, count, points }) => ({ name, count, points })),
    months: months.map((month) => ({
      month,
      counts: kinds.map(
        ({ key }) =>
          losses.filter(({ kind, countsOn }) => kind === key && countsOn?.startsWith(month)).length,
      ),
    })),
  }
}

/**
 * What a wall may show of a publication: the counts per grade, and all of it only when the scheme's publicity is the full
 * table. Holds no text of any finding and names no person. `before` is the publication of an earlier year; interim
 * standings are held against none.
 */
export function wallResults(
  body: PublicationBody,
  publishedOn: string,
  before: PublicationBody | null,
): WallResults {
  const { assessment, scheme, standings, asOf, interim } = body
  const comparable = interim === null && before?.scheme.publicity === 'full-table' ? before : null
  const total = scheme.components.reduce((sum, { weight }) => sum + weight, 0)
  return {
    name: assessment.name,
    city: assessment.unit,
    year: assessment.year,
    asOf,
    publishedOn,
    interim,
    grades: (interim === null ? scheme.grades : []).map(({ name, from }) => ({
      name,
      from,
      count: standings.filter(({ grade }) => grade === name).length,
    })),
    pending: standings.filter(({ composite }) => composite === null).length,
    table:
      scheme.publicity !== 'full-table'
        ? null
        : {
            components: scheme.components.map(({ name, weight }) => ({
              name,
              share: format(shareOf(weight, total)),
            })),
            groups: groupsOf(body),
            previousYear: comparable?.assessment.year ?? null,
            ...movedSince(body, comparable),
            deductions: deductionsOf(body),
          },
  }
}
