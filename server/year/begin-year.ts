import { z } from 'zod'
import { presetKeys, presets } from '#assessment/presets/registry'
import { deleteEmptyAssessment, insertAssessment } from '../../db/assessments.ts'
import { newId } from '../../db/ids.ts'
import { insertWindows } from '../../db/windows.ts'
import { visibleScheme } from '../access/visible-schemes.ts'
import { act, actIn, done, type Actor, type Doing } from '../act.ts'
import { Problem } from '../http/problem.ts'
import { id, text } from '../http/wire.ts'
import { requireSound } from '../scheme/sound.ts'
import { storeScheme, windowsOf } from '../scheme/stored.ts'

export const yearNumber = z.int().min(2000).max(2100)
export const newYear = z
  .object({
    name: text(100),
    year: yearNumber,
    preset: z.enum(presetKeys).optional(),
    schemeId: id.optional(),
  })
  .refine(({ preset, schemeId }) => (preset === undefined) !== (schemeId === undefined), {
    path: ['schemeId'],
  })

/** First and last day of an assessed year. */
export const daysOfYear = (year: number) => ({ startsOn: `${year}-01-01`, endsOn: `${year}-12-31` })

/** The preset, stored as a scheme of its own, or a scheme in reach that can be used. Throws `not-found` and `scheme-unsound`. */
async function schemeFor(
  { trx, by, at }: Doing,
  actor: Actor,
  { preset, schemeId = '' }: z.infer<typeof newYear>,
) {
  if (preset !== undefined)
    return { id: await storeScheme(trx, presets[preset], by.id, at), scheme: presets[preset] }
  const { stored } = await visibleScheme(trx, actor, schemeId)
  requireSound(stored.scheme)
  return stored
}

/** Begins a year as a draft, with the windows of its scheme, and gives its id. Throws what `schemeFor` throws. */
export const beginYear = (actor: Actor, given: z.infer<typeof newYear>): Promise<string> =>
  act(actor, 'assessment.create', async (doing) => {
    const { trx, by, at } = doing
    if (!by.unit) throw new Problem('forbidden')
    const { name, year, preset } = given
    const scheme = await schemeFor(doing, actor, given)
    const assessmentId = newId()
    await insertAssessment(trx, {
      id: assessmentId,
      name,
      year,
      unitId: by.unit.id,
      schemeId: scheme.id,
      ...daysOfYear(year),
      stage: 'draft',
      version: 1,
      createdBy: by.id,
      createdAt: at,
    })
    await insertWindows(trx, windowsOf(scheme.scheme, assessmentId, year))
    return done(assessmentId, {
      subject: assessmentId,
      detail: { name, year, ...(preset === undefined ? { schemeId: scheme.id } : { preset }) },
    })
  })

/** Deletes a draft that holds no fact. Throws `assessment-not-empty` for any other. */
export const removeYear = (actor: Actor, assessmentId: string): Promise<void> =>
  actIn(actor, assessmentId, 'assessment.delete', async ({ trx, visible: { assessment } }) => {
    if (!(await deleteEmptyAssessment(trx, assessment.id))) throw new Problem('assessment-not-empty')
    return done(undefined, { subject: assessment.id, detail: { name: assessment.name } })
  })
