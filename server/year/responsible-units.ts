import { z } from 'zod'
import { kindsIn, verifiedComponents } from '#assessment/rule/scheme'
import { namesOf } from '../../db/accounts.ts'
import { insertResponsibleUnit, listResponsibleUnits, unitsNamedIn } from '../../db/responsible-units.ts'
import type { Source } from '../../db/source.ts'
import { mayWrite, requireActivity } from '../access/stage-rules.ts'
import { unitNamesIn, type Visible } from '../access/visibility.ts'
import { actIn, done, stamp, type Actor } from '../act.ts'
import { grouped } from '../grouped.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { id, reference, text } from '../http/wire.ts'
import { versionTag } from './assessment-view.ts'

export const responsibleUnitsSchema = z
  .object({
    version: z.string(),
    items: z.array(
      z.object({
        /** As the rule names it. */
        name: z.string(),
        /** Which unit that is now; null while there is none so called. */
        unit: reference.nullable(),
        /** What it provides and verifies, by name. */
        kinds: z.array(z.string()),
        areas: z.array(z.string()),
        /** To whom it was handed over, the first one first. */
        handedOver: z.array(
          z.object({ unit: z.string(), on: z.string(), reason: z.string(), by: z.string().nullable() }),
        ),
      }),
    ),
  })
  .meta({ id: 'ResponsibleUnits' })

export const handOverBody = z.object({ name: text(200), unitId: id, reason: text(2000) })

/** 提供单位、责任单位 of a year: what each provides and verifies, and which unit it is. */
export async function responsibleUnitsView(
  db: Source,
  visible: Visible,
): Promise<z.infer<typeof responsibleUnitsSchema>> {
  const { assessment, scheme, responsible } = visible
  const unitNames = unitNamesIn(visible)
  const rows = await listResponsibleUnits(db, assessment.id)
  const people = await namesOf(
    db,
    rows.map(({ recordedBy }) => recordedBy),
  )
  const history = grouped(rows, ({ name }) => name)
  const areas = verifiedComponents(scheme).flatMap(({ indicators }) => indicators)
  return {
    version: versionTag(assessment.version),
    items: unitsNamedIn(scheme).map((name) => {
      const unitId = responsible.get(name)
      return {
        name,
        unit: unitId === undefined ? null : { id: unitId, name: unitNames.get(unitId) ?? '' },
        kinds: kindsIn(scheme).flatMap((kind) => (kind.provider === name ? [kind.name] : [])),
        areas: areas.flatMap((area) => (area.responsible === name ? [area.name] : [])),
        handedOver: (history.get(name) ?? []).flatMap(({ unitId: to, onDay, reason, recordedBy }) =>
          reason === null
            ? []
            : [
                {
                  unit: unitNames.get(to) ?? '',
                  on: onDay,
                  reason,
                  by: people.get(recordedBy ?? '')?.name ?? null,
                },
              ],
        ),
      }
    }),
  }
}

/**
 * Hands what the rule says of one unit over to another from today, as when it was dissolved. Throws what `requireMatch` throws, what the stage
 * forbids, `not-found` for a name that the rule does not have, `unknown-unit`, and `handed-over-already`.
 */
export const handOver = (
  actor: Actor,
  assessmentId: string,
  { name, unitId, reason }: z.infer<typeof handOverBody>,
  ifMatch: string | undefined,
): Promise<void> =>
  actIn(actor, assessmentId, 'responsible.hand-over', async (doing) => {
    const { trx, today, visible, versionBefore } = doing
    requireMatch(ifMatch, versionTag(versionBefore))
    if (!mayWrite(visible.assessment, 'set-up')) requireActivity(visible.assessment, 'amend-participants')
    if (!unitsNamedIn(visible.scheme).includes(name)) throw new Problem('not-found')
    const unit = unitNamesIn(visible).get(unitId)
    if (unit === undefined) throw new Problem('unknown-unit')
    const from = visible.responsible.get(name) ?? null
    if (from === unitId) throw new Problem('handed-over-already', { params: { unit } })
    await insertResponsibleUnit(trx, { assessmentId, name, unitId, onDay: today, reason, ...stamp(doing) })
    return done(undefined, { subject: assessmentId, detail: { name, from, to: unitId, reason } })
  })
