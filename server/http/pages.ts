import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import type { AppEnv } from './context.ts'

const isAsset = (path: string): boolean => path.startsWith('/assets/')
const isPage = (path: string): boolean => !path.startsWith('/api') && !/\.[a-z0-9]+$/i.test(path)

/** Serves the built pages from a folder beside the API: assets for ever, every page address with the one index page. */
export function servePages(app: Hono<AppEnv>, root: string): void {
  if (!existsSync(join(root, 'index.html'))) return
  const file = serveStatic<AppEnv>({
    root,
    precompressed: true,
    onFound: (_, c) => {
      c.header('cache-control', isAsset(c.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const index = serveStatic<AppEnv>({
    root,
    path: 'index.html',
    precompressed: true,
    onFound: (_, c) => {
      c.header('cache-control', 'no-cache')
    },
  })
  app.get('*', (c, next) => (c.req.path.startsWith('/api/') ? next() : file(c, next)))
  app.get('*', (c, next) => (isPage(c.req.path) ? index(c, next) : next()))
}
