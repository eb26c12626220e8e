import type { Source } from '../../db/source.ts'
import { monitorKindsIn } from '../../db/suspicions.ts'
import { scopeOf, type Scope } from './permissions.ts'
import type { Account } from './session.ts'
import { unitsBelow } from './unit-tree.ts'
import { kindsProvidedBy, type Visible } from './visibility.ts'

/** The monitor of annual reports 年度报告, as its suspicions name it. */
export const reportMonitor = 'report'

/**
 * Of which monitors the account sees what they suspect: the office and leaders of all, an agency of those whose suspicions belong under a kind that
 * it provides, a unit of none.
 */
export async function monitorReach(
  db: Source,
  visible: Visible,
  account: Account,
  scope: Scope,
): Promise<(monitor: string) => boolean> {
  if (scope === 'all' || scope === 'assessing-unit') return () => true
  if (scope !== 'own-kinds') return () => false
  const kinds = await monitorKindsIn(db, visible.assessment.id)
  const own = new Set(kindsProvidedBy(visible, account).map(({ key }) => key))
  return (monitor) => own.has(kinds.get(monitor) ?? '')
}

/** Whose annual reports the account may read: who sees what the monitor suspects every unit's, a unit its own and those of the units below it. */
export async function reportReach(
  db: Source,
  visible: Visible,
  account: Account,
): Promise<(unitId: string) => boolean> {
  const scope = scopeOf(account.role, 'report.read')
  if (scope === undefined) return () => false
  if (scope === 'own-unit') {
    const below = new Set(unitsBelow(visible.units, account.unit?.id ?? '').map(({ id }) => id))
    return (unitId) => below.has(unitId)
  }
  const reached = (await monitorReach(db, visible, account, scope))(reportMonitor)
  return () => reached
}
