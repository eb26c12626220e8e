import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'
import { invalidAt, requireStorable } from './validated.ts'

/** Refuses an address or a JSON body with text that cannot be stored. Throws `invalid-request`. */
export const refuseUnstorable = () =>
  createMiddleware<AppEnv>(async (c, next) => {
    if (/%00/.test(c.req.url)) throw invalidAt('')
    if (/[/+]json\b/i.test(c.req.header('content-type') ?? '')) {
      // What is no JSON is refused by whoever reads it.
      requireStorable(await c.req.json().catch(() => null))
    }
    await next()
  })
