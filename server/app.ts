import { randomUUID } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { except } from 'hono/combine'
import { bounded } from '../db/bounded.ts'
import { originOf } from './access/caller-address.ts'
import { originAllowed } from './access/origin.ts'
import { passwordCost } from './access/password.ts'
import { createSecurityEvents } from './access/security-events.ts'
import { createSignInAttempts } from './access/sign-in-attempts.ts'
import { builtPlace } from './built.ts'
import type { Deps } from './deps.ts'
import { preferredLanguage } from './http/language.ts'
import { Problem, problemResponse } from './http/problem.ts'
import { isOurs, problemOf } from './http/problem-of.ts'
import { accounts } from './account/routes/accounts.ts'
import { contacts } from './account/routes/office-contacts.ts'
import { appeals } from './finding/routes/appeals.ts'
import { createAssessedCache } from './assessed.ts'
import { sharedJobs } from './jobs/jobs.ts'
import { queue } from './jobs/routes.ts'
import { assessments } from './year/routes/assessments.ts'
import { auth } from './account/routes/auth.ts'
import { ownSessionRoutes } from './account/routes/own-sessions.ts'
import { secondFactor } from './account/routes/second-factor.ts'
import { signInSettingsRoutes } from './account/routes/sign-in-settings.ts'
import { singleSignOn } from './account/routes/single-sign-on.ts'
import { calendar } from './inbox/routes/calendar.ts'
import { circular } from './publication/routes/circular.ts'
import { circularTemplate } from './publication/routes/circular-template.ts'
import { commissions } from './third-party/routes/commissions.ts'
import { course } from './year/routes/course.ts'
import type { AppEnv } from './http/context.ts'
import { deductionsMine } from './finding/routes/deductions-mine.ts'
import { docs } from './http/docs.ts'
import { evidence, uploadPath } from './evidence/routes.ts'
import { due } from './finding/routes/due.ts'
import { exchange } from './workbook/routes/export.ts'
import { feedbackLetters } from './publication/routes/feedback-letters.ts'
import { findingBatch } from './finding/routes/batch.ts'
import { findingFacts } from './finding/routes/facts.ts'
import { reviews } from './finding/routes/reviews.ts'
import { findings } from './finding/routes/findings.ts'
import { health } from './http/health.ts'
import { imports, importPath, importLimit } from './workbook/routes/imports.ts'
import { inbox } from './inbox/routes/inbox.ts'
import { leaveOneOut } from './result/routes/leave-one-out.ts'
import { holidays } from './year/routes/holidays.ts'
import { insight } from './result/routes/insight.ts'
import { mail } from './inbox/routes/mail.ts'
import { remind } from './inbox/routes/remind.ts'
import { overview } from './result/routes/overview.ts'
import { reportPath, reports } from './report/routes.ts'
import { suspicions } from './suspicion/routes.ts'
import { publicationCheck } from './publication/routes/check.ts'
import { publications } from './publication/routes/publications.ts'
import { recounted } from './finding/routes/recounted.ts'
import { schemeCompare } from './scheme/routes/compare.ts'
import { schemeFiles } from './scheme/routes/files.ts'
import { schemes } from './scheme/routes/schemes.ts'
import { scorecards } from './result/routes/scorecards.ts'
import { search } from './result/routes/search.ts'
import { selfAssessments } from './self-assessment/routes/self-assessments.ts'
import { selfAssessmentFiles } from './self-assessment/routes/files.ts'
import { selfAssessmentSteps } from './self-assessment/routes/steps.ts'
import { setUp } from './year/routes/set-up.ts'
import { firstStart } from './account/routes/first-start.ts'
import { simulation } from './result/routes/simulation.ts'
import { standings } from './result/routes/standings.ts'
import { tableLimit, tablePath, tables } from './workbook/routes/tables.ts'
import { thirdParty } from './third-party/routes/batches.ts'
import { units } from './account/routes/units.ts'
import { verification } from './self-assessment/routes/verification.ts'
import { createViewCache } from './http/view-cache.ts'
import { wall } from './publication/routes/wall.ts'
import { wallLinks } from './publication/routes/wall-links.ts'
import { refuseUnstorable } from './http/refuse-unstorable.ts'
import { noteProblem, notedDownloads, withoutSecret } from './http/security-events.ts'
import { securityHeaders } from './http/security-headers.ts'
import { auditLog } from './operation/audit-log/routes.ts'
import { operation } from './operation/routes.ts'
import { metered } from './operation/metrics/metered.ts'

const MEGABYTE = 1024 * 1024
const bodyLimitOf = (bytes: number) =>
  bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new Problem('too-large', { params: { limit: `${bytes / MEGABYTE} MB` } })
    },
  })

