import { t } from '../../i18n.ts'

/** Working days left in words; negative is overdue. */
export function daysWords(left: number): string {
  if (left < 0) return t('states.daysOverdue', { n: -left })
  return left === 0 ? t('states.dueToday') : t('states.daysLeft', { n: left })
}
