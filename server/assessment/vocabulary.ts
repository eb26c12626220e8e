/** What a unit is (model §2). */
export const unitKinds = [
  'city',
  'county',
  'zone',
  'department',
  'county-department',
  'township',
  'section',
  'school',
  'hospital',
  'agency',
] as const
export type UnitKind = (typeof unitKinds)[number]

/** What a year of assessment has come to. */
export const stages = ['draft', 'open', 'aggregating', 'published', 'archived'] as const
export type Stage = (typeof stages)[number]

/** What an account may be (model §11). */
export const roles = ['office', 'agency', 'editor', 'head', 'leader', 'system', 'security', 'audit'] as const
export type Role = (typeof roles)[number]

/** Whether an account of the role belongs to a unit; the three administrators (三员) belong to none. */
export const belongsToUnit: Readonly<Record<Role, boolean>> = {
  office: true,
  agency: true,
  editor: true,
  head: true,
  leader: true,
  system: false,
  security: false,
  audit: false,
}
