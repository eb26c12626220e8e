import { stageMeaning } from '#assessment/vocabulary'
import { t } from '../../i18n.ts'
import { named } from '../../scheme-names.ts'
import { dayInProse } from '../../locales/format.ts'
import type { Course } from '../../api/year.ts'

/** The stage, what is behind, and what comes next, in one sentence. */
export function courseSentence(course: Course, own: boolean): string {
  const stage = t('year.now', { stage: t(`vocabulary.stage.${course.stage}`) })
  const overdue = course.windows.reduce((sum, { overdue }) => sum + overdue, 0)
  const behind =
    !stageMeaning[course.stage].running || overdue === 0
      ? ''
      : own
        ? t('year.ownOverdue')
        : t('year.overdue', { n: overdue })
  const next = [
    ...course.milestones.map(({ name, on }) => ({ name: named(name), on })),
    ...course.windows.map(({ componentName, name, dueOn }) => ({
      name: t('year.windowDue', { component: named(componentName), window: named(name) }),
      on: dueOn,
    })),
  ]
    .filter(({ on }) => on >= course.today)
    .sort((a, b) => (a.on < b.on ? -1 : 1))[0]
  return stage + behind + (next ? t('year.next', { name: next.name, day: dayInProse(next.on) }) : '')
}
