import { z } from 'zod'
import type { FindingEffect } from '#assessment/insight/finding-effect'
import { effects } from '#assessment/rule/scheme'
import { findingFactTypes, outcomes } from '#assessment/score/facts'
import { caseSteps } from '#assessment/score/finding-course'
import { statuses, type LedgerEntry, type Place } from '#assessment/score/scorecard'
import { schemaOf, type AnswerOf } from '../http/schema-of.ts'
import { turns } from './case.ts'

/** Points in hundredths; worth in points of the composite. */
export const ledgerEntrySchema = schemaOf<LedgerEntry>()(
  z
    .object({
      findingId: z.string(),
      number: z.string(),
      kind: z.string(),
      kindName: z.string(),
      effect: z.enum(effects),
      severity: z.string().nullable(),
      area: z.string().nullable(),
      unitId: z.string(),
      unit: z.string(),
      what: z.string(),
      status: z.enum(statuses),
      notifiedOn: z.string().nullable(),
      deadline: z.string().nullable(),
      countsOn: z.string().nullable(),
      window: z.string().nullable(),
      points: z.int(),
      fullPoints: z.int(),
      cutBy: z.enum(['kind', 'area']).nullable(),
      atRisk: z.int(),
      worth: z.string(),
      appealed: z.boolean(),
      clause: z.string(),
    })
    .meta({ id: 'LedgerEntry' }),
)

/** One line of the ledger 台账: a finding, who is charged, and where it came from. */
export const ledgerLineSchema = ledgerEntrySchema
  .extend({
    /** The number with the name of its unit before it, for where no unit charged is named beside it. */
    fullNumber: z.string(),
    chargedUnitId: z.string(),
    chargedUnit: z.string(),
    group: z.string(),
    source: z.string().nullable(),
    provider: z.string().nullable(),
    /** The day on which an amendment took it from the caller's unit; what is told of it ends there. */
    movedOn: z.string().nullable(),
    /** The deadline was counted in a year whose holidays are not announced yet. */
    provisional: z.boolean(),
  })
  .meta({ id: 'LedgerLine' })
export type LedgerLine = AnswerOf<typeof ledgerLineSchema>

export const attachedSchema = z
  .object({
    id: z.string(),
    fileName: z.string(),
    mediaType: z.string().nullable(),
    bytes: z.int(),
    sha256: z.string().nullable(),
    url: z.string().nullable(),
    documentDate: z.string().nullable(),
    uploadedAt: z.string(),
    /** The document bears a date outside the assessed period. */
    outsidePeriod: z.boolean(),
  })
  .meta({ id: 'AttachedEvidence' })

/** A dated fact of a finding, and who recorded it when. */
export const findingFactSchema = z
  .object({
    id: z.string(),
    type: z.enum(findingFactTypes),
    on: z.string(),
    deadline: z.string().nullable(),
    outcome: z.enum(outcomes).nullable(),
    kind: z.string().nullable(),
    unit: z.string().nullable(),
    reason: z.string().nullable(),
    /** Null when nobody is known; the person's name is null for units. */
    by: z.object({ name: z.string().nullable(), unit: z.string().nullable() }).nullable(),
    /** The providing unit in whose place the office acted, as that unit is a party. */
    inPlaceOf: z.string().nullable(),
    /** The providing unit for which the office reviewed, as that unit could not or did not. */
    insteadOf: z.string().nullable(),
    at: z.string(),
    evidence: z.array(attachedSchema),
  })
  .meta({ id: 'FindingFact' })
export type FindingFactView = z.infer<typeof findingFactSchema>

export const placeSchema = schemaOf<Place>()(
  z.object({
    composite: z.string().nullable(),
    grade: z.string().nullable(),
    rank: z.int().nullable(),
  }),
)
const change = z.object({
  unitId: z.string(),
  unit: z.string(),
  from: placeSchema,
  to: placeSchema,
  part: z.object({ name: z.string(), from: z.string().nullable(), to: z.string().nullable() }).nullable(),
})
export const effectSchema = schemaOf<FindingEffect>()(
  z
    .object({
      charged: change.nullable(),
      instead: change.nullable(),
      moved: z.array(
        z.object({
          unitId: z.string(),
          unit: z.string(),
          from: z.int().nullable(),
          to: z.int().nullable(),
        }),
      ),
    })
    .meta({ id: 'FindingEffect' }),
)

/** The suspicion 疑点 that a finding was confirmed from; its words are the monitor's. */
const originSchema = z
  .object({
    suspicionId: z.string(),
    monitor: z.string(),
    rule: z.string(),
    /** Id of the record watched, where the caller may open it. */
    recordId: z.string().nullable(),
    excerpt: z.string(),
    message: z.string(),
    params: z.record(z.string(), z.string()),
    source: z.string(),
  })
  .meta({ id: 'FindingOrigin' })
export type FindingOrigin = z.infer<typeof originSchema>

export const findingDetailSchema = ledgerLineSchema
  .extend({
    origin: originSchema.nullable(),
    foundOn: z.string().nullable(),
    /** Goes into If-Match of the next step. */
    etag: z.string(),
    facts: z.array(findingFactSchema),
    /** What the caller may do today. */
    legal: z.array(z.enum(caseSteps)),
    /** Whose turn it is today. */
    turn: z.enum(turns).nullable(),
    /** The providing unit for which the caller would review, saying why. */
    insteadOf: z.string().nullable(),
    appealUntil: z.string().nullable(),
    /** Working days from the day shown to the deadline, negative when it has passed. */
    daysLeft: z.int().nullable(),
    /** What could become of it; null for those who may not see the unit's score. */
    whatIf: z
      .object({ upheld: effectSchema, revoked: effectSchema.nullable(), lost: effectSchema.nullable() })
      .nullable(),
  })
  .meta({ id: 'FindingDetail' })
export type FindingDetail = AnswerOf<typeof findingDetailSchema>
