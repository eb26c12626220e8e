import type { Language } from '#assessment/language'
import { handInDay, ruleDay, verifiedComponents, type Scheme } from '#assessment/rule/scheme'
import type { Day } from '#assessment/day'
import { addWorkingDays } from '#assessment/working-days'
import type { Source } from '../../db/source.ts'
import { scopeOf } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { areasReached } from '../access/verifier-rights.ts'
import type { Visible } from '../access/visibility.ts'
import type { AssessedOn } from '../assessed.ts'
import { unitWindowAt } from '../self-assessment/place.ts'
import { signOffIn } from '../self-assessment/sign-off.ts'
import { queueOn } from '../self-assessment/queue-view.ts'
import { standingIn, stepsOf } from '../self-assessment/state.ts'
import { verificationDesk } from '../self-assessment/verification-desk.ts'
import { unitWindows } from '../year/unit-windows.ts'
import { itemIn, type InboxItem } from './item.ts'

/** A form not handed in waits from so many working days before its day. */
const dueWithin = 10

const words: Readonly<Record<Language, { waiting: (n: number) => string; units: (n: number) => string }>> = {
  'zh-CN': { waiting: (n) => `${n} 项待核查`, units: (n) => `${n} 个单位` },
  en: {
    waiting: (n) => (n === 1 ? 'one indicator to verify' : `${n} indicators to verify`),
    units: (n) => `${n} units`,
  },
}
const between: Readonly<Record<Language, string>> = { 'zh-CN': '：', en: ': ' }

/** A part and one of its windows, in a language that the scheme has words for. */
const placeName = (
  { english }: Pick<Scheme, 'english'>,
  names: readonly [part: string, window: string],
  language: Language,
): string => names.map((name) => (language === 'en' ? (english[name] ?? name) : name)).join(' ')

/** The forms that the account's unit has yet to hand in, by the day it was granted, those sent back to it, and for the head those to look at. */
export async function formTasks(
  db: Source,
  on: AssessedOn,
  visible: Visible,
  account: Account,
  language: Language,
): Promise<InboxItem[]> {
  const unitId = account.unit?.id
  const scope = scopeOf(account.role, 'self.fill')
  if (scope === undefined || unitId === undefined) return []
  if (!visible.participants.some((row) => row.unitId === unitId)) return []
  const handsIn = scopeOf(account.role, 'self.submit') !== undefined
  const today = on.assessed.asOf
  const items: InboxItem[] = []
  for (const component of verifiedComponents(visible.scheme))
    for (const { key, name } of component.windows) {
      const asked = { component: component.key, window: key }
      const at = await unitWindowAt(db, visible, { account, scope }, unitId, asked, today)
      const standing = await standingIn(db, at.place, unitId)
      const signOff = await signOffIn(db, at, standing)
      const isAsked = signOff?.type === 'asked'
      // What waits for the head is not for who asked to do.
      if (isAsked && !handsIn) continue
      const isReturned = standing.state === 'returned' || (signOff?.type === 'declined' && !handsIn)
      const isNear = at.window.dueOn <= addWorkingDays(on.calendar, today, dueWithin)
      if (!stepsOf(standing, at).includes('fill') || !(isReturned || isAsked || isNear)) continue
      items.push(
        itemIn(
          visible,
          { today, calendar: on.calendar },
          {
            type: isAsked ? 'sign-off' : isReturned ? 'fill-in-again' : 'fill-in',
            ...asked,
            what: placeName(visible.scheme, [component.name, name], language),
            unitId,
            unit: at.unit.name,
            on: at.window.dueOn,
          },
        ),
      )
    }
  return items
}

/** The day by which marks are verified: the scheme's first milestone after the day of handing in that is not such a day itself; null without one. */
function verifyBy({ scheme, assessment: { year } }: Visible, dueOn: Day): Day | null {
  const handedIn = new Set(
    verifiedComponents(scheme).flatMap(({ windows }) => windows.map((window) => handInDay(window, year))),
  )
  const days = scheme.milestones.map(({ due }) => ruleDay(year, due)).sort()
  return days.find((day) => day > dueOn && !handedIn.has(day)) ?? null
}

/** Windows in which something handed in waits for the account to verify it, one item each. */
export async function verifyTasks(
  db: Source,
  on: AssessedOn,
  visible: Visible,
  account: Account,
  language: Language,
): Promise<InboxItem[]> {
  if (scopeOf(account.role, 'mark.verify') === undefined) return []
  const today = on.assessed.asOf
  const reached = areasReached(visible, account, 'own-kinds')
  const waiting = new Set(
    unitWindows(on, visible.assessment.year, (component, unitId) => reached(component, unitId) !== null)
      .filter(({ submittedOn, hasMarks, verified }) => (submittedOn !== null || hasMarks) && !verified)
      .map(({ component, key }) => JSON.stringify([component.key, key])),
  )
  const items: InboxItem[] = []
  for (const component of verifiedComponents(visible.scheme))
    for (const window of component.windows) {
      if (!waiting.has(JSON.stringify([component.key, window.key]))) continue
      const asked = { component: component.key, window: window.key }
      const desk = await verificationDesk(db, visible, account, asked, today)
      const queue = await queueOn(db, desk)
      const units = queue.units.filter((unit) => unit.waiting > 0)
      const [first] = units
      if (!first) continue
      items.push(
        itemIn(
          visible,
          { today, calendar: on.calendar },
          {
            type: 'verify',
            ...asked,
            what: [
              placeName(visible.scheme, [component.name, window.name], language),
              words[language].waiting(queue.waiting),
            ].join(between[language]),
            unitId: first.id,
            unit: units.length === 1 ? first.name : words[language].units(units.length),
            on: verifyBy(visible, desk.at.window.dueOn),
          },
        ),
      )
    }
  return items
}
