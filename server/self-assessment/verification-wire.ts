import { z } from 'zod'
import { selfStates } from '#assessment/score/self-assessment'
import { evidenceSchema } from '../evidence/evidence-view.ts'
import { claimed, earlier, verified, windowSchema } from './wire.ts'
import { pageOf } from '../http/wire.ts'

const count = { waiting: z.int(), of: z.int() }

/** What waits for the caller: by indicator and by unit. Only windows handed in count. */
export const queueSchema = z
  .object({
    component: z.object({ key: z.string(), name: z.string() }),
    window: windowSchema,
    windows: z.array(windowSchema),
    ...count,
    areas: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        leaves: z.array(z.object({ key: z.string(), name: z.string(), full: z.string(), ...count })),
      }),
    ),
    units: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        group: z.string(),
        state: z.enum(selfStates),
        ...count,
      }),
    ),
  })
  .meta({ id: 'VerificationQueue' })

export const itemSchema = z
  .object({
    unitId: z.string(),
    unit: z.string(),
    group: z.string(),
    state: z.enum(selfStates),
    area: z.string(),
    leaf: z.string(),
    leafName: z.string(),
    full: z.string(),
    scoring: z.string().nullable(),
    claimed,
    verified,
    previous: earlier,
    evidence: z.array(evidenceSchema),
    /** Whether it can be verified now. */
    isOpen: z.boolean(),
    etag: z.string(),
  })
  .meta({ id: 'VerificationItem' })
export type ItemView = z.infer<typeof itemSchema>

export const itemsSchema = pageOf(itemSchema).extend({ previousWindow: z.string().nullable() })
