import { z } from 'zod'
import { changeTypes } from '#assessment/publication/fact-changes'
import type { PublicationBody } from '#assessment/publication/publication'
import type { UnitDifference } from '#assessment/publication/result-diff'
import { publicationStepTypes } from '../../db/tables.ts'
import { publicationStates, resultKinds } from '../../db/publications.ts'
import { placeSchema } from '../finding/wire.ts'
import { schemaOf, type AnswerOf } from '../http/schema-of.ts'
import { reference } from '../http/wire.ts'
import { ownResultSchema } from '../result/published.ts'
import { interimSchema, scorecardSchema, standingSchema } from '../result/scorecard-wire.ts'
import { schemeSchema } from '../scheme/view.ts'

export const publicationTag = '发布 · Publication'

export const publicationBodySchema = schemaOf<PublicationBody>()(
  z
    .object({
      format: z.union([z.literal(2), z.literal(3)]),
      assessment: z.object({ id: z.string(), name: z.string(), year: z.int(), unit: z.string() }),
      asOf: z.string(),
      scheme: schemeSchema,
      factsDigest: z.string(),
      scorecards: z.array(scorecardSchema),
      standings: z.array(standingSchema),
      interim: interimSchema.nullable(),
      proof: z.object({ root: z.string(), leaves: z.int() }).optional(),
      replaces: z.string().nullable().optional(),
    })
    .meta({ id: 'PublicationBody' }),
)

/** A person, named to those who may know persons. */
const person = reference.nullable()

export const publicationSchema = z
  .object({
    id: z.string(),
    number: z.int(),
    kind: z.enum(resultKinds),
    asOf: z.string(),
    state: z.enum(publicationStates),
    /** The one in force. */
    current: z.boolean(),
    sha256: z.string(),
    supersedes: z.string().nullable(),
    reason: z.string().nullable(),
    preparedBy: person,
    preparedAt: z.string(),
    step: z
      .object({
        type: z.enum(publicationStepTypes),
        reason: z.string().nullable(),
        by: person,
        at: z.string(),
      })
      .nullable(),
    /** What the caller may do with it. */
    steps: z.array(z.enum(publicationStepTypes)),
  })
  .meta({ id: 'Publication' })
export type PublicationView = AnswerOf<typeof publicationSchema>

export const differenceSchema = schemaOf<UnitDifference>()(
  z
    .object({
      unitId: z.string(),
      unit: z.string(),
      group: z.string(),
      from: placeSchema.nullable(),
      to: placeSchema.nullable(),
    })
    .meta({ id: 'UnitDifference' }),
)

export const changeSchema = z
  .object({
    table: z.string(),
    key: z.string(),
    change: z.enum(changeTypes),
    /** What the row is about: a finding's number, a unit. */
    about: z.string().nullable(),
    /** Kind of fact, where the table says more than one. */
    type: z.string().nullable(),
    findingId: z.string().nullable(),
    unitId: z.string().nullable(),
    recordedAt: z.string().nullable(),
  })
  .meta({ id: 'FactChange' })

const count = z.object({ name: z.string(), count: z.int() })

export const publicationDetailSchema = publicationSchema
  .extend({
    /** 校验码: the root of its proof; null for publications of earlier releases. */
    root: z.string().nullable(),
    /** The whole table, for those who may know it. */
    standings: z.array(standingSchema).nullable(),
    grades: z
      .array(z.object({ group: z.string(), units: z.int(), grades: z.array(count), pending: z.int() }))
      .nullable(),
    /** A unit's own result. */
    own: ownResultSchema.nullable(),
    /** Units that moved against the publication before. */
    against: z.object({ number: z.int(), units: z.array(differenceSchema) }).nullable(),
    verification: z
      .object({
        /** When it was computed; it stands as long as no byte that it rests on changes. */
        at: z.string(),
        bodyHolds: z.boolean(),
        digestsHold: z.boolean(),
        rederived: z.boolean(),
        proofHolds: z.boolean(),
        tampered: z.int(),
        differences: z.array(differenceSchema),
      })
      .nullable(),
    drift: z
      .object({
        asOf: z.string(),
        total: z.int(),
        changes: z.array(changeSchema),
        units: z.array(differenceSchema),
      })
      .nullable(),
  })
  .meta({ id: 'PublicationDetail' })
export type PublicationDetail = AnswerOf<typeof publicationDetailSchema>
