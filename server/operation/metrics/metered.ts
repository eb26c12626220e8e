import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import type { AppEnv } from '../../http/context.ts'
import type { RequestMeter } from './request-meter.ts'

/** Counts every request under the route that answered it; pages and their assets are one route, `*`. */
export const metered = (meter: RequestMeter) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const from = performance.now()
    meter.begin()
    try {
      await next()
    } finally {
      meter.end({
        method: c.req.method,
        route: routePath(c),
        status: c.res.status,
        seconds: (performance.now() - from) / 1000,
      })
    }
  })
