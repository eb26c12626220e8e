import { dayFor, lastDayOf } from '../default-day.ts'
import { dayInChina } from '../today.ts'
import { z } from 'zod'
import { publicities } from '#assessment/rule/scheme'
import { stages } from '#assessment/vocabulary'
import type { Scope } from '../access/permissions.ts'
import { assessingUnit, type Visible } from '../access/visibility.ts'
import type { AppEnv } from '../http/context.ts'
import { asView, reference } from '../http/wire.ts'

export const assessmentSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    year: z.int(),
    stage: z.enum(stages),
    unit: reference,
    schemeId: z.string(),
    startsOn: z.string(),
    endsOn: z.string(),
    /** Empty for those who see only their own unit. */
    groups: z.array(z.object({ name: z.string(), count: z.int() })),
    defaultAsOf: z.string(),
    /** The server's day, whatever a reader's clock says. */
    today: z.string(),
    /** The last day it can be looked at. */
    lastDay: z.string(),
    /** The publication that holds now; `publicity` is what units see of it. */
    publication: z
      .object({ id: z.string(), number: z.int(), asOf: z.string(), publicity: z.enum(publicities) })
      .nullable(),
  })
  .meta({ id: 'Assessment' })

export async function assessmentView(
  variables: AppEnv['Variables'],
  visible: Visible,
  scope: Scope,
): Promise<z.infer<typeof assessmentSchema>> {
  const { assessment, participants, publication, scheme } = visible
  const own = scope === 'own-unit'
  const today = dayInChina(variables.deps.clock())
  const counts = new Map<string, number>()
  for (const { groupName } of participants) counts.set(groupName, (counts.get(groupName) ?? 0) + 1)
  return asView(assessmentSchema, {
    ...assessment,
    unit: assessingUnit(visible),
    groups: own ? [] : [...counts].map(([name, count]) => ({ name, count })),
    defaultAsOf: await dayFor(variables, visible, undefined),
    today,
    lastDay: lastDayOf(visible, today),
    publication: publication && { ...publication, publicity: scheme.publicity },
  })
}

/** The ETag of what an assessment is set up with. */
export const versionTag = (version: number): string => `"${version}"`
