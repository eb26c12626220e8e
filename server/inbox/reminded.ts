import type { Reminded } from '../../db/reminders.ts'
import type { Account } from '../access/session.ts'

/** An account as its session would know it. */
export const accountOf = (row: Reminded): Account => ({
  id: row.id,
  username: row.username,
  name: row.name,
  role: row.role,
  unit: row.unitId === null ? null : { id: row.unitId, name: row.unitName ?? '' },
  mustChangePassword: false,
})
