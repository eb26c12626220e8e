import { Hono } from 'hono'
import { z } from 'zod'
import { allow } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { tagged } from '../../http/if-match.ts'
import { validated } from '../../http/validated.ts'
import { circularTextSchema, circularTextView, saveCircularText } from '../circular-template.ts'
import { templateSchema } from '../circular-wire.ts'

const tag = '通报 · Circular'

export const circularTemplate = new Hono<AppEnv>()
  .get(
    '/',
    allow('circular.write'),
    describe(tag, '本单位的通报文字和可用字段', 'The office’s circular text and the fields it may use', {
      200: circularTextSchema,
    }),
    async (c) => tagged(c, await circularTextView(c.var.deps.db, c.var.account, c.var.language), 200),
  )
  .put(
    '/',
    allow('circular.write'),
    describe(tag, '保存通报文字（须带 If-Match）', 'Save the circular’s text; needs If-Match', {
      200: z.object({ etag: z.string() }),
    }),
    validated('json', z.object({ template: templateSchema })),
    async (c) => {
      const etag = await saveCircularText(c.var, c.req.valid('json').template, c.req.header('if-match'))
      return c.json({ etag }, 200, { etag })
    },
  )
