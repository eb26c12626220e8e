import { randomUUID } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { originAllowed } from './access/origin.ts'
import { passwordCost } from './access/password.ts'
import type { Deps } from './deps.ts'
import { preferredLanguage } from './language.ts'
import { Problem, problemResponse } from './problem.ts'
import type { ProblemCode } from './problem-texts.ts'
import { accounts } from './routes/account/accounts.ts'
import { appeals } from './routes/finding/appeals.ts'
import { createAssessedCache } from './routes/assessed.ts'
import { assessments } from './routes/assessment/assessments.ts'
import { auth } from './routes/account/auth.ts'
import { bonuses } from './routes/result/bonuses.ts'
import { calendar } from './routes/calendar/calendar.ts'
import { circular } from './routes/publication/circular.ts'
import { circularTemplate } from './routes/publication/circular-template.ts'
import { commissions } from './routes/third-party/commissions.ts'
import { course } from './routes/assessment/course.ts'
import type { AppEnv } from './routes/context.ts'
import { deductionsMine } from './routes/finding/deductions-mine.ts'
import { docs } from './routes/docs.ts'
import { evidence, uploadPath } from './routes/evidence.ts'
import { due } from './routes/finding/due.ts'
import { exchange } from './routes/exchange/exchange.ts'
import { feedbackLetters } from './routes/publication/feedback-letters.ts'
import { findingBatch } from './routes/finding/finding-batch.ts'
import { findingFacts } from './routes/finding/finding-facts.ts'
import { findings } from './routes/finding/findings.ts'
import { health } from './routes/health.ts'
import { imports, importPath, importLimit } from './routes/exchange/imports.ts'
import { inbox } from './routes/inbox/inbox.ts'
import { leaveOneOut } from './routes/result/leave-one-out.ts'
import { insight } from './routes/result/insight.ts'
import { mail } from './routes/mail.ts'
import { overview } from './routes/assessment/overview.ts'
import { publicationCheck } from './routes/publication/publication-check.ts'
import { publications } from './routes/publication/publications.ts'
import { schemeCompare } from './routes/scheme/scheme-compare.ts'
import { schemeFiles } from './routes/scheme/scheme-files.ts'
import { schemes } from './routes/scheme/schemes.ts'
import { scorecards } from './routes/result/scorecards.ts'
import { search } from './routes/result/search.ts'
import { selfAssessments } from './routes/self-assessment/self-assessments.ts'
import { selfAssessmentFiles } from './routes/self-assessment/self-assessment-files.ts'
import { selfAssessmentSteps } from './routes/self-assessment/self-assessment-steps.ts'
import { setUp } from './routes/assessment/set-up.ts'
import { setup } from './routes/account/setup.ts'
import { simulation } from './routes/result/simulation.ts'
import { standings } from './routes/result/standings.ts'
import { thirdParty } from './routes/third-party/third-party.ts'
import { units } from './routes/account/units.ts'
import { verification } from './routes/self-assessment/verification.ts'
import { verificationStatistics } from './routes/self-assessment/verification-statistics.ts'
import { createViewCache } from './routes/view-cache.ts'
import { wall } from './routes/publication/wall.ts'
import { wallLinks } from './routes/publication/wall-links.ts'
import { securityHeaders } from './security-headers.ts'

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
  .route('/setup', setup)
  .route('/units', units)
  .route('/accounts', accounts)
  .route('/schemes', schemes)
  .route('/schemes', schemeCompare)
  .route('/schemes', schemeFiles)
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
  .route('/assessments', findingBatch)
  .route('/assessments', due)
  .route('/assessments', deductionsMine)
  .route('/assessments', appeals)
  .route('/inbox', inbox)
  .route('/search', search)
  .route('/assessments', selfAssessments)
  .route('/assessments', selfAssessmentSteps)
  .route('/assessments', selfAssessmentFiles)
  .route('/assessments', verification)
  .route('/assessments', verificationStatistics)
  .route('/assessments', commissions)
  .route('/assessments', thirdParty)
  .route('/assessments', bonuses)
  .route('/assessments', overview)
  .route('/assessments', insight)
  .route('/assessments', publicationCheck)
  .route('/assessments', publications)
  .route('/assessments', imports)
  .route('/assessments', circular)
  .route('/assessments', feedbackLetters)
  .route('/circular-template', circularTemplate)
  .route('/evidence', evidence)
  .route('/calendar', calendar)
  .route('/mail', mail)
  .route('/wall', wall)
  .route('/', exchange)

/** What `hc<Api>` knows of the server. */
export type Api = typeof routes

const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid-request',
  404: 'not-found',
  413: 'too-large',
}

/** The status of an HTTPException; by its shape, because a bundle may hold the class more than once. */
const statusOf = (error: Error): number | undefined =>
  'getResponse' in error && 'status' in error && typeof error.status === 'number' ? error.status : undefined

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (!(error instanceof Error)) return new Problem('internal')
  if (error.name === 'AbortError') return new Problem('cancelled')
  const code = codeOfStatus[statusOf(error) ?? 500]
  return code === undefined ? new Problem('internal') : new Problem(code, { params: { count: 1 } })
}

/** Addresses of calendars and walls hold their secret; no log does. */
const withoutSecret = (path: string): string => path.replace(/\/[\w-]{43}(?=\.ics$|$)/, '/…')

function answerProblem(c: Context<AppEnv>, error: unknown): Response {
  const problem = problemOf(error)
  const { deps, language, requestId } = c.var
  if (problem.code === 'internal')
    deps.log.error(
      { err: error, requestId, method: c.req.method, path: withoutSecret(c.req.path) },
      'request failed',
    )
  return problemResponse(problem, language, requestId)
}

type AppDeps = Pick<Deps, 'db' | 'log'> & Partial<Deps>

/** The application on a database. Every failure is a problem in the caller's language; an unexpected one tells nothing but its number. */
export function createApp(given: AppDeps): Hono<AppEnv> {
  const deps: Deps = { clock: () => new Date(), dataDir: '.', setupCode: null, passwordCost, ...given }
  const assessed = createAssessedCache(deps.db)
  const views = createViewCache()

  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('deps', deps)
    c.set('assessed', assessed)
    c.set('views', views)
    c.set('language', preferredLanguage(c.req.header('accept-language')))
    c.set('requestId', randomUUID())
    await next()
    c.header('x-request-id', c.var.requestId)
  })
  app.use(securityHeaders())
  app.use('/api/*', async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    if (!originAllowed(c.req.method, c.req.raw.headers, host)) throw new Problem('origin-mismatch')
    await next()
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
  })
  const [small, large] = [bodyLimitOf(MEGABYTE), bodyLimitOf(importLimit)]
  app.use('/api/*', (c, next) => {
    if (uploadPath.test(c.req.path) && /^multipart\//i.test(c.req.header('content-type') ?? '')) return next()
    return (importPath.test(c.req.path) ? large : small)(c, next)
  })
  app.route('/', routes)
  app.route('/api', docs(routes))
  app.all('/api/*', () => {
    throw new Problem('not-found')
  })
  app.onError((error, c) => answerProblem(c, error))
  app.notFound((c) => answerProblem(c, new Problem('not-found')))
  return app
}
