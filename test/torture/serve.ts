import { randomFor } from '../../db/demo/random.ts'
import { openLog } from '../../server/log.ts'
import { startServer } from '../../server/serve.ts'

/** What a server under torture is told: where its data are, and what time it believes it is. */
export interface Told {
  readonly databaseUrl: string
  readonly dataDir: string
  /** ISO moment at which its clock starts. */
  readonly startsAt: string
  /** Sets the clock forward or back by up to so many hours, ten times a second. */
  readonly clockSwings?: number
  readonly metricsPort?: number
}

const TENTH = 100
const HOUR = 3_600_000

const told = JSON.parse(String(process.argv[2])) as Told
const random = randomFor(told.startsAt)
const started = Date.now()
let swing = 0
if (told.clockSwings !== undefined) {
  const { clockSwings } = told
  setInterval(() => (swing = (random.next() * 2 - 1) * clockSwings * HOUR), TENTH).unref()
}
const clock = () => new Date(Date.parse(told.startsAt) + Date.now() - started + swing)

const running = await startServer({
  config: { port: 0, host: '127.0.0.1', adminPassword: null, ...told },
  log: openLog({ folder: `${told.dataDir}/log` }),
  clock,
})
if (running.damage) process.stderr.write(`damaged: ${running.damage.commits}\n`)
process.stdout.write(`${running.url}\n`)
process.on('SIGTERM', () => void running.close().then(() => process.exit(0)))
