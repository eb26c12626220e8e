import { fileURLToPath } from 'node:url'
import { ConfigError, readConfig } from './config.ts'
import { openServerLog } from './log.ts'
import { closeOnSignals } from './signals.ts'
import { startServer } from './serve.ts'

const WRONG_INPUT = 1
const WRONG_USAGE = 2

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = openServerLog(config)
  const backupCommand = fileURLToPath(new URL('backup.js', import.meta.url))
  const running = await startServer({ config, log, backupCommand })
  process.stdout.write(`政衡已启动  ${running.url}\n`)
  if (running.setupUrl) process.stdout.write(`首次启用，请打开  ${running.setupUrl}\n`)
  for (const username of running.addedAdministrators)
    process.stdout.write(
      `三员分立，已补建管理员 ${username}；用 npm run unlock -- ${username} 取得一次性密码\n`,
    )
  if (running.damage)
    process.stderr.write(
      `数据库的预写日志受损，可能有 ${running.damage.commits} 次以上已保存的操作没有读出；受损的日志另存为 ${running.damage.file}。请运行 verify 核对，必要时从备份恢复。\n`,
    )
  closeOnSignals(running, log)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = error instanceof ConfigError ? WRONG_USAGE : WRONG_INPUT
})
