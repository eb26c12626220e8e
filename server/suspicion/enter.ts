import { newId } from '../../db/ids.ts'
import { insertSuspicions, suspicionKeys } from '../../db/suspicions.ts'
import { stamp, type DoingBeside } from '../act.ts'
import { keysOf, type Suspected, type Watched } from '../suspected.ts'

/** Enters what was never suspected before, also if that was dismissed; gives how many are new. */
export async function enterSuspicions(
  doing: DoingBeside,
  watched: Watched & { readonly recordId: string },
  suspected: readonly Suspected[],
): Promise<number> {
  const { trx, today, visible } = doing
  const known = await suspicionKeys(trx, visible.assessment.id)
  const keys = keysOf(watched, suspected)
  const { monitor, recordId, unitId } = watched
  const rows = suspected.flatMap(({ params, ...one }, index) => {
    const key = keys[index] ?? ''
    if (known.has(key)) return []
    return [
      {
        ...one,
        id: newId(),
        assessmentId: visible.assessment.id,
        monitor,
        unitId,
        recordId,
        params: JSON.stringify(params),
        key,
        onDay: today,
        ...stamp(doing),
      },
    ]
  })
  await insertSuspicions(trx, rows)
  return rows.length
}
