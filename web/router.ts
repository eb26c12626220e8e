// Long, since it is one list: a page a paragraph.
import {
  Aim,
  Calendar,
  Checked,
  ChatLineSquare,
  CircleCheck,
  Collection,
  DataAnalysis,
  DataBoard,
  Document,
  EditPen,
  Files,
  Finished,
  Histogram,
  HomeFilled,
  List,
  Lock,
  Memo,
  Message,
  Monitor,
  Notebook,
  Odometer,
  OfficeBuilding,
  Promotion,
  Stamp,
  Reading,
  Search,
  Sunny,
  Tickets,
  Upload,
  User,
  View,
} from '@element-plus/icons-vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import './page-meta.ts'

/** The one registry of pages: addresses, titles, permissions, and from `nav`, in this order, the navigation. */
export const routes: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'landing',
    component: () => import('./pages/StartPage.vue'),
    meta: { title: 'nav.start' },
  },
  {
    path: '/assessments/:assessmentId/cockpit',
    name: 'cockpit',
    component: () => import('./pages/CockpitPage.vue'),
    meta: {
      title: 'nav.cockpit',
      paper: 'landscape',
      permission: 'insight.read',
      nav: [
        { section: 'top', icon: DataAnalysis, audience: ['leader'], isOfResults: true },
        { section: 'assessment', icon: DataAnalysis, audience: ['office'] },
      ],
    },
  },
  {
    path: '/assessments/:assessmentId/overview',
    name: 'overview',
    component: () => import('./pages/OverviewPage.vue'),
    meta: {
      title: 'nav.overview',
      permission: 'overview.read',
      nav: [{ section: 'top', icon: DataBoard, audience: ['office', 'leader'] }],
    },
  },
  {
    path: '/assessments/:assessmentId/home',
    name: 'home',
    component: () => import('./pages/HomePage.vue'),
    meta: {
      title: 'nav.home',
      permission: 'scorecard.read',
      nav: [{ section: 'top', icon: HomeFilled, audience: ['own-unit'] }],
    },
  },
  {
    path: '/inbox',
    name: 'inbox',
    component: () => import('./pages/InboxPage.vue'),
    meta: {
      title: 'nav.inbox',
      permission: 'inbox.read',
      nav: [{ section: 'top', icon: CircleCheck, audience: ['own-unit', 'agency', 'office'] }],
    },
  },
  {
    path: '/assessments/:assessmentId/record',
    name: 'record',
    component: () => import('./pages/RecordFindingPage.vue'),
    meta: {
      title: 'nav.record',
      permission: 'finding.record',
      nav: [{ section: 'top', icon: EditPen, audience: ['agency'] }],
    },
  },
  {
    path: '/assessments/:assessmentId/ranking',
    name: 'ranking',
    component: () => import('./pages/RankingPage.vue'),
    meta: {
      title: 'nav.ranking',
      paper: 'landscape',
      permission: 'standings.read',
      nav: [
        { section: 'assessment', icon: Histogram, audience: ['office', 'leader'] },
        { section: 'assessment', icon: Histogram, audience: ['own-unit'], whenPublished: true },
      ],
    },
  },
  {
    path: '/assessments/:assessmentId/units/:unitId',
    name: 'scorecard',
    component: () => import('./pages/ScorecardPage.vue'),
    meta: {
      title: 'nav.scorecard',
      permission: 'scorecard.read',
      nav: [{ section: 'mine', icon: Notebook, audience: ['own-unit'] }],
    },
  },
  {
    path: '/assessments/:assessmentId/deductions',
    name: 'deductions',
    component: () => import('./pages/MyDeductionsPage.vue'),
    meta: {
      title: 'nav.ownFindings',
      permission: 'deduction.read',
      nav: [{ section: 'mine', icon: Document, audience: ['own-unit'] }],
    },
  },
  {
    path: '/assessments/:assessmentId/ledger',
    name: 'ledger',
    component: () => import('./pages/LedgerPage.vue'),
    meta: {
      title: 'nav.ledger',
      paper: 'landscape',
      permission: 'finding.read',
      nav: [{ section: 'assessment', icon: Tickets, audience: ['office', 'agency', 'leader'] }],
    },
  },
  {
    path: '/assessments/:assessmentId/rectification',
    name: 'rectification',
    component: () => import('./pages/RectificationPage.vue'),
    meta: {
      title: 'nav.rectification',
      paper: 'landscape',
      permission: 'due.read',
      nav: [{ section: 'assessment', icon: Finished, audience: ['agency'] }],
    },
  },
  {
    path: '/assessments/:assessmentId/self',
    name: 'self',
    component: () => import('./pages/SelfAssessmentPage.vue'),
    meta: {
      title: 'nav.self',
      paper: 'landscape',
      permission: 'self.read',
      nav: [
        { section: 'mine', icon: List, audience: ['own-unit'] },
        { section: 'assessment', icon: List, audience: ['office'] },
      ],
    },
  },
  {
    path: '/assessments/:assessmentId/verification',
    name: 'verification',
    component: () => import('./pages/VerificationPage.vue'),
    meta: {
      title: 'nav.verification',
      paper: 'landscape',
      permission: 'mark.verify',
      nav: [{ section: 'assessment', icon: Checked, audience: ['agency', 'office'] }],
    },
  },
  {
    path: '/assessments/:assessmentId/third-party',
    name: 'third-party',
    component: () => import('./pages/ThirdPartyPage.vue'),
    meta: {
      title: 'nav.thirdParty',
      permission: 'commission.read',
      nav: [{ section: 'assessment', icon: Stamp, audience: ['office'] }],
    },
  },
  {
    path: '/assessments/:assessmentId/appeals',
    name: 'appeals',
    component: () => import('./pages/AppealsPage.vue'),
    meta: {
      title: 'nav.appeals',
      permission: 'appeal.read',
      nav: [
        { section: 'mine', icon: ChatLineSquare, audience: ['own-unit'] },
        { section: 'assessment', icon: ChatLineSquare, audience: ['office'] },
      ],
    },
  },
  {
    path: '/assessments/:assessmentId/suspicions',
    name: 'suspicions',
    component: () => import('./pages/SuspicionsPage.vue'),
    meta: {
      title: 'nav.suspicions',
      paper: 'landscape',
      permission: 'suspicion.read',
      nav: [{ section: 'assessment', icon: Search, audience: ['office', 'agency', 'leader'] }],
    },
  },
  {
    path: '/assessments/:assessmentId/reports',
    name: 'reports',
    component: () => import('./pages/ReportsPage.vue'),
    meta: {
      title: 'nav.reports',
      paper: 'landscape',
      permission: 'report.read',
      nav: [
        { section: 'mine', icon: Memo, audience: ['own-unit'] },
        { section: 'assessment', icon: Memo, audience: ['office', 'agency', 'leader'] },
      ],
    },
  },
  {
    path: '/assessments/:assessmentId/reports/:reportId',
    name: 'report',
    component: () => import('./pages/ReportPage.vue'),
    meta: { title: 'nav.report', permission: 'report.read' },
  },
  {
    path: '/assessments/:assessmentId/publications',
    name: 'publication',
    component: () => import('./pages/PublicationPage.vue'),
    meta: {
      title: 'nav.publication',
      permission: 'publication.check',
      nav: [
        { section: 'assessment', icon: Promotion, audience: ['office'] },
        { section: 'assessment', icon: Promotion, title: 'nav.approval', audience: ['leader'] },
      ],
    },
  },
  {
    path: '/assessments/:assessmentId/circular',
    name: 'circular',
    component: () => import('./pages/CircularPage.vue'),
    meta: {
      title: 'nav.circular',
      permission: 'circular.read',
      nav: [
        { section: 'mine', icon: Reading, audience: ['own-unit'] },
        { section: 'assessment', icon: Reading, audience: ['office', 'leader'] },
      ],
    },
  },
  {
    path: '/assessments/:assessmentId/compare',
    name: 'compare',
    component: () => import('./pages/ComparePage.vue'),
    meta: { title: 'nav.compare', permission: 'insight.read' },
  },
  {
    path: '/assessments/:assessmentId/simulation',
    name: 'simulation',
    component: () => import('./pages/SimulationPage.vue'),
    meta: {
      title: 'nav.simulation',
      permission: 'simulation.read',
      nav: [{ section: 'assessment', icon: Aim, audience: ['office', 'leader'] }],
    },
  },
  {
    path: '/assessments/:assessmentId/wall-links',
    name: 'wall-links',
    component: () => import('./pages/WallLinksPage.vue'),
    meta: {
      title: 'nav.wallLinks',
      permission: 'wall.link',
      nav: [{ section: 'assessment', icon: Monitor, audience: ['office', 'leader'] }],
    },
  },
  {
    path: '/wall/:token',
    name: 'wall',
    component: () => import('./pages/WallPage.vue'),
    meta: { title: 'nav.wall', open: true, plain: true },
  },
  {
    path: '/schemes',
    name: 'schemes',
    component: () => import('./pages/SchemesPage.vue'),
    meta: {
      title: 'nav.schemes',
      permission: 'scheme.read',
      nav: [{ section: 'settings', icon: Files }],
    },
  },
  {
    path: '/schemes/:schemeId',
    name: 'scheme',
    component: () => import('./pages/SchemePage.vue'),
    meta: { title: 'nav.schemes', permission: 'scheme.read' },
  },
  {
    path: '/assessments/:assessmentId/course',
    name: 'course',
    component: () => import('./pages/CoursePage.vue'),
    meta: {
      title: 'nav.course',
      permission: 'assessment.read',
      nav: [{ section: 'settings', icon: Calendar }],
    },
  },
  {
    path: '/assessments/:assessmentId/participants',
    name: 'participants',
    component: () => import('./pages/ParticipantsPage.vue'),
    meta: {
      title: 'nav.participants',
      permission: 'participant.read',
      nav: [{ section: 'settings', icon: Collection }],
    },
  },
  {
    path: '/new-year',
    name: 'new-year',
    component: () => import('./pages/NewYearPage.vue'),
    meta: { title: 'nav.newYear', permission: 'assessment.stage' },
  },
  {
    path: '/assessments/:assessmentId/exchange',
    name: 'exchange',
    component: () => import('./pages/ImportPage.vue'),
    meta: {
      title: 'nav.exchange',
      permission: 'workbook.import',
      nav: [{ section: 'settings', icon: Upload }],
    },
  },
  {
    path: '/units',
    name: 'units',
    component: () => import('./pages/UnitsPage.vue'),
    meta: {
      title: 'nav.units',
      permission: 'unit.write',
      nav: [{ section: 'settings', icon: OfficeBuilding }],
    },
  },
  {
    path: '/holidays',
    name: 'holidays',
    component: () => import('./pages/HolidaysPage.vue'),
    meta: {
      title: 'nav.holidays',
      permission: 'holiday.write',
      nav: [{ section: 'settings', icon: Sunny }],
    },
  },
  {
    path: '/accounts',
    name: 'accounts',
    component: () => import('./pages/AccountsPage.vue'),
    meta: { title: 'nav.accounts', permission: 'account.read', nav: [{ section: 'settings', icon: User }] },
  },
  {
    path: '/accounts/list',
    name: 'account-list',
    component: () => import('./pages/AccountListPage.vue'),
    meta: { title: 'nav.accountList', permission: 'account.read' },
  },
  {
    path: '/slips',
    name: 'slips',
    component: () => import('./pages/SlipsPage.vue'),
    meta: { title: 'nav.slips', permission: 'account.grant' },
  },
  {
    path: '/sign-in-settings',
    name: 'sign-in-settings',
    component: () => import('./pages/SignInSettingsPage.vue'),
    meta: {
      title: 'nav.signInSettings',
      permission: 'sign-in.settings',
      nav: [{ section: 'settings', icon: Lock }],
    },
  },
  {
    path: '/mail',
    name: 'mail',
    component: () => import('./pages/MailPage.vue'),
    meta: { title: 'nav.mail', permission: 'mail.settings', nav: [{ section: 'settings', icon: Message }] },
  },
  {
    path: '/operation',
    name: 'operation',
    component: () => import('./pages/OperationPage.vue'),
    meta: {
      title: 'nav.operation',
      permission: 'backup.read',
      nav: [{ section: 'settings', icon: Odometer }],
    },
  },
  {
    path: '/audit',
    name: 'audit',
    component: () => import('./pages/AuditPage.vue'),
    meta: {
      title: 'nav.audit',
      paper: 'landscape',
      permission: 'audit.read',
      nav: [{ section: 'top', icon: View }],
    },
  },
  {
    path: '/start',
    name: 'start',
    component: () => import('./pages/StartPage.vue'),
    meta: { title: 'nav.start' },
  },
  {
    path: '/me',
    name: 'profile',
    component: () => import('./pages/ProfilePage.vue'),
    meta: { title: 'nav.profile' },
  },
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('./pages/SignInPage.vue'),
    meta: { title: 'nav.signIn', open: true, plain: true },
  },
  {
    path: '/setup',
    name: 'setup',
    component: () => import('./pages/SetupPage.vue'),
    meta: { title: 'nav.setup', open: true, plain: true },
  },
  {
    path: '/password',
    name: 'password',
    component: () => import('./pages/ChangePasswordPage.vue'),
    meta: { title: 'nav.password', plain: true },
  },
  {
    path: '/second-factor',
    name: 'second-factor',
    component: () => import('./pages/SecondFactorPage.vue'),
    meta: { title: 'nav.secondFactor', plain: true },
  },
  {
    path: '/sessions',
    name: 'sessions',
    component: () => import('./pages/SessionsPage.vue'),
    meta: { title: 'nav.sessions' },
  },
  {
    path: '/forbidden',
    name: 'forbidden',
    component: () => import('./pages/ForbiddenPage.vue'),
    meta: { title: 'nav.forbidden' },
  },
  {
    path: '/:path(.*)*',
    name: 'not-found',
    component: () => import('./pages/NotFoundPage.vue'),
    meta: { title: 'nav.notFound' },
  },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
})
