import { z } from 'zod'
import type { Day } from '#assessment/day'
import { currentWindow, formAreas, type FormArea, type FormLeaf } from '#assessment/score/self-assessment'
import type { VerifiedMarksComponent, Window } from '#assessment/rule/scheme'
import { dueDay } from '#assessment/score/due-day'
import type { WindowExtension } from '#assessment/score/facts'
import type { Source } from '../../db/source.ts'
import type { UnitWindowPlace } from '../../db/drafts.ts'
import { extensionsFrom, listExtensions } from '../../db/extensions.ts'
import type { WindowPlace } from '../../db/self-assessments.ts'
import type { WindowRow } from '../../db/tables.ts'
import { listWindows } from '../../db/windows.ts'
import { areasReached } from '../access/verifier-rights.ts'
import type { Viewer, Visible } from '../access/visibility.ts'
import { Problem } from '../http/problem.ts'
import { text } from '../http/wire.ts'

/** Which component and window; the first component of its kind and the window people work on when left out. */
export const placeQuery = z.object({ component: text(100).optional(), window: text(100).optional() })
export type PlaceQuery = z.infer<typeof placeQuery>
export const placeBody = z.object({ component: text(100), window: text(100) })

/** A window with its dates in this assessment: those of all units, or of one with its extensions. */
export interface DatedWindow extends Window {
  readonly dueOn: Day
  /** Null also while an extension runs. */
  readonly closedOn: Day | null
  /** 延期: the day was put off and has not passed. */
  readonly isPutOff: boolean
}

export interface WindowAt {
  readonly visible: Visible
  readonly component: VerifiedMarksComponent
  readonly windows: readonly DatedWindow[]
  readonly window: DatedWindow
  readonly place: WindowPlace
  /** The same window as it is for one unit, with what was granted to it. */
  readonly windowFor: (unitId: string) => DatedWindow
}

function putOff(
  window: DatedWindow,
  component: string,
  unitId: string | null,
  extensions: readonly WindowExtension[],
  today: Day,
): DatedWindow {
  const dueOn = dueDay({ component, key: window.key, dueOn: window.dueOn }, unitId, extensions, today)
  const isPutOff = dueOn > window.dueOn && dueOn >= today
  return { ...window, dueOn, closedOn: isPutOff ? null : window.closedOn, isPutOff }
}

/** Windows of a component in the order of the scheme, those that the assessment has. */
const dated = (component: VerifiedMarksComponent, rows: readonly WindowRow[]): DatedWindow[] =>
  component.windows.flatMap((window) => {
    const row = rows.find(({ component: of, key }) => of === component.key && key === window.key)
    return row === undefined ? [] : [{ ...window, dueOn: row.dueOn, closedOn: row.closedOn, isPutOff: false }]
  })

/** The window asked for. Throws `not-found` when the assessment has none such. */
export async function windowAt(
  db: Source,
  visible: Visible,
  asked: PlaceQuery,
  today: Day,
): Promise<WindowAt> {
  const components = visible.scheme.components.filter(({ method }) => method === 'verified-marks')
  const component = (
    asked.component === undefined ? components : components.filter(({ key }) => key === asked.component)
  )[0]
  if (component?.method !== 'verified-marks') throw new Problem('not-found')
  const extensions = extensionsFrom(await listExtensions(db, visible.assessment.id))
  const plain = dated(component, await listWindows(db, visible.assessment.id))
  const windows = plain.map((window) => putOff(window, component.key, null, extensions, today))
  const window =
    asked.window === undefined
      ? currentWindow(windows, today)
      : windows.find(({ key }) => key === asked.window)
  if (!window) throw new Problem('not-found')
  const place = { assessmentId: visible.assessment.id, component: component.key, windowKey: window.key }
  const windowFor = (unitId: string): DatedWindow => {
    const found = plain.find(({ key }) => key === window.key)
    return found ? putOff(found, component.key, unitId, extensions, today) : window
  }
  return { visible, component, windows, window, place, windowFor }
}

export interface UnitWindowAt extends WindowAt {
  readonly unit: { readonly id: string; readonly name: string }
  readonly group: string
  /** Those that the caller reaches. */
  readonly areas: readonly FormArea[]
  /** Whether these are all areas of the unit's form. */
  readonly isWhole: boolean
  readonly unitPlace: UnitWindowPlace
}

/** One unit's part of the window asked for. Throws `not-found` for a unit that takes no part or that the caller may not see. */
export async function unitWindowAt(
  db: Source,
  visible: Visible,
  { account, scope }: Pick<Viewer, 'account' | 'scope'>,
  unitId: string,
  asked: PlaceQuery,
  today: Day,
): Promise<UnitWindowAt> {
  const at = await windowAt(db, visible, asked, today)
  const { component, place } = at
  const participant = visible.participants.find((row) => row.unitId === unitId)
  const unit = visible.units.find(({ id }) => id === unitId)
  if (!participant || !unit) throw new Problem('not-found')
  const areas = areasReached(visible, account, scope)(component, unitId)
  if (areas === null) throw new Problem('not-found')
  return {
    ...at,
    window: at.windowFor(unitId),
    unit: { id: unit.id, name: unit.name },
    group: participant.groupName,
    areas,
    isWhole: areas.length === formAreas(component, participant.groupName).length,
    unitPlace: {
      assessmentId: place.assessmentId,
      component: place.component,
      windowKey: place.windowKey,
      unitId,
    },
  }
}

/** The leaf and its area in a unit's form. Throws `not-found` when it does not concern the unit. */
export function leafIn(
  areas: readonly FormArea[],
  key: string,
): { readonly leaf: FormLeaf; readonly area: FormArea } {
  for (const area of areas) {
    const leaf = area.leaves.find((one) => one.key === key)
    if (leaf) return { leaf, area }
  }
  throw new Problem('not-found')
}
