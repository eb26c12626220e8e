import type { Role } from '../../db/tables.ts'

/** Everything that somebody may or may not do; each route names one. */
export const actions = [
  'unit.read',
  'unit.write',
  'account.read',
  'account.write',
  'account.reset',
  'scheme.read',
  'assessment.read',
  'assessment.create',
  'assessment.delete',
  'standings.read',
  'scorecard.read',
  'finding.read',
  'finding.record',
  'overview.read',
  'workbook.import',
  'workbook.export',
  'workbook.template',
  'demo.fill',
] as const
export type Action = (typeof actions)[number]

/**
 * How far a permission reaches.
 * - `all`: everything
 * - `assessing-unit`: assessments that the account's unit carries out 考核主体
 * - `own-kinds`: deduction kinds and areas that the account's unit provides 提供单位、责任单位
 * - `own-unit`: the account's unit, in assessments it is in
 * - `published`: results of such assessments, once published
 */
export const scopes = ['all', 'assessing-unit', 'own-kinds', 'own-unit', 'published'] as const
export type Scope = (typeof scopes)[number]

type Grants = Partial<Record<Action, Scope>>

const unitMember = {
  'unit.read': 'own-unit',
  'assessment.read': 'own-unit',
  'standings.read': 'published',
  'scorecard.read': 'own-unit',
  'finding.read': 'own-unit',
} as const satisfies Grants

/** Who may do what (model §11). A role without an action may not do it. The three administrators can touch no score. */
export const permissions: Readonly<Record<Role, Grants>> = {
  office: {
    'unit.read': 'all',
    'unit.write': 'all',
    'scheme.read': 'all',
    'assessment.read': 'assessing-unit',
    'assessment.create': 'assessing-unit',
    'assessment.delete': 'assessing-unit',
    'standings.read': 'assessing-unit',
    'scorecard.read': 'assessing-unit',
    'finding.read': 'assessing-unit',
    'finding.record': 'own-kinds',
    'overview.read': 'assessing-unit',
    'workbook.import': 'assessing-unit',
    'workbook.export': 'assessing-unit',
    'workbook.template': 'all',
    'demo.fill': 'all',
  },
  agency: {
    'unit.read': 'all',
    'assessment.read': 'own-kinds',
    'finding.read': 'own-kinds',
    'finding.record': 'own-kinds',
    'overview.read': 'own-kinds',
  },
  editor: unitMember,
  head: unitMember,
  leader: {
    'unit.read': 'all',
    'scheme.read': 'all',
    'assessment.read': 'assessing-unit',
    'standings.read': 'assessing-unit',
    'scorecard.read': 'assessing-unit',
    'finding.read': 'assessing-unit',
    'overview.read': 'assessing-unit',
    'workbook.export': 'assessing-unit',
  },
  system: {
    'unit.read': 'all',
    'unit.write': 'all',
    'account.read': 'all',
    'account.write': 'all',
    'account.reset': 'all',
  },
  security: { 'account.read': 'all', 'account.reset': 'all' },
  audit: {},
}

/** How far the role's permission reaches; undefined = not permitted. */
export const scopeOf = (role: Role, action: Action): Scope | undefined => permissions[role][action]

/** The actions of a role, for the pages. */
export const actionsOf = (role: Role): Action[] =>
  actions.filter((action) => permissions[role][action] !== undefined)

/** Whether accounts of the role belong to a unit; the three administrators and nobody else do without. */
export const needsUnit: Readonly<Record<Role, boolean>> = {
  office: true,
  agency: true,
  editor: true,
  head: true,
  leader: true,
  system: false,
  security: false,
  audit: false,
}
