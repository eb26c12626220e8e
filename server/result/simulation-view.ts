import { z } from 'zod'
import type { RobustnessInput } from '#assessment/insight/robustness'
import { roundings } from '#assessment/rational'
import { tieRules, tiesAcross } from '#assessment/rule/scheme'
import type { Facts, FindingFact } from '#assessment/score/facts'
import { schemaOf } from '../http/schema-of.ts'

/* What the browser needs to simulate; nothing is simulated on the server and nothing comes back. */

const robustnessInputSchema = schemaOf<RobustnessInput>()(
  z.object({
    group: z.string().nullable(),
    units: z.array(
      z.object({
        unitId: z.string(),
        scores: z.array(z.number()),
        weights: z.array(z.number()),
        scale: z.number(),
        lost: z.number(),
        gained: z.number(),
        atMost: z.number().nullable(),
        last: z.boolean(),
        bestGrade: z.int(),
        lines: z.array(z.number().nullable()),
      }),
    ),
    unlock: z.object({ from: z.number(), inclusive: z.boolean() }).nullable(),
    ceiling: z.number().nullable(),
    grades: z.array(z.object({ name: z.string(), allowed: z.int().nullable() })),
    tieAcross: z.enum(tiesAcross),
    decimals: z.int(),
    rounding: z.enum(roundings),
    ties: z.enum(tieRules),
  }),
)
export const robustnessAnswer = z
  .object({ asOf: z.string(), rankings: z.array(robustnessInputSchema) })
  .meta({
    id: 'RobustnessInput',
    description: '稳健区间计算的输入：各排名单位各部分的得分、权重、等次和舍入规则',
  })

const plain = <Type extends string>(type: Type) => z.object({ type: z.literal(type), on: z.string() })
const findingFactSchema = schemaOf<FindingFact>()(
  z.union([
    plain('notified').extend({ deadline: z.string().nullable(), recordedOn: z.string().optional() }),
    plain('extended').extend({ deadline: z.string() }),
    plain('submitted'),
    plain('withdrawn'),
    plain('accepted'),
    plain('rejected'),
    plain('appealed'),
    plain('decided').extend({ outcome: z.enum(['upheld', 'revoked']) }),
    plain('decided').extend({
      outcome: z.literal('amended'),
      kind: z.string(),
      unitId: z.string(),
      severity: z.string().nullable().optional(),
      deadline: z.string().optional(),
      recordedOn: z.string().optional(),
    }),
    plain('reversed'),
  ]),
)

const ofWindow = { component: z.string(), window: z.string() }
const factsSchema = schemaOf<Facts>()(
  z.object({
    year: z.int().optional(),
    units: z.array(z.object({ id: z.string(), name: z.string(), parentId: z.string().nullable() })),
    participants: z.array(z.object({ unitId: z.string(), group: z.string() })),
    findings: z.array(
      z.object({
        id: z.string(),
        number: z.string(),
        numberedUnitId: z.string().optional(),
        kind: z.string(),
        severity: z.string().nullable(),
        unitId: z.string(),
        what: z.string(),
        facts: z.array(findingFactSchema),
      }),
    ),
    verified: z.array(
      z.object({
        unitId: z.string(),
        ...ofWindow,
        leaf: z.string().nullable(),
        full: z.string(),
        /** A decimal, or `not-applicable`. */
        marks: z.string().nullable(),
        claimed: z.string().nullable(),
        observation: z.string().nullable().optional(),
        on: z.string().nullable(),
      }),
    ),
    external: z.array(
      z.object({
        unitId: z.string(),
        component: z.string(),
        window: z.string().nullable(),
        dimension: z.string().nullable(),
        marks: z.string().nullable(),
        on: z.string().nullable(),
      }),
    ),
    closed: z.array(z.object({ ...ofWindow, on: z.string() })),
    extensions: z
      .array(z.object({ ...ofWindow, unitId: z.string().nullable(), due: z.string(), on: z.string() }))
      .optional(),
    submissions: z.array(z.object({ unitId: z.string(), ...ofWindow, on: z.string() })),
  }),
)
export const factsAnswer = z
  .object({ asOf: z.string(), facts: factsSchema })
  .meta({ id: 'Facts', description: '计算成绩所依据的全部记录' })
