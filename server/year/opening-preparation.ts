import type { Day } from '#assessment/day'
import { schemeProblemWords } from '#assessment/rule/scheme-problem-words'
import { placeNames } from '#assessment/rule/scheme-place'
import type { Scheme } from '#assessment/rule/scheme'
import { formSize } from '#assessment/score/self-assessment'
import { z } from 'zod'
import { listAccounts, works } from '../../db/accounts.ts'
import { listCommissions } from '../../db/commissions.ts'
import type { Source } from '../../db/source.ts'
import { loadCalendar } from '../../db/holidays.ts'
import { listWindows } from '../../db/windows.ts'
import { withUnitNames } from '../scheme/stored.ts'
import { assessingUnit, presentName, unitNamesIn, type Visible } from '../access/visibility.ts'
import type { Language } from '#assessment/language'
import { versionTag } from './assessment-view.ts'
import { checkWords } from './checklist-words.ts'
import {
  checkCodes,
  isReady,
  openingChecklist,
  severities,
  targets,
  type CheckItem,
  type Preparation,
} from './opening-checklist.ts'

const checkItemSchema = z
  .object({
    code: z.enum(checkCodes),
    severity: z.enum(severities),
    message: z.string(),
    count: z.int(),
    /** The first places concerned, by name. */
    items: z.array(z.string()),
    /** What is wrong in the scheme, in the words of its editor. */
    problems: z.array(
      z.object({
        /** Where, as a path of the scheme and by the names on the way. */
        path: z.string(),
        place: z.string(),
        message: z.string(),
      }),
    ),
    target: z.enum(targets),
  })
  .meta({ id: 'OpeningItem' })
export const checklistSchema = z.object({
  ready: z.boolean(),
  version: z.string(),
  items: z.array(checkItemSchema),
  /** What a unit of each group fills in for a window, and uploads. */
  formSizes: z.array(
    z.object({ component: z.string(), group: z.string(), leaves: z.int(), uploads: z.int() }),
  ),
})

async function preparationOf(db: Source, visible: Visible, today: Day): Promise<Preparation> {
  const { assessment, participants } = visible
  const names = unitNamesIn(visible)
  // Whatever a unit is called by now, it is the one that the rule means.
  const scheme = withUnitNames(visible.scheme, (name) => presentName(visible, name))
  return {
    scheme,
    year: assessment.year,
    today,
    office: assessingUnit(visible).name,
    units: new Set(names.values()),
    participants: participants.map(({ unitId, groupName }) => ({
      unit: names.get(unitId) ?? '',
      group: groupName,
    })),
    accounts: (await listAccounts(db))
      .filter(works)
      .map(({ unitId, role }) => ({ unit: names.get(unitId ?? '') ?? null, role })),
    windows: (await listWindows(db, assessment.id)).map(({ component, key, dueOn }) => ({
      component,
      key,
      dueOn,
    })),
    announced: (await loadCalendar(db)).announced,
    commissioned: new Set((await listCommissions(db, assessment.id)).map(({ component }) => component)),
  }
}

/** What is missing, or worth saying, before an assessment opens. */
export const checklistOf = async (db: Source, visible: Visible, today: Day): Promise<CheckItem[]> =>
  openingChecklist(await preparationOf(db, visible, today))

export const checkItemView = (
  item: CheckItem,
  scheme: Scheme,
  language: Language,
): z.infer<typeof checkItemSchema> => ({
  code: item.code,
  severity: item.severity,
  message: checkWords(item, language),
  count: item.count,
  items: [...item.items],
  problems: [
    ...item.problems.map(({ path, code }) => ({ path, message: schemeProblemWords[code][language] })),
    ...item.paths.map((path, index) => ({
      path,
      message: item.code === 'group-unknown' ? (item.items[index] ?? '') : '',
    })),
  ].map(({ path, message }) => ({ path, place: placeNames(scheme, path).join(' › '), message })),
  target: item.target,
})

/** The checklist as the office reads it before it opens the year. */
export async function checklistView(
  db: Source,
  visible: Visible,
  today: Day,
  language: Language,
): Promise<z.infer<typeof checklistSchema>> {
  const items = await checklistOf(db, visible, today)
  const groups = [...new Set(visible.participants.map(({ groupName }) => groupName))]
  return {
    ready: isReady(items),
    version: versionTag(visible.assessment.version),
    items: items.map((item) => checkItemView(item, visible.scheme, language)),
    formSizes: visible.scheme.components.flatMap((component) =>
      component.method === 'verified-marks'
        ? groups.map((group) => ({ component: component.name, group, ...formSize(component, group) }))
        : [],
    ),
  }
}
