import type { Day } from '#assessment/day'
import { schemeProblemWords } from '#assessment/rule/scheme-problem-words'
import { placeNames } from '#assessment/rule/scheme-place'
import type { Scheme } from '#assessment/rule/scheme'
import { z } from 'zod'
import { listAccounts } from '../../db/accounts.ts'
import type { Source } from '../../db/source.ts'
import { loadCalendar } from '../../db/holidays.ts'
import { listWindows } from '../../db/windows.ts'
import type { Visible } from '../access/visibility.ts'
import type { Language } from '#assessment/language'
import { checkWords } from './checklist-words.ts'
import {
  checkCodes,
  openingChecklist,
  severities,
  targets,
  type CheckItem,
  type Preparation,
} from './opening-checklist.ts'

export const checkItemSchema = z
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

async function preparationOf(db: Source, visible: Visible, today: Day): Promise<Preparation> {
  const { assessment, scheme, participants, units } = visible
  const names = new Map(units.map(({ id, name }) => [id, name]))
  const commissions = await db
    .selectFrom('commissions')
    .select('component')
    .where('assessmentId', '=', assessment.id)
    .execute()
  return {
    scheme,
    year: assessment.year,
    today,
    office: names.get(assessment.unitId) ?? '',
    units: new Set(names.values()),
    participants: participants.map(({ unitId, groupName }) => ({
      unit: names.get(unitId) ?? '',
      group: groupName,
    })),
    accounts: (await listAccounts(db))
      .filter(({ disabledAt }) => disabledAt === null)
      .map(({ unitId, role }) => ({ unit: names.get(unitId ?? '') ?? null, role })),
    windows: (await listWindows(db, assessment.id)).map(({ component, key, dueOn }) => ({
      component,
      key,
      dueOn,
    })),
    announced: (await loadCalendar(db)).announced,
    commissioned: new Set(commissions.map(({ component }) => component)),
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
