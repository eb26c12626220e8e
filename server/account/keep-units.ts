import { z } from 'zod'
import { unitKinds } from '#assessment/vocabulary'
import { newId } from '../../db/ids.ts'
import { findUnit, findUnitByName, insertUnits, listUnits, updateUnit } from '../../db/units.ts'
import { scopeOf } from '../access/permissions.ts'
import { unitsBelow } from '../access/unit-tree.ts'
import { act, changeOf, actAcross, done, type Actor } from '../act.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { id, text } from '../http/wire.ts'
import { unitView, type UnitView } from './unit-view.ts'

export const unitBody = z.object({
  name: text(100),
  kind: z.enum(unitKinds),
  parentId: id.nullable().default(null),
})
export const unitChange = z
  .object({
    name: text(100),
    kind: z.enum(unitKinds),
    parentId: id.nullable(),
    position: z.int().min(0).max(1_000_000),
  })
  .partial()

/** Adds a unit behind all others. Throws `unit-name-taken`, and `unknown-unit` for one above that does not exist. */
export const addUnit = (actor: Actor, given: z.infer<typeof unitBody>): Promise<UnitView> =>
  act(actor, 'unit.add', async ({ trx }) => {
    const { name, parentId } = given
    if (await findUnitByName(trx, name)) throw new Problem('unit-name-taken')
    if (parentId !== null && !(await findUnit(trx, parentId))) throw new Problem('unknown-unit')
    const last = (await listUnits(trx)).reduce((highest, unit) => Math.max(highest, unit.position), -1)
    const row = { id: newId(), ...given, position: last + 1 }
    await insertUnits(trx, [row])
    return done(unitView(row), { subject: row.id, detail: given })
  })

/**
 * Changes a unit; results of every assessment that is not over may rest on its name and place. Throws `not-found`, `forbidden` for whom its place,
 * which tells who is charged for whom, is no matter of, what `requireMatch` throws,
 * `unit-name-taken`, `unknown-unit`, and `unit-cycle` for one that would stand below itself.
 */
export const changeUnit = (
  actor: Actor,
  unitId: string,
  { name, kind, parentId, position }: z.infer<typeof unitChange>,
  ifMatch: string | undefined,
): Promise<UnitView> =>
  actAcross(actor, {}, 'unit.change', async ({ trx, by }) => {
    const current = await findUnit(trx, unitId)
    if (!current) throw new Problem('not-found')
    requireMatch(ifMatch, unitView(current).etag)
    if (name !== undefined && name !== current.name && (await findUnitByName(trx, name)))
      throw new Problem('unit-name-taken')
    if (
      parentId !== undefined &&
      parentId !== current.parentId &&
      scopeOf(by.role, 'unit.move') === undefined
    )
      throw new Problem('forbidden')
    if (parentId) {
      const all = await listUnits(trx)
      if (!all.some(({ id }) => id === parentId)) throw new Problem('unknown-unit')
      if (unitsBelow(all, current.id).some(({ id }) => id === parentId)) throw new Problem('unit-cycle')
    }
    const change = {
      name: name ?? current.name,
      kind: kind ?? current.kind,
      parentId: parentId === undefined ? current.parentId : parentId,
      position: position ?? current.position,
    }
    const changed = await updateUnit(trx, current.id, change)
    const { name: was, kind: wasKind, parentId: wasBelow, position: wasAt } = current
    const before = { name: was, kind: wasKind, parentId: wasBelow, position: wasAt }
    return done(unitView(changed ?? current), { subject: current.id, detail: changeOf(before, change) })
  })
