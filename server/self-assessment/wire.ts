import { z } from 'zod'
import { selfStates, selfSteps } from '#assessment/score/self-assessment'
import { signOffTypes, submissionTypes } from '../../db/tables.ts'
import { evidenceSchema } from '../evidence/evidence-view.ts'
import { reference } from '../http/wire.ts'
import { scaleBody } from '../scheme/body.ts'

/** Marks as a form holds them; both empty = not answered. */
export const answered = z.object({ marks: z.string().nullable(), notApplicable: z.boolean() })

export const claimed = answered.extend({ note: z.string().nullable(), on: z.string() }).nullable()
/** `marks` null and applicable = handed in and waiting. */
export const verified = answered
  .extend({
    /** 观测, under the leaf's scale; null = marks were given as they are. */
    observation: z.string().nullable(),
    reason: z.string().nullable(),
    on: z.string().nullable(),
    by: z.string().nullable(),
    unit: z.string().nullable(),
    /** The responsible unit for which the office verified it, with its reason. */
    insteadOf: z.string().nullable(),
  })
  .nullable()
export const earlier = answered.extend({ reason: z.string().nullable() }).nullable()

export const windowSchema = z.object({
  key: z.string(),
  name: z.string(),
  dueOn: z.string(),
  closedOn: z.string().nullable(),
})

/** Which window is looked at, and which others there are. */
export const windowsSchema = z.object({
  component: z.object({ key: z.string(), name: z.string() }),
  window: windowSchema,
  windows: z.array(windowSchema),
})

export const courseSchema = z.array(
  z.object({
    type: z.enum(submissionTypes),
    on: z.string(),
    at: z.string(),
    reason: z.string().nullable(),
    by: z.string().nullable(),
    unit: z.string().nullable(),
  }),
)

export const entrySchema = answered.extend({
  note: z.string().nullable(),
  etag: z.string(),
  updatedBy: z.string().nullable(),
  updatedAt: z.string().nullable(),
})
export type EntryView = z.infer<typeof entrySchema>

export const formLeafSchema = z.object({
  key: z.string(),
  name: z.string(),
  path: z.array(z.string()),
  full: z.string(),
  scoring: z.string().nullable(),
  /** How what the verifier observes becomes marks. */
  scale: scaleBody,
  evidenceWanted: z.string().nullable(),
  clause: z.string().nullable(),
  /** What the unit has entered so far; null for others until it is handed in. */
  entry: entrySchema.nullable(),
  claimed,
  verified,
  previous: earlier,
  evidence: z.array(evidenceSchema),
})

export const totalsSchema = z.object({
  of: z.int(),
  filled: z.int(),
  verified: z.int(),
  /** Sums over leaves that apply. */
  full: z.string(),
  claimedMarks: z.string(),
  verifiedMarks: z.string(),
  /** Sums over the leaves that have both marks, the only ones that can be set against each other. */
  compared: z.object({ leaves: z.int(), claimed: z.string(), verified: z.string() }),
})

/** What may be done with a form: what the engine knows, and 审定 within the unit before it is handed in. */
const formSteps = [...selfSteps, 'ask', 'decline'] as const
export type FormStep = (typeof formSteps)[number]

export const signOffSchema = z.object({
  type: z.enum(signOffTypes),
  at: z.string(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
})

export const formSchema = z
  .object({
    unit: reference,
    group: z.string(),
    component: z.object({ key: z.string(), name: z.string() }),
    window: windowSchema.extend({ daysLeft: z.int() }),
    windows: z.array(windowSchema),
    previousWindow: z.string().nullable(),
    state: z.enum(selfStates),
    /** What the caller may do now. */
    steps: z.array(z.enum(formSteps)),
    /** 审定 since it was last handed in or returned; null for all but the unit’s own people. */
    signOff: signOffSchema.nullable(),
    /** Of everything entered: for handing in exactly what was seen. */
    etag: z.string(),
    course: courseSchema,
    totals: totalsSchema,
    areas: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        clause: z.string().nullable(),
        /** Who verifies it for this unit. */
        verifier: z.string(),
        /** The responsible unit in whose place the office verifies, as the form is its own. */
        inPlaceOf: z.string().nullable(),
        leaves: z.array(formLeafSchema),
      }),
    ),
  })
  .meta({ id: 'SelfAssessmentForm' })
export type FormView = z.infer<typeof formSchema>
