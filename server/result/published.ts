import { z } from 'zod'
import type { PublicationBody } from '#assessment/publication/publication'
import type { Scorecard, Standing } from '#assessment/score/scorecard'
import type { ResultKind } from '../../db/publications.ts'
import type { Account } from '../access/session.ts'
import type { Visible } from '../access/visibility.ts'
import { Problem } from '../http/problem.ts'
import type { SignedInEnv } from '../http/context.ts'
import type { AnswerOf } from '../http/schema-of.ts'
import { resultsSight } from '../access/sight.ts'

type Variables = Pick<SignedInEnv['Variables'], 'assessed' | 'account'>

/** The publication in force, for those who see results only as published; null for those who see them as they are today. */
export async function publishedFor(
  { assessed, account }: Variables,
  visible: Visible,
  kind: ResultKind = 'final',
): Promise<PublicationBody | null> {
  const publication = kind === 'interim' ? visible.interim : visible.publication
  if (resultsSight(account, visible, kind) === 'live' || publication === null) return null
  return assessed.published(publication.id)
}

/** Whose whole table somebody sees: that of a publication, or, with null, the one as things stand. Throws `not-published` or `not-public`. */
export function tableShown(
  account: Account,
  visible: Visible,
  kind: ResultKind = 'final',
): Visible['publication'] {
  const sight = resultsSight(account, visible, kind)
  if (sight === 'live') return null
  if (sight === null) throw new Problem('not-published')
  if (sight !== 'full-table') throw new Problem('not-public')
  return kind === 'interim' ? visible.interim : visible.publication
}

/** The whole table as published, for those to whom the scheme makes it known; null for those who see it live. Throws `not-published` or `not-public`. */
export async function publishedTable(
  variables: Variables,
  visible: Visible,
  kind: ResultKind = 'final',
): Promise<PublicationBody | null> {
  const publication = tableShown(variables.account, visible, kind)
  return publication && variables.assessed.published(publication.id)
}

/** What a unit may know of its own published result: with `own-grade` no rank. */
export const ownResultSchema = z.object({
  unitId: z.string(),
  unit: z.string(),
  group: z.string(),
  grade: z.string().nullable(),
  composite: z.string().nullable(),
  rank: z.int().nullable(),
  rankedOf: z.int(),
})
export type OwnResult = AnswerOf<typeof ownResultSchema>

const withoutPlace = <Card extends { readonly rank: number | null; readonly rankedOf: number }>(
  card: Card,
): Card => ({ ...card, rank: null, rankedOf: 0 })

/** A unit's published scorecard, as far as the scheme makes it known to the unit; null when it took no part. */
export function publishedCard(
  account: Account,
  visible: Visible,
  { scorecards, interim }: PublicationBody,
  unitId: string,
): Scorecard | null {
  const card = scorecards.find((scorecard) => scorecard.unitId === unitId)
  if (!card) return null
  return resultsSight(account, visible, interim === null ? 'final' : 'interim') === 'own-grade'
    ? withoutPlace(card)
    : card
}

/** The caller's unit's own published result; null when it took no part. */
export function ownResult(account: Account, visible: Visible, body: PublicationBody): OwnResult | null {
  const card = publishedCard(account, visible, body, account.unit?.id ?? '')
  if (!card) return null
  const { unitId, unit, group, grade, composite, rank, rankedOf } = card
  return { unitId, unit, group, grade, composite, rank, rankedOf }
}

/** How many units of each group hold each grade; grades best first, then those pending. */
export function gradeCounts(standings: readonly Standing[], grades: readonly { readonly name: string }[]) {
  const groups = [...new Set(standings.map(({ group }) => group))]
  return groups.map((group) => {
    const rows = standings.filter((row) => row.group === group)
    return {
      group,
      units: rows.length,
      grades: grades.map(({ name }) => ({ name, count: rows.filter(({ grade }) => grade === name).length })),
      pending: rows.filter(({ grade }) => grade === null).length,
    }
  })
}