/** Everything under /api, one sub-app per resource. */
const routes = new Hono<AppEnv>()
  .basePath('/api')
  .route('/health', health)
  .route('/auth', auth)
  .route('/sessions', ownSessionRoutes)
  .route('/second-factor', secondFactor)
  .route('/sign-in-settings', signInSettingsRoutes)
  .route('/single-sign-on', singleSignOn)
  .route('/setup', firstStart)
  .route('/units', units)
  .route('/accounts', accounts)
  .route('/office-contacts', contacts)
  .route('/schemes', schemes)
  .route('/schemes', schemeCompare)
  .route('/schemes', schemeFiles)
  .route('/holidays', holidays)
  .route('/assessments', assessments)
  .route('/assessments', setUp)
  .route('/assessments', course)
  .route('/assessments', standings)
  .route('/assessments', scorecards)
  .route('/assessments', simulation)
  .route('/assessments', leaveOneOut)
  .route('/assessments', wallLinks)
  .route('/assessments', findings)
  .route('/assessments', findingFacts)
  .route('/assessments', reviews)
  .route('/assessments', findingBatch)
  .route('/assessments', recounted)
  .route('/assessments', due)
  .route('/assessments', deductionsMine)
  .route('/assessments', appeals)
  .route('/inbox', inbox)
  .route('/assessments', remind)
  .route('/search', search)
  .route('/assessments', selfAssessments)
  .route('/assessments', selfAssessmentSteps)
  .route('/assessments', selfAssessmentFiles)
  .route('/assessments', verification)
  .route('/assessments', commissions)
  .route('/assessments', thirdParty)
  .route('/assessments', overview)
  .route('/assessments', insight)
  .route('/assessments', publicationCheck)
  .route('/assessments', publications)
  .route('/assessments', suspicions)
  .route('/assessments', reports)
  .route('/assessments', imports)
  .route('/assessments', circular)
  .route('/assessments', feedbackLetters)
  .route('/circular-template', circularTemplate)
  .route('/evidence', evidence)
  .route('/calendar', calendar)
  .route('/mail', mail)
  .route('/wall', wall)
  .route('/operation', operation)
  .route('/audit', auditLog)
  .route('/', exchange)
  .route('/', tables)
  .route('/queue', queue)

/** What `hc<Api>` knows of the server. */
export type Api = typeof routes

async function answerProblem(c: Context<AppEnv>, error: unknown): Promise<Response> {
  const problem = problemOf(error)
  const { deps, language, requestId } = c.var
  if (isOurs(problem))
    deps.log.error(
      { err: error, requestId, method: c.req.method, path: withoutSecret(c.req.path) },
      'request failed',
    )
  await noteProblem(c, problem)
  return problemResponse(problem, language, requestId)
}

type AppDeps = Pick<Deps, 'db' | 'log'> & Partial<Deps>

/** The application on a database. Every failure is a problem in the caller's language; an unexpected one tells nothing but its number. */
export function createApp(given: AppDeps, assessed = createAssessedCache(given.db)): Hono<AppEnv> {
  const clock = given.clock ?? (() => new Date())
  const deps: Deps = {
    clock,
    events: createSecurityEvents({ db: given.db, log: given.log, clock }),
    dataDir: '.',
    firstStartCode: null,
    passwordCost,
    attempts: createSignInAttempts(),
    publicUrl: null,
    isDamaged: () => false,
    meter: null,
    backups: { isScheduled: false },
    jobs: sharedJobs(),
    verified: bounded(20),
    proofPage: builtPlace('proof/proof.html'),
    ...given,
  }
  const views = createViewCache()

  const app = new Hono<AppEnv>()
  if (deps.meter) app.use(metered(deps.meter))
  app.use(async (c, next) => {
    c.set('deps', deps)
    c.set('assessed', assessed)
    c.set('views', views)
    c.set('inThread', (name, order, options) =>
      deps.jobs.by(c.get('account')?.id ?? c.var.address)(name, order, {
        signal: c.req.raw.signal,
        ...options,
      }),
    )
    c.set('language', preferredLanguage(c))
    c.set('requestId', randomUUID())
    c.set('address', originOf(c).address)
    await next()
    c.header('x-request-id', c.var.requestId)
  })
  app.use(securityHeaders(deps.publicUrl))
  app.use('/api/*', async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    const hosts = deps.publicUrl ? [deps.publicUrl.host, host] : [host]
    if (!originAllowed(c.req.method, c.req.raw.headers, hosts)) throw new Problem('origin-mismatch')
    await next()
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
  })
  const [small, paste] = [bodyLimitOf(MEGABYTE), bodyLimitOf(4 * MEGABYTE)]
  const [table, large] = [bodyLimitOf(tableLimit), bodyLimitOf(importLimit)]
  app.use('/api/*', (c, next) => {
    const isForm = /^multipart\//i.test(c.req.header('content-type') ?? '')
    if (uploadPath.test(c.req.path) && isForm) return next()
    if (c.req.path === tablePath) return table(c, next)
    if (importPath.test(c.req.path) || reportPath.test(c.req.path)) return (isForm ? large : paste)(c, next)
    return small(c, next)
  })
  // A table is read where it is written, in a thread.
  app.use('/api/*', except(tablePath, refuseUnstorable()))
  app.use('/api/*', notedDownloads())
  app.route('/', routes)
  app.route('/api', docs(routes))
  app.all('/api/*', () => {
    throw new Problem('not-found')
  })
  app.onError((error, c) => answerProblem(c, error))
  app.notFound((c) => answerProblem(c, new Problem('not-found')))
  return app
}
