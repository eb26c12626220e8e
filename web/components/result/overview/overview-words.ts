import type { Standing } from '#assessment/score/scorecard'
import { workingDaysBetween, type WorkCalendar } from '#assessment/working-days'
import { t } from '../../../i18n.ts'
import { named } from '../../../scheme-names.ts'
import { dayInProse, weekdayOf } from '../../../locales/format.ts'
import type { Overview } from '../../../api/result.ts'

interface Shown {
  readonly standings: readonly Standing[]
  /** Whether they are those so far 截至目前. */
  readonly interim: boolean
  /** Whether results are out, so that no milestone is waited for. */
  readonly published: boolean
}

/** The state of the assessment in one sentence: the day, the next milestone, who has a score, what is open. */
export function overviewSentence(
  overview: Overview,
  { standings, interim, published }: Shown,
  calendar: WorkCalendar,
): string {
  const { asOf, milestones, findings } = overview
  const next = [...milestones].sort((a, b) => a.on.localeCompare(b.on)).find(({ on }) => on > asOf)
  const scored = standings.filter((row) => row.composite !== null).length
  const parts = [
    next && !published
      ? t('result.overview.untilNext', {
          name: named(next.name),
          day: dayInProse(next.on, false),
          n: workingDaysBetween(calendar, asOf, next.on),
        })
      : '',
    standings.length > 0
      ? scored === standings.length
        ? t(`result.overview.${interim ? 'allInterim' : 'allScored'}`, { n: standings.length })
        : t(`result.overview.${interim ? 'someInterim' : 'someScored'}`, {
            of: standings.length,
            scored,
            pending: standings.length - scored,
          })
      : '',
    t('result.overview.openFindings', { n: findings.open }),
  ]
  return (
    t('result.overview.today', { day: dayInProse(asOf), weekday: weekdayOf(asOf) }) +
    parts.filter(Boolean).join(t('result.overview.separator')) +
    t('result.overview.stop')
  )
}
