import { Hono } from 'hono'
import { allow } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { contactBody, contactEtag, contactsSchema, officeContacts, setContact } from '../office-contact.ts'

const tag = '联系人 · Contacts'

export const contacts = new Hono<AppEnv>()
  .get(
    '/',
    allow('contact.read'),
    describe(tag, '各考核办的联系人', 'Whom to ask at each assessing unit', { 200: contactsSchema }),
    async (c) => {
      const view = await officeContacts(c.var.deps.db)
      return c.json(view, 200, { etag: contactEtag(view, c.var.account) })
    },
  )
  .put(
    '/own',
    allow('contact.write'),
    describe(tag, '设置本考核办的联系人（If-Match）', 'Say whom to ask at one’s own office', {
      200: contactsSchema,
    }),
    validated('json', contactBody),
    async (c) => {
      await setContact(c.var, c.req.valid('json'), c.req.header('if-match'))
      const view = await officeContacts(c.var.deps.db)
      return c.json(view, 200, { etag: contactEtag(view, c.var.account) })
    },
  )
