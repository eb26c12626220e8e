import type { Role } from '../../db/tables.ts'

/** Everything that somebody may or may not do; each route names one. */
export const actions = [
  'unit.read',
  'unit.write',
  'account.read',
  'account.write',
  'account.reset',
  'scheme.read',
  'scheme.write',
  'assessment.read',
  'assessment.create',
  'assessment.delete',
  'standings.read',
  'scorecard.read',
  'finding.read',
  'finding.record',
  'finding.progress',
  'finding.extend',
  'finding.rectify',
  'finding.review',
  'finding.appeal',
  'finding.decide',
  'finding.reverse',
  'due.read',
  'deduction.read',
  'appeal.read',
  'appeal.count',
  'inbox.read',
  'evidence.read',
  'evidence.upload',
  'evidence.settings',
  'reminder.own',
  'mail.settings',
  'self.read',
  'self.fill',
  'self.submit',
  'self.return',
  'mark.read',
  'mark.verify',
  'overview.read',
  'simulation.read',
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
 * - `own-unit`: the account's unit, in assessments it is in; of a finding, the unit charged or the place where it occurred
 * - `charged-unit`: the account's unit where it is itself the one charged
 * - `published`: results of such assessments, once published
 */
const scopes = ['all', 'assessing-unit', 'own-kinds', 'own-unit', 'charged-unit', 'published'] as const
export type Scope = (typeof scopes)[number]

type Grants = Partial<Record<Action, Scope>>

const unitMember = {
  'unit.read': 'own-unit',
  'scheme.read': 'own-unit',
  'assessment.read': 'own-unit',
  'standings.read': 'published',
  'scorecard.read': 'own-unit',
  'finding.read': 'own-unit',
  'finding.progress': 'own-unit',
  'finding.rectify': 'own-unit',
  'due.read': 'own-unit',
  'deduction.read': 'own-unit',
  'appeal.read': 'own-unit',
  'inbox.read': 'own-unit',
  'evidence.read': 'own-unit',
  'evidence.upload': 'own-unit',
  'reminder.own': 'own-unit',
  'self.read': 'own-unit',
  'self.fill': 'own-unit',
} as const satisfies Grants

/** Who may do what (model §11). A role without an action may not do it. The three administrators can touch no score. */
const permissions: Readonly<Record<Role, Grants>> = {
  office: {
    'unit.read': 'all',
    'unit.write': 'all',
    'scheme.read': 'assessing-unit',
    'scheme.write': 'assessing-unit',
    'assessment.read': 'assessing-unit',
    'assessment.create': 'assessing-unit',
    'assessment.delete': 'assessing-unit',
    'standings.read': 'assessing-unit',
    'scorecard.read': 'assessing-unit',
    'finding.read': 'assessing-unit',
    'finding.record': 'own-kinds',
    'finding.progress': 'assessing-unit',
    'finding.extend': 'assessing-unit',
    'finding.review': 'own-kinds',
    'finding.decide': 'assessing-unit',
    'finding.reverse': 'assessing-unit',
    'due.read': 'assessing-unit',
    'appeal.read': 'assessing-unit',
    'appeal.count': 'assessing-unit',
    'inbox.read': 'assessing-unit',
    'overview.read': 'assessing-unit',
    'simulation.read': 'assessing-unit',
    'workbook.import': 'assessing-unit',
    'workbook.export': 'assessing-unit',
    'workbook.template': 'all',
    'demo.fill': 'all',
    'evidence.read': 'assessing-unit',
    'evidence.upload': 'assessing-unit',
    'reminder.own': 'assessing-unit',
    'self.read': 'assessing-unit',
    'self.return': 'assessing-unit',
    'mark.read': 'assessing-unit',
    'mark.verify': 'own-kinds',
  },
  agency: {
    'unit.read': 'all',
    'scheme.read': 'own-kinds',
    'assessment.read': 'own-kinds',
    'finding.read': 'own-kinds',
    'finding.record': 'own-kinds',
    'finding.progress': 'own-kinds',
    'finding.extend': 'own-kinds',
    'finding.review': 'own-kinds',
    'finding.reverse': 'own-kinds',
    'due.read': 'own-kinds',
    'appeal.read': 'own-kinds',
    'inbox.read': 'own-kinds',
    'overview.read': 'own-kinds',
    'evidence.read': 'own-kinds',
    'evidence.upload': 'own-kinds',
    'reminder.own': 'own-kinds',
    'self.read': 'own-kinds',
    'self.return': 'own-kinds',
    'mark.read': 'own-kinds',
    'mark.verify': 'own-kinds',
  },
  editor: unitMember,
  head: { ...unitMember, 'finding.appeal': 'charged-unit', 'self.submit': 'own-unit' },
  leader: {
    'unit.read': 'all',
    'scheme.read': 'assessing-unit',
    'assessment.read': 'assessing-unit',
    'standings.read': 'assessing-unit',
    'scorecard.read': 'assessing-unit',
    'finding.read': 'assessing-unit',
    'due.read': 'assessing-unit',
    'appeal.read': 'assessing-unit',
    'appeal.count': 'assessing-unit',
    'inbox.read': 'assessing-unit',
    'overview.read': 'assessing-unit',
    'simulation.read': 'assessing-unit',
    'workbook.export': 'assessing-unit',
    'evidence.read': 'assessing-unit',
    'reminder.own': 'assessing-unit',
    'self.read': 'assessing-unit',
    'mark.read': 'assessing-unit',
  },
  system: {
    'unit.read': 'all',
    'unit.write': 'all',
    'account.read': 'all',
    'account.write': 'all',
    'account.reset': 'all',
    'evidence.settings': 'all',
    'mail.settings': 'all',
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
