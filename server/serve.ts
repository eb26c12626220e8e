import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAdaptorServer } from '@hono/node-server'
import { openDatabase } from '../db/database.ts'
import { passwordCost, type PasswordCost } from './access/password.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { everyHour, purgeStaged } from './evidence/upkeep.ts'
import { prepareFirstStart } from './account/first-start.ts'
import type { Log } from './log.ts'
import { sendDigests } from './inbox/digest.ts'
import { servePages } from './http/pages.ts'
import { createAssessedCache } from './assessed.ts'

export interface StartOptions {
  readonly config: Pick<Config, 'port' | 'host' | 'databaseUrl' | 'dataDir' | 'adminPassword'>
  readonly log: Log
  readonly clock?: () => Date
  readonly passwordCost?: PasswordCost
  /** Folder of the built pages; beside the built server by default. */
  readonly webRoot?: string
}

export interface Running {
  /** Where people reach it, e.g. `http://127.0.0.1:8787`. */
  readonly url: string
  /** The setup page with its one-time code; null when there are accounts. */
  readonly setupUrl: string | null
  /** Lets running requests end, for a few seconds at most, then closes everything. */
  readonly close: () => Promise<void>
}

/** How long requests under way may take when the server stops, in milliseconds. */
const LAST_REQUESTS = 5_000

function builtPages(): string {
  const here = fileURLToPath(new URL('.', import.meta.url))
  const isBuilt = here.includes(`${sep}dist${sep}server`)
  return fileURLToPath(new URL(isBuilt ? '../web' : '../dist/web', import.meta.url))
}

const everywhere = new Set(['0.0.0.0', '::', ''])
const addressOf = (host: string, port: number): string =>
  `http://${everywhere.has(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`

async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}

/** Opens the database, listens, and says where. Throws what the database or the socket throws; nothing stays open then. */
export async function startServer(options: StartOptions): Promise<Running> {
  const { config, log, clock = () => new Date() } = options
  const cost = options.passwordCost ?? passwordCost
  mkdirSync(config.dataDir, { recursive: true })
  const db = await openDatabase(config.databaseUrl)
  try {
    const firstStartCode = await prepareFirstStart(db, {
      adminPassword: config.adminPassword,
      passwordCost: cost,
      now: clock(),
    })
    const deps = { db, log, clock, dataDir: config.dataDir }
    const assessed = createAssessedCache(db)
    const app = createApp({ ...deps, firstStartCode, passwordCost: cost }, assessed)
    servePages(app, options.webRoot ?? builtPages())
    const server = createAdaptorServer({ fetch: app.fetch }) as Server
    const port = await listen(server, config.port, config.host)
    const url = addressOf(config.host, port)
    log.info({ url }, 'listening')
    const upkeep = [() => purgeStaged(deps), () => sendDigests(deps, assessed)].map((work) =>
      everyHour(work, (error) => log.error({ err: error }, 'hourly work failed')),
    )
    return {
      url,
      setupUrl: firstStartCode && `${url}/setup?code=${firstStartCode.code}`,
      close: async () => {
        await stop(server)
        await Promise.all(upkeep.map((end) => end()))
        await db.destroy()
        log.info('stopped')
      },
    }
  } catch (error) {
    await db.destroy()
    throw error
  }
}
