import { z } from 'zod'
import type { RobustnessInput } from '#assessment/insight/robustness'
import { roundings } from '#assessment/rational'
import { tieRules } from '#assessment/rule/scheme'
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
        bonus: z.number(),
        bestGrade: z.int(),
      }),
    ),
    weights: z.array(z.number()),
    grades: z.array(z.object({ name: z.string(), from: z.int() })),
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
    plain('notified').extend({ deadline: z.string().nullable() }),
    plain('extended').extend({ deadline: z.string() }),
    plain('submitted'),
    plain('withdrawn'),
    plain('accepted'),
    plain('rejected'),
    plain('appealed'),
    plain('decided').extend({ outcome: z.enum(['upheld', 'revoked']) }),
    plain('decided').extend({ outcome: z.literal('amended'), kind: z.string(), unitId: z.string() }),
    plain('reversed'),
  ]),
)

const ofWindow = { component: z.string(), window: z.string() }
const factsSchema = schemaOf<Facts>()(
  z.object({
    units: z.array(z.object({ id: z.string(), name: z.string(), parentId: z.string().nullable() })),
    participants: z.array(z.object({ unitId: z.string(), group: z.string() })),
    findings: z.array(
      z.object({
        id: z.string(),
        number: z.string(),
        kind: z.string(),
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
        on: z.string().nullable(),
      }),
    ),
    external: z.array(
      z.object({
        unitId: z.string(),
        component: z.string(),
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
    bonuses: z.array(
      z.object({
        unitId: z.string(),
        points: z.int(),
        on: z.string(),
        entry: z.object({ id: z.string(), what: z.string(), reverses: z.string().nullable() }).optional(),
      }),
    ),
  }),
)
export const factsAnswer = z
  .object({ asOf: z.string(), facts: factsSchema })
  .meta({ id: 'Facts', description: '计算成绩所依据的全部记录' })
