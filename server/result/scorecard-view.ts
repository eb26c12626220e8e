import { z } from 'zod'
import { outlookOf, outlookTypes, type Outlook } from '#assessment/insight/outlook'
import { partChanges } from '#assessment/insight/part-changes'
import { comparability } from '#assessment/rule/comparability'
import type { Scheme } from '#assessment/rule/scheme'
import { assess } from '#assessment/score/assess'
import { ownFacts } from '#assessment/score/one-unit'
import type { Assessed, InterimBasis, Scorecard } from '#assessment/score/scorecard'
import type { ResultKind } from '../../db/publications.ts'
import type { Scope } from '../access/permissions.ts'
import { resultsSight } from '../access/sight.ts'
import { visibleAssessments, type Visible } from '../access/visibility.ts'
import { dayFor } from '../default-day.ts'
import type { SignedInEnv } from '../http/context.ts'
import { Problem } from '../http/problem.ts'
import { schemaOf, type AnswerOf } from '../http/schema-of.ts'
import { peersOf, peersSchema, type Peers } from './peers.ts'
import { publishedCard, publishedFor } from './published.ts'
import { basisSchema, partChangeSchema, scorecardSchema } from './scorecard-wire.ts'
import { timelineEntrySchema, timelineOf } from './timeline.ts'

const previousSchema = z.object({
  year: z.int(),
  composite: z.string().nullable(),
  grade: z.string().nullable(),
  rank: z.int().nullable(),
  /** Whether nothing that decides a composite changed in the scheme since. */
  comparable: z.boolean(),
  /** Part by part since then, what fell most first; only parts that compare. */
  since: z.array(partChangeSchema),
})

const outlookSchema = schemaOf<Outlook>()(
  z.object({
    next: z
      .object({
        grade: z.string(),
        from: z.string(),
        distance: z.string(),
        problems: z.int().nullable(),
        components: z.array(z.object({ key: z.string(), name: z.string(), marks: z.string().nullable() })),
      })
      .nullable(),
    below: z.object({ of: z.string(), grade: z.string(), line: z.string(), margin: z.string() }).nullable(),
    oneMore: z.array(
      z.object({
        component: z.string().nullable(),
        name: z.string(),
        kinds: z.array(z.string()),
        points: z.int(),
        worth: z.string(),
        composite: z.string(),
        grade: z.string().nullable(),
        vetoes: z.boolean(),
        problemsToLower: z.int().nullable(),
      }),
    ),
    cases: z.array(
      z.object({
        type: z.enum(outlookTypes),
        findingId: z.string().nullable(),
        number: z.string().nullable(),
        what: z.string().nullable(),
        component: z.string().nullable(),
        on: z.string().nullable(),
        change: z.string(),
        composite: z.string(),
        grade: z.string().nullable(),
      }),
    ),
  }),
)

export const scorecardAnswer = z
  .object({
    scorecard: scorecardSchema,
    /** 阶段成绩: what it rests on; null for the year's result. */
    interim: basisSchema.nullable(),
    previous: previousSchema.nullable(),
    nextGrade: outlookSchema.nullable(),
    peers: z.array(peersSchema).nullable(),
    timeline: z.array(timelineEntrySchema),
  })
  .meta({ id: 'ScorecardAnswer', description: '成绩单、去年结果、等次前景和经过' })

/** Everything that tells of others taken out of a scorecard: the rank, and a grade that a quota across the group changed. */
function ownView(card: Scorecard): Scorecard {
  const quota = card.reasons.find(({ code }) => code === 'quota')
  return {
    ...card,
    grade: quota ? quota.from : card.grade,
    reasons: card.reasons.filter(({ code }) => code !== 'quota'),
    rank: null,
    rankedOf: 0,
  }
}

type Variables = SignedInEnv['Variables'] & { readonly scope: Scope }

/** A unit's card of an earlier year, and the rule that it was made by. */
interface Previous {
  /** Changes whenever the card may have. */
  readonly key: string
  readonly year: number
  readonly card: Scorecard
  readonly scheme: Scheme
}

