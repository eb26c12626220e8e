import { listAssessments } from '../../db/assessments.ts'
import type { Source } from '../../db/source.ts'
import { findScheme } from '../../db/schemes.ts'
import { listMarksInForce, type Mark, type WindowPlace } from '../../db/self-assessments.ts'
import type { WindowAt } from './place.ts'

/** The window before this one: of the same component in the same year, else the last of the year before. */
export interface PreviousWindow {
  readonly name: string
  readonly place: WindowPlace
}

export async function previousWindow(
  db: Source,
  { visible, component, windows, window, place }: WindowAt,
): Promise<PreviousWindow | null> {
  const before = windows[windows.findIndex(({ key }) => key === window.key) - 1]
  if (before) return { name: before.name, place: { ...place, windowKey: before.key } }
  const { assessment } = visible
  const years = await listAssessments(db, { unitId: assessment.unitId })
  const earlier = years.find(({ year }) => year < assessment.year)
  const scheme = earlier && (await findScheme(db, earlier.schemeId))?.scheme
  const same = scheme?.components.find(
    ({ key, method }) => key === component.key && method === component.method,
  )
  if (!earlier || same?.method !== 'verified-marks') return null
  const last = same.windows.at(-1)
  if (!last) return null
  return {
    name: `${earlier.year} ${last.name}`,
    place: { assessmentId: earlier.id, component: same.key, windowKey: last.key },
  }
}

/** The marks of units in the previous window, by unit and leaf; none when there is no such window. */
export async function previousMarks(
  db: Source,
  previous: PreviousWindow | null,
  which: { readonly unitIds: readonly string[]; readonly leaf?: string },
): Promise<(unitId: string, leaf: string) => Mark | null> {
  if (previous === null) return () => null
  const marks = new Map(
    (await listMarksInForce(db, { ...previous.place, ...which })).map((mark) => [
      JSON.stringify([mark.unitId, mark.leaf]),
      mark,
    ]),
  )
  return (unitId, leaf) => marks.get(JSON.stringify([unitId, leaf])) ?? null
}
