import { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import { z } from 'zod'
import { open } from '../access/allow.ts'
import { languages } from '#assessment/language'
import type { AppEnv } from './context.ts'
import { describe } from './describe.ts'
import { docsPage, docsStyle } from './docs-page.ts'
import { validated } from './validated.ts'

/** The OpenAPI 3.1 document of some routes, and a page of our own that shows it to people. */
export function docs(routes: Hono<AppEnv, never, '/api'> | Hono<AppEnv>) {
  const own = new Hono<AppEnv>()
  let made: ReturnType<typeof generateSpecs> | undefined
  const document = () =>
    (made ??= generateSpecs(new Hono<AppEnv>().route('/', routes as Hono<AppEnv>).route('/api', own), {
      excludeStaticFile: false,
      defaultValidationErrorResponse: false,
      documentation: {
        info: {
          title: '政衡 Zhengheng',
          version: '1',
          description:
            '政府信息公开工作考核接口。会话由 POST /api/auth/sign-in 建立。 Scorecards for open government; a session begins with POST /api/auth/sign-in.',
        },
        components: {
          securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'zhengheng_session' } },
        },
        security: [{ session: [] }],
      },
    }))

  return own
    .get(
      '/openapi.json',
      open(),
      describe('系统 · System', '接口说明（OpenAPI 3.1）', 'This document', {
        200: z.looseObject({ openapi: z.string() }),
      }),
      async (c) => c.json(await document(), 200),
    )
    .get(
      '/docs',
      open(),
      describe('系统 · System', '接口说明页面', 'This document as a page', { 200: 'text/html' }),
      validated('query', z.object({ lang: z.enum(languages).optional() })),
      async (c) => c.html(docsPage(await document(), c.req.valid('query').lang ?? c.var.language), 200),
    )
    .get(
      '/docs.css',
      open(),
      describe('系统 · System', '说明页面的样式', 'Style of the page', { 200: 'text/css' }),
      (c) =>
        c.body(docsStyle, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }),
    )
}
