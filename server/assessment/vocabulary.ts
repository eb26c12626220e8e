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

/** What a stage means for the year as a whole; what may be done in each is `access/stage-rules.ts`'s. */
interface StageMeaning {
  /** Work goes on: units and agencies act. */
  readonly running: boolean
  /** The year's work is over: what may still be done is to correct it, by those whose office it is. */
  readonly over: boolean
  /** Results may be published: while they are being put together 汇总, and again once they are out. */
  readonly publishes: boolean
}
export const stageMeaning: Readonly<Record<Stage, StageMeaning>> = {
  draft: { running: false, over: false, publishes: false },
  open: { running: true, over: false, publishes: false },
  aggregating: { running: true, over: false, publishes: true },
  published: { running: false, over: true, publishes: true },
  archived: { running: false, over: true, publishes: false },
}

/** What an account may be (model §11). */
export const roles = ['office', 'agency', 'editor', 'head', 'leader', 'system', 'security', 'audit'] as const
export type Role = (typeof roles)[number]

/** The three administrators 三员: each does what the other two may not, and none can see or touch a score. */
export const administratorRoles = ['system', 'security', 'audit'] as const satisfies readonly Role[]
export type AdministratorRole = (typeof administratorRoles)[number]

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
