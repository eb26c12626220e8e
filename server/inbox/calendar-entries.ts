import { dueDay } from '#assessment/score/due-day'
import { appealUntil, nextSteps } from '#assessment/score/finding-course'
import { numberAtPlace } from '#assessment/score/finding-number'
import { statusMeaning } from '#assessment/score/scorecard'
import { kindsOf, ruleDay, verifiedComponents, handInDay } from '#assessment/rule/scheme'
import { scopeOf } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import {
  chargingIn,
  isOver,
  kindsProvidedBy,
  visibleAssessments,
  type Visible,
} from '../access/visibility.ts'
import type { CalendarEntry } from '../exchange/calendar/calendar.ts'
import type { Language } from '#assessment/language'
import type { AssessedOn } from '../assessed.ts'
import { ledgerFor } from '../finding/ledger.ts'
import type { LedgerLine } from '../finding/wire.ts'
import type { AppEnv } from '../http/context.ts'
import { todayBy } from '../today.ts'

const words: Readonly<Record<Language, Record<'deadline' | 'appeal' | 'window', (what: string) => string>>> =
  {
    'zh-CN': {
      deadline: (what) => `整改期限：${what}`,
      appeal: (what) => `申诉截止：${what}`,
      window: (what) => `${what}报送截止`,
    },
    en: {
      deadline: (what) => `Rectify by today: ${what}`,
      appeal: (what) => `Last day to appeal: ${what}`,
      window: (what) => `${what} due`,
    },
  }

/** The findings that an account has to do with: its unit's own, or those of the kinds it provides; nobody follows all of them. */
function ownLines(on: AssessedOn, visible: Visible, account: Account): LedgerLine[] {
  const scope = scopeOf(account.role, 'finding.read')
  if (scope === undefined || account.role === 'leader') return []
  const lines = ledgerFor(on, visible, account, scope)
  if (scope === 'own-unit') return lines
  const own = new Set(kindsProvidedBy(visible, account).map(({ key }) => key))
  return lines.filter(({ kind }) => own.has(kind))
}

/** What is due for an account in an assessment: its milestones, deadlines of open findings, and last days to appeal. */
function calendarEntries(
  on: AssessedOn,
  visible: Visible,
  account: Account,
  language: Language,
): CalendarEntry[] {
  const { assessment, scheme } = visible
  const say = words[language]
  const description = assessment.name
  const isOwn = scopeOf(account.role, 'assessment.read') === 'own-unit' && account.unit !== null
  const unitId = isOwn && account.unit ? chargingIn(visible).nearest(account.unit.id) : null
  const fixed = [
    ...scheme.milestones.map(({ key, name, due }) => ({ key, name, on: ruleDay(assessment.year, due) })),
    ...verifiedComponents(scheme).flatMap((component) =>
      component.windows.map((window) => ({
        key: `${component.key}-${window.key}`,
        name: say.window(`${component.name} ${window.name}`),
        on: dueDay(
          { component: component.key, key: window.key, dueOn: handInDay(window, assessment.year) },
          unitId,
          on.facts.extensions ?? [],
          on.assessed.asOf,
        ),
      })),
    ),
  ].map(({ key, name, on }) => ({
    uid: `${assessment.id}-${key}@zhengheng`,
    on,
    summary: name,
    description,
  }))

  const kinds = kindsOf(on.scheme)
  const findings = new Map(on.facts.findings.map((finding) => [finding.id, finding]))
  const own = ownLines(on, visible, account).flatMap((line): CalendarEntry[] => {
    const finding = findings.get(line.findingId)
    if (!finding) return []
    const what = `${line.unit} ${numberAtPlace(line)} ${line.what}`
    const deadline =
      line.deadline !== null && statusMeaning[line.status].undecided
        ? [
            {
              uid: `${line.findingId}-deadline@zhengheng`,
              on: line.deadline,
              summary: say.deadline(what),
              description,
            },
          ]
        : []
    const until = appealUntil(finding, on.calendar, scheme.appealWithin)
    const mayAppeal =
      account.role === 'head' &&
      line.movedOn === null &&
      line.chargedUnitId === account.unit?.id &&
      nextSteps(finding, kinds, on.assessed.asOf, on.calendar, scheme.appealWithin).includes('appealed')
    return mayAppeal && until !== null
      ? [
          ...deadline,
          { uid: `${line.findingId}-appeal@zhengheng`, on: until, summary: say.appeal(what), description },
        ]
      : deadline
  })
  return [...fixed, ...own].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

/** What is due for an account in every running assessment that it may see. */
export async function calendarOfAccount(
  { deps, assessed, language }: AppEnv['Variables'],
  account: Account,
): Promise<CalendarEntry[]> {
  const scope = scopeOf(account.role, 'assessment.read')
  if (scope === undefined) return []
  const entries: CalendarEntry[] = []
  for (const visible of await visibleAssessments(deps.db, account, scope)) {
    if (isOver(visible.assessment)) continue
    const on = await assessed.on(visible.assessment.id, todayBy(deps))
    entries.push(...calendarEntries(on, visible, account, language))
  }
  return entries
}
