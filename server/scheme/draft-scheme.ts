import { z } from 'zod'
import { presetKeys, presets } from '#assessment/presets/registry'
import type { Scheme } from '#assessment/rule/scheme'
import { bindNames, responsibleIn } from '../../db/responsible-units.ts'
import { deleteScheme, updateScheme } from '../../db/schemes.ts'
import { listUnits } from '../../db/units.ts'
import { replaceWindows } from '../../db/windows.ts'
import { visibleScheme, type VisibleStored } from '../access/visible-schemes.ts'
import { presentName } from '../access/visibility.ts'
import { act, actAcross, changeOf, done, type Actor, type Doing } from '../act.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { id, text } from '../http/wire.ts'
import { nextVersion, storeScheme, windowsOf, withUnitNames } from './stored.ts'
import { schemeEtag } from './view.ts'

export const beginning = z
  .object({ preset: z.enum(presetKeys).optional(), copyOf: id.optional(), name: text(200).optional() })
  .refine(({ preset, copyOf }) => (preset === undefined) !== (copyOf === undefined), { path: ['copyOf'] })

/** A scheme to be written further, which calls the units that its latest year means by the names that they have today. */
async function copied(
  trx: Doing['trx'],
  { stored: { scheme }, assessments }: VisibleStored,
): Promise<Scheme> {
  const [latest] = assessments
  if (!latest) return scheme
  const responsible = await responsibleIn(trx, latest.id)
  const units = await listUnits(trx)
  return withUnitNames(scheme, (name) => presentName({ responsible, units }, name))
}

/** Begins a draft from a preset or from another scheme in reach. Throws `not-found`. */
export const beginScheme = (
  actor: Actor,
  { preset, copyOf = '', name }: z.infer<typeof beginning>,
): Promise<VisibleStored> =>
  act(actor, 'scheme.create', async ({ trx, by, at }) => {
    const base =
      preset === undefined ? await copied(trx, await visibleScheme(trx, actor, copyOf)) : presets[preset]
    const schemeId = await storeScheme(trx, { ...base, name: name ?? base.name }, by.id, at)
    return done(await visibleScheme(trx, actor, schemeId), {
      subject: schemeId,
      detail: preset === undefined ? { copyOf } : { preset },
    })
  })

/** Saves a draft, and opens its windows in the drafts of years on it. Throws `not-found`, `scheme-in-use`, and what `requireMatch` throws. */
export const saveScheme = (
  actor: Actor,
  schemeId: string,
  scheme: Scheme,
  ifMatch: string | undefined,
): Promise<VisibleStored> =>
  actAcross(actor, { schemeId }, 'scheme.change', async ({ trx }) => {
    const { row, used, assessments, stored } = await visibleScheme(trx, actor, schemeId)
    if (used) throw new Problem('scheme-in-use')
    requireMatch(ifMatch, schemeEtag(stored))
    const { name } = scheme
    const version = name === row.name ? row.version : await nextVersion(trx, name)
    await updateScheme(trx, row.id, { scheme, version })
    for (const assessment of assessments) {
      const { id, year } = assessment
      await replaceWindows(trx, id, windowsOf(scheme, id, year))
      await bindNames(trx, assessment)
    }
    return done(await visibleScheme(trx, actor, row.id), {
      subject: row.id,
      detail: { name, version, ...changeOf({ name: row.name, version: row.version }, { name, version }) },
    })
  })

/** Deletes a draft that no year is on. Throws `not-found` and `scheme-in-use`. */
export const removeScheme = (actor: Actor, schemeId: string): Promise<void> =>
  act(actor, 'scheme.delete', async ({ trx }) => {
    const { row, used, assessments } = await visibleScheme(trx, actor, schemeId)
    if (used || assessments.length > 0) throw new Problem('scheme-in-use')
    await deleteScheme(trx, row.id)
    return done(undefined, { subject: row.id, detail: { name: row.name, version: row.version } })
  })
