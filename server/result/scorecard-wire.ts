import { z } from 'zod'
import { effects, methods, type Veto } from '#assessment/rule/scheme'
import type { PartChange } from '#assessment/insight/part-changes'
import type {
  ComponentScore,
  AdjustmentScore,
  ExternalSteps,
  GradeReason,
  InterimBasis,
  LedgerSteps,
  LedgerSums,
  PendingReason,
  Scorecard,
  Standing,
  VerifiedSteps,
} from '#assessment/score/scorecard'
import { ledgerEntrySchema } from '../finding/wire.ts'
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
      adjustment: z.string().nullable().optional(),
      vetoes: z.array(z.string()).optional(),
    })
    .meta({ id: 'Standing' }),
)

export const partChangeSchema = schemaOf<PartChange>()(
  z
    .object({
      component: z.string(),
      name: z.string(),
      before: z.string(),
      now: z.string(),
      change: z.string(),
    })
    .meta({ id: 'PartChange' }),
)

/** 阶段成绩: what it rests on. */
export const basisSchema = schemaOf<InterimBasis>()(
  z.object({ basis: z.array(z.string()), share: z.string() }).meta({ id: 'InterimBasis' }),
)
/** The same by group. */
export const interimSchema = z.record(z.string(), basisSchema)

const windowMissing = z.object({ code: z.literal('window-missing'), window: z.string() })
const marksMissing = z.object({
  code: z.literal('marks-missing'),
  window: z.string(),
  missing: z.int(),
  of: z.int(),
})
const nothingApplicable = z.object({ code: z.literal('nothing-applicable'), window: z.string() })
const externalMissing = z.object({
  code: z.literal('external-missing'),
  dimension: z.string().nullable(),
  window: z.string().nullable(),
})

/** Why a part as a whole is not known; single marks that are missing are told apart. */
export const partMissing = z.discriminatedUnion('code', [windowMissing, nothingApplicable, externalMissing])
const pendingReason = schemaOf<PendingReason>()(
  z.discriminatedUnion('code', [windowMissing, marksMissing, nothingApplicable, externalMissing]),
)

const ledgerSums = schemaOf<LedgerSums>()(
  z.object({
    lost: z.int(),
    gained: z.int(),
    kinds: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        effect: z.enum(effects),
        count: z.int(),
        points: z.int(),
        cap: z.int().nullable(),
      }),
    ),
    areas: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        cap: z.int().nullable(),
        lost: z.int(),
        gained: z.int(),
      }),
    ),
    findings: z.array(ledgerEntrySchema),
  }),
)

const ledgerSteps = schemaOf<LedgerSteps>()(
  ledgerSums.extend({
    method: z.literal('deductions'),
    base: z.int(),
    floor: z.int(),
    full: z.int().nullable(),
    ceiling: z.int().nullable(),
    windows: z.array(
      z.object({
        key: z.string().nullable(),
        name: z.string().nullable(),
        share: z.string(),
        end: z.string().nullable(),
        lost: z.int(),
        gained: z.int(),
        raw: z.int(),
        value: z.int(),
        score: z.string(),
      }),
    ),
  }),
)

const adjustmentScore = schemaOf<AdjustmentScore>()(
  ledgerSums.extend({
    value: z.string().nullable(),
    unlocked: z.boolean().nullable(),
    counted: z.string().nullable(),
  }),
)

const verifiedSteps = schemaOf<VerifiedSteps>()(
  z.object({
    method: z.literal('verified-marks'),
    windows: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        share: z.string(),
        score: z.string().nullable(),
        full: z.string().nullable(),
        verified: z.string().nullable(),
        countedAsZero: z.boolean(),
        applies: z.boolean(),
        marks: z.array(
          z.object({
            leaf: z.string().nullable(),
            full: z.string(),
            claimed: z.string().nullable(),
            observation: z.string().nullable(),
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
    windows: z.array(
      z.object({
        key: z.string().nullable(),
        name: z.string().nullable(),
        share: z.string(),
        marks: z.string().nullable(),
        applies: z.boolean(),
        countedAsZero: z.boolean(),
        dimensions: z.array(
          z.object({ key: z.string(), name: z.string(), full: z.string(), marks: z.string().nullable() }),
        ),
      }),
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
      steps: z.discriminatedUnion('method', [ledgerSteps, verifiedSteps, externalSteps]),
    })
    .meta({ id: 'ComponentScore' }),
)

const vetoSchema = schemaOf<Veto>()(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('grade'), grade: z.string() }),
    z.object({ type: z.literal('at-most'), composite: z.int() }),
    z.object({ type: z.literal('last') }),
  ]),
)
const gradeReason = schemaOf<GradeReason>()(
  z.discriminatedUnion('code', [
    z.object({ code: z.literal('veto'), kind: z.string(), veto: vetoSchema, from: z.string() }),
    z.object({ code: z.literal('quota'), grade: z.string(), allowed: z.int(), from: z.string() }),
  ]),
)

export const scorecardSchema = schemaOf<Scorecard>()(
  z
    .object({
      unitId: z.string(),
      unit: z.string(),
      group: z.string(),
      asOf: z.string(),
      scale: z.int(),
      components: z.array(componentScore),
      notApplicable: z.array(z.string()),
      adjustment: adjustmentScore.nullable(),
      composite: z.string().nullable(),
      exact: z.string().nullable(),
      grade: z.string().nullable(),
      reasons: z.array(gradeReason),
      vetoes: z.array(z.object({ kind: z.string(), veto: vetoSchema })),
      rank: z.int().nullable(),
      rankedOf: z.int(),
    })
    .meta({
      id: 'Scorecard',
      description: '成绩单及其全部计算步骤 · A scorecard with every step of the arithmetic',
    }),
)
