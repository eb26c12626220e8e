import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'
import { spellsUnstorable } from './storable.ts'
import { invalidAt, requireStorable } from './validated.ts'

/** A document as long as this is looked through for the place, too. */
const looked = 64 * 1024

/** Whether what is sent is JSON. */
export const isJson = (contentType: string | undefined): boolean => /[/+]json\b/i.test(contentType ?? '')

/**
 * Refuses an address or a JSON body with text that cannot be stored, before anybody is known: so it reads the body once as text and does not build
 * what it spells. Throws `invalid-request`.
 */
export const refuseUnstorable = () =>
  createMiddleware<AppEnv>(async (c, next) => {
    if (/%00/.test(c.req.url)) throw invalidAt('')
    if (isJson(c.req.header('content-type'))) {
      const text = await c.req.text()
      if (spellsUnstorable(text)) {
        if (text.length <= looked) requireStorable(await c.req.json().catch(() => null))
        throw invalidAt('')
      }
    }
    await next()
  })
