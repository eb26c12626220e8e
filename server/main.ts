import { ConfigError, readConfig } from './config.ts'
import { openLog } from './log.ts'
import { startServer } from './start.ts'

const WRONG_INPUT = 1
const WRONG_USAGE = 2

async function main(): Promise<void> {
  const log = openLog()
  const running = await startServer({ config: readConfig(process.env), log })
  console.log(`政衡已启动  ${running.url}`)
  if (running.setupUrl) console.log(`首次启用，请打开  ${running.setupUrl}`)

  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void running.close().then(() => log.flush(() => process.exit(0)))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof ConfigError ? WRONG_USAGE : WRONG_INPUT
})
