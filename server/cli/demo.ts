import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../db/database.ts'
import { fillDemo } from '../../db/demo.ts'
import { freezeResults } from '../frozen-results.ts'
import { watchReports } from '../watched-reports.ts'
import { people } from '../../db/demo/city.ts'
import { generatePassword, hashPassword, passwordCost } from '../access/password.ts'
import { ConfigError, readConfig } from '../config.ts'
import { openServerLog } from '../log.ts'
import { startServer } from '../serve.ts'
import { closeOnSignals } from '../signals.ts'
import { dayInChina } from '../today.ts'
import { buildIfStale } from './build.ts'

const usage = 'usage: npm run demo'
const WRONG_INPUT = 1
const WRONG_USAGE = 2

const accountLines = (): string[] =>
  people.map(
    ({ username, name, unit }) => `  ${username.padEnd(14)}${name}${unit === null ? '' : ` · ${unit}`}`,
  )

/** Serves the fictional city from a database that is gone when the process ends. */
async function demo(): Promise<void> {
  const config = readConfig(process.env)
  await buildIfStale()
  const folder = mkdtempSync(join(tmpdir(), 'zhengheng-demo-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

  const databaseUrl = `file:${join(folder, 'zhengheng.db')}`
  const password = config.demoPassword ?? generatePassword()
  const db = await openDatabase(databaseUrl)
  const filling = hashPassword(password, passwordCost).then((passwordHash) =>
    fillDemo(db, {
      freeze: freezeResults,
      watch: watchReports,
      today: dayInChina(new Date()),
      passwordHash,
    }),
  )
  await filling.finally(() => db.destroy())

  const log = openServerLog({ log: config.log, dataDir: folder })
  const running = await startServer({
    config: { ...config, databaseUrl, dataDir: folder },
    log,
    isThrowAway: true,
  })
  console.log(`政衡演示已启动  ${running.url}`)
  console.log('澜江市及其单位、人员均为虚构；停止后数据即删除。')
  console.log(`账号（密码均为 ${config.demoPassword === null ? password : 'DEMO_PASSWORD 所设'}）：`)
  console.log(accountLines().join('\n'))
  closeOnSignals(running, log)
}

if (process.argv.length > 2) {
  console.error(usage)
  process.exitCode = WRONG_USAGE
} else {
  demo().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = error instanceof ConfigError ? WRONG_USAGE : WRONG_INPUT
  })
}
