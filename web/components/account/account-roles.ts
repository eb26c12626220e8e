import type { Role } from '../../stores/session.ts'

/** Whether an account of the role belongs to a unit; in the order in which the form offers the roles. */
export const belongsToUnit: Record<Role, boolean> = {
  office: true,
  agency: true,
  editor: true,
  head: true,
  leader: true,
  system: false,
  security: false,
  audit: false,
}

export const accountRoles = (): Role[] => Object.keys(belongsToUnit) as Role[]
