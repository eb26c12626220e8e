import type { Backup } from '../../api/operation.ts'
import { t } from '../../i18n.ts'
import { momentInProse } from '../../locales/format.ts'

/** What is wrong with the backups, in one sentence; empty while nothing is. */
export function backupComplaint({ last, isOverdue, overdueAfter }: Backup): string {
  if (!isOverdue) return ''
  return last === null
    ? t('operation.backup.none')
    : t('operation.backup.old', { at: momentInProse(last.at), hours: overdueAfter })
}