/** The unit's result in the latest earlier year of the same assessing unit. */
export async function previousResult(
  variables: Variables,
  current: Visible,
  unitId: string,
): Promise<Previous | null> {
  const { deps, account, scope } = variables
  const earlier = (await visibleAssessments(deps.db, account, scope)).find(
    ({ assessment, participants }) =>
      assessment.unitId === current.assessment.unitId &&
      assessment.year < current.assessment.year &&
      participants.some((row) => row.unitId === unitId),
  )
  if (!earlier) return null
  const on = await dayFor(variables, earlier, undefined)
  const told = await cardFor(variables, earlier, unitId, on)
  if (!told) return null
  const { id, version, year } = earlier.assessment
  const key = `${id} ${version} ${earlier.publication?.id ?? ''} ${on}`
  return { key, year, card: told.card, scheme: earlier.scheme }
}

/** The year before beside this year's card; a part of a year is never held against a whole one. */
function previousOf(
  { year, card: before, scheme: earlier }: Previous,
  card: Scorecard,
  scheme: Scheme,
  isInterim: boolean,
): AnswerOf<typeof previousSchema> {
  const { composite, grade, rank } = before
  const components = Object.fromEntries(before.components.map(({ name, score }) => [name, score]))
  return {
    year,
    composite,
    grade,
    rank,
    comparable: comparability(earlier, scheme).composite,
    since: isInterim ? [] : partChanges(card, scheme, { scheme: earlier, components }),
  }
}

interface Told {
  readonly card: Scorecard
  readonly interim: InterimBasis | null
}

const toldBy = (
  { scorecards, interim }: Pick<Assessed, 'scorecards' | 'interim'>,
  unitId: string,
): Told | null => {
  const card = scorecards.find((scorecard) => scorecard.unitId === unitId)
  return card ? { card, interim: interim?.[card.group] ?? null } : null
}

/**
 * A unit's scorecard as the caller may see it: today's, or to the unit itself the one published, on the day of its publication. Before 阶段成绩 are
 * published the unit sees its own, resting on its own parts alone.
 */
async function cardFor(
  variables: Variables,
  visible: Visible,
  unitId: string,
  asOf: string,
  kind: ResultKind = 'final',
): Promise<Told | null> {
  const { account, assessed } = variables
  const frozen = await publishedFor(variables, visible, kind)
  if (frozen?.asOf === asOf) {
    const card = publishedCard(account, visible, frozen, unitId)
    return card && { card, interim: frozen.interim?.[card.group] ?? null }
  }
  const on = await assessed.on(visible.assessment.id, asOf, kind)
  if (resultsSight(account, visible, kind) === 'live') return toldBy(on.assessed, unitId)
  const told = toldBy(
    kind === 'final'
      ? on.assessed
      : assess(on.scheme, ownFacts(on.facts, unitId), asOf, on.calendar, { interim: true }),
    unitId,
  )
  return told && { ...told, card: ownView(told.card) }
}

/** How the unit stands among its group: today's, or to the unit itself what the whole table published says. */
async function peersFor(
  variables: Variables,
  visible: Visible,
  card: Scorecard,
  kind: ResultKind,
): Promise<readonly Peers[] | null> {
  const sight = resultsSight(variables.account, visible, kind)
  if (sight === 'live')
    return peersOf((await variables.assessed.on(visible.assessment.id, card.asOf, kind)).assessed, card)
  const frozen = sight === 'full-table' ? await publishedFor(variables, visible, kind) : null
  return frozen?.asOf === card.asOf ? peersOf(frozen, card) : null
}

/** A unit's scorecard with what came before and what may come. Throws `not-found` when it takes no part. */
export async function scorecardView(
  variables: Variables,
  visible: Visible,
  unitId: string,
  asOf: string,
  previous: Previous | null,
  kind: ResultKind,
): Promise<AnswerOf<typeof scorecardAnswer>> {
  const { scheme, facts, calendar } = await variables.assessed.on(visible.assessment.id, asOf)
  const told = await cardFor(variables, visible, unitId, asOf, kind)
  if (!told) throw new Problem('not-found')
  const { card, interim } = told
  return {
    scorecard: card,
    interim,
    previous: previous && previousOf(previous, card, scheme, kind === 'interim'),
    // What may come is told of the year's result only.
    nextGrade: kind === 'interim' ? null : outlookOf(scheme, facts, asOf, calendar, unitId),
    peers: await peersFor(variables, visible, card, kind),
    timeline: timelineOf(facts, card, visible),
  }
}
