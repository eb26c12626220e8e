import { z } from 'zod'
import { methods } from '#assessment/rule/scheme'
import type {
  ComponentScore,
  DeductionSteps,
  ExternalSteps,
  GradeAdjustment,
  PendingReason,
  Scorecard,
  Standing,
  VerifiedSteps,
} from '#assessment/score/scorecard'
import { lossSchema } from '../finding/wire.ts'
import { schemaOf } from '../http/schema-of.ts'

/* What the engine says of a unit, as answers carry it. Points in hundredths; scores are decimals as text. */

export const standingSchema = schemaOf<Standing>()(
  z
    .object({
      unitId: z.string(),
      unit: z.string(),
      group: z.string(),
      rank: z.int().nullable(),
      composite: z.string().nullable(),
      grade: z.string().nullable(),
      components: z.record(z.string(), z.string().nullable()),
      pending: z.array(z.string()),
    })
    .meta({ id: 'Standing' }),
)

const windowMissing = z.object({ code: z.literal('window-missing'), window: z.string() })
const marksMissing = z.object({
  code: z.literal('marks-missing'),
  window: z.string(),
  missing: z.int(),
  of: z.int(),
})
const nothingApplicable = z.object({ code: z.literal('nothing-applicable'), window: z.string() })
const externalMissing = z.object({ code: z.literal('external-missing'), dimension: z.string().nullable() })

/** Why a part as a whole is not known; single marks that are missing are told apart. */
export const partMissing = z.discriminatedUnion('code', [windowMissing, nothingApplicable, externalMissing])
const pendingReason = schemaOf<PendingReason>()(
  z.discriminatedUnion('code', [windowMissing, marksMissing, nothingApplicable, externalMissing]),
)

const deductionSteps = schemaOf<DeductionSteps>()(
  z.object({
    method: z.literal('deductions'),
    base: z.int(),
    floor: z.int(),
    lost: z.int(),
    raw: z.int(),
    kinds: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        count: z.int(),
        points: z.int(),
        cap: z.int().nullable(),
      }),
    ),
    findings: z.array(lossSchema),
  }),
)

const verifiedSteps = schemaOf<VerifiedSteps>()(
  z.object({
    method: z.literal('verified-marks'),
    windows: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        score: z.string().nullable(),
        full: z.string().nullable(),
        verified: z.string().nullable(),
        countedAsZero: z.boolean(),
        marks: z.array(
          z.object({
            leaf: z.string().nullable(),
            full: z.string(),
            claimed: z.string().nullable(),
            /** A decimal, or `not-applicable`. */
            marks: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
)

const externalSteps = schemaOf<ExternalSteps>()(
  z.object({
    method: z.literal('external'),
    full: z.string(),
    marks: z.string().nullable(),
    countedAsZero: z.boolean(),
    dimensions: z.array(
      z.object({ key: z.string(), name: z.string(), full: z.string(), marks: z.string().nullable() }),
    ),
  }),
)

const componentScore = schemaOf<ComponentScore>()(
  z
    .object({
      key: z.string(),
      name: z.string(),
      method: z.enum(methods),
      weight: z.int(),
      share: z.string(),
      score: z.string().nullable(),
      exact: z.string().nullable(),
      contribution: z.string().nullable(),
      loss: z.string().nullable(),
      pending: z.array(pendingReason),
      clause: z.string(),
      steps: z.discriminatedUnion('method', [deductionSteps, verifiedSteps, externalSteps]),
    })
    .meta({ id: 'ComponentScore' }),
)

const gradeAdjustment = schemaOf<GradeAdjustment>()(
  z.discriminatedUnion('code', [
    z.object({ code: z.literal('veto'), kind: z.string(), from: z.string() }),
    z.object({ code: z.literal('quota'), allowed: z.int(), from: z.string() }),
  ]),
)

export const scorecardSchema = schemaOf<Scorecard>()(
  z
    .object({
      unitId: z.string(),
      unit: z.string(),
      group: z.string(),
      asOf: z.string(),
      components: z.array(componentScore),
      bonus: z.string().nullable(),
      composite: z.string().nullable(),
      exact: z.string().nullable(),
      grade: z.string().nullable(),
      adjustments: z.array(gradeAdjustment),
      rank: z.int().nullable(),
      rankedOf: z.int(),
    })
    .meta({
      id: 'Scorecard',
      description: '成绩单及其全部计算步骤 · A scorecard with every step of the arithmetic',
    }),
)
