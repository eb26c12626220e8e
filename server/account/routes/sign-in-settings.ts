import { Hono } from 'hono'
import { allow } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import {
  changeSignInSettings,
  readSignInSettings,
  signInSettings,
  signInSettingsEtag,
} from '../sign-in-settings.ts'

const tag = '登录 · Session'

export const signInSettingsRoutes = new Hono<AppEnv>()
  .get(
    '/',
    allow('sign-in.settings'),
    describe(tag, '登录设置', 'How people sign in', { 200: signInSettings }),
    async (c) => {
      const settings = await readSignInSettings(c.var.deps.db)
      return c.json(settings, 200, { etag: signInSettingsEtag(settings) })
    },
  )
  .put(
    '/',
    allow('sign-in.settings'),
    describe(tag, '修改登录设置', 'Change how people sign in', { 200: signInSettings }),
    validated('json', signInSettings),
    async (c) => {
      const settings = await changeSignInSettings(c.var, c.req.valid('json'), c.req.header('if-match'))
      return c.json(settings, 200, { etag: signInSettingsEtag(settings) })
    },
  )
