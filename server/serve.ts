import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { sqliteFile } from '../db/database.ts'
import type { WalDamage } from '../db/wal-damage.ts'
import { passwordCost, type PasswordCost } from './access/password.ts'
import { createSecurityEvents } from './access/security-events.ts'
import { createApp } from './app.ts'
import { openSigned } from './audit-key.ts'
import { builtPlace } from './built.ts'
import type { Config } from './config.ts'
import type { Deps } from './deps.ts'
import { everyHour, purgeStaged } from './evidence/upkeep.ts'
import { addMissingAdministrators } from './account/administrators.ts'
import { prepareFirstStart } from './account/first-start.ts'
import { sharedJobs, type JobDesk } from './jobs/jobs.ts'
import type { Log } from './log.ts'
import { sealOldPassword } from './mail/settings.ts'
import { sendDigests } from './inbox/digest.ts'
import { servePages } from './http/pages.ts'
import { watchDatabase } from './operation/database-watch.ts'
import { backUpWhenDue } from './operation/backup/schedule.ts'
import { createRequestMeter } from './operation/metrics/request-meter.ts'
import { serveMetrics } from './operation/metrics/serve-metrics.ts'
import { requireSound } from './operation/sound-database.ts'
import { createAssessedCache, type AssessedCache } from './assessed.ts'

type UpkeepDeps = Pick<Deps, 'db' | 'dataDir' | 'clock' | 'events'>

export interface StartOptions {
  readonly config: Pick<Config, 'port' | 'host' | 'databaseUrl' | 'dataDir' | 'adminPassword'> &
    Partial<Pick<Config, 'backupDir' | 'metricsPort' | 'publicUrl'>>
  readonly log: Log
  readonly clock?: () => Date
  readonly passwordCost?: PasswordCost
  /** The script that makes the day's backup, when there is a folder for it. */
  readonly backupCommand?: string
  /** A database that is gone when the server ends, of which nobody needs a backup. */
  readonly isThrowAway?: boolean
  /** Who does the heavy work; by default the desk of the process. */
  readonly jobs?: JobDesk
  /** Folder of the built pages; beside the built server by default. */
  readonly webRoot?: string
}

export interface Running {
  /** Where people reach it, e.g. `http://127.0.0.1:8787`. */
  readonly url: string
  /** The setup page with its one-time code; null when there are accounts. */
  readonly setupUrl: string | null
  /** Usernames of administrators that were missing; `npm run unlock` gives them their slips. */
  readonly addedAdministrators: readonly string[]
  /** The write-ahead log that was damaged when the server started; null as it should be. */
  readonly damage: WalDamage | null
  /** Where the monitoring reads; null when nothing is told. */
  readonly metricsUrl: string | null
  /** Lets running requests end, for a few seconds at most, then closes everything. */
  readonly close: () => Promise<void>
}

/** How long requests under way may take when the server stops, in milliseconds. */
const LAST_REQUESTS = 5_000

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

/** The work of every hour: what was staged and left, letters, what was only counted for the log, the day's backup. Gives how to stop it. */
function startUpkeep(
  { config, log, backupCommand }: StartOptions,
  deps: UpkeepDeps,
  assessed: AssessedCache,
): () => Promise<unknown> {
  const work: (() => Promise<unknown>)[] = [
    () => purgeStaged(deps),
    () => sendDigests(deps, assessed),
    deps.events.flush,
  ]
  const { backupDir } = config
  if (backupDir && backupCommand !== undefined)
    work.push(() => backUpWhenDue({ backupDir, clock: deps.clock, command: backupCommand }))
  const endings = work.map((each) =>
    everyHour(each, (error) => log.error({ err: error }, 'hourly work failed')),
  )
  return () => Promise.all(endings.map((end) => end()))
}

/** Opens the database, listens, and says where. Throws what {@link requireSound}, the database or a socket throws; nothing stays open then. */
export async function startServer(options: StartOptions): Promise<Running> {
  const { config, log, clock = () => new Date() } = options
  const cost = options.passwordCost ?? passwordCost
  const { databaseUrl, dataDir, host } = config
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const damage = await requireSound(config)
  if (damage) log.error({ damage }, 'the write-ahead log was damaged')
  const db = await openSigned(config, clock())
  const meter = config.metricsPort === null || config.metricsPort === undefined ? null : createRequestMeter()
  const opened: (() => unknown)[] = [() => db.destroy()]
  const close = async () => {
    for (const end of opened.toReversed()) await end()
  }
  try {
    const { adminPassword } = config
    const starting = { adminPassword, passwordCost: cost, now: clock() }
    const firstStartCode = await prepareFirstStart(db, starting)
    const addedAdministrators = firstStartCode ? [] : await addMissingAdministrators(db, starting)
    await sealOldPassword({ db, dataDir })
    let metricsUrl: string | null = null
    if (meter) {
      const port = config.metricsPort ?? 0
      const served = await serveMetrics({ port, host, db, databaseUrl, clock, meter })
      opened.push(served.close)
      metricsUrl = served.url
    }
    const isScheduled = Boolean(config.backupDir) && options.backupCommand !== undefined
    const backups = options.isThrowAway === true ? null : { isScheduled }
    const file = sqliteFile(databaseUrl)
    const watch = file === undefined || file === ':memory:' ? null : watchDatabase(file, { log, clock })
    if (watch) opened.push(watch.stop)
    const isDamaged = watch?.isDamaged ?? (() => false)
    const events = createSecurityEvents({ db, log, clock })
    opened.push(events.flush)
    const { jobs = sharedJobs() } = options
    const deps = { db, log, clock, dataDir, backups, isDamaged, events, jobs }
    const assessed = createAssessedCache(db)
    const app = createApp(
      { ...deps, firstStartCode, passwordCost: cost, meter, publicUrl: config.publicUrl ?? null },
      assessed,
    )
    servePages(app, options.webRoot ?? builtPlace('web'))
    const server = createAdaptorServer({ fetch: app.fetch }) as Server
    const port = await listen(server, config.port, host)
    const url = config.publicUrl?.origin ?? addressOf(host, port)
    log.info({ url, metricsUrl }, 'listening')
    opened.push(startUpkeep(options, deps, assessed), () => stop(server))
    return {
      url,
      setupUrl: firstStartCode && `${url}/setup?code=${firstStartCode.code}`,
      metricsUrl,
      addedAdministrators,
      damage,
      close: async () => {
        await close()
        log.info('stopped')
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
