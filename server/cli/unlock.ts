import { existsSync } from 'node:fs'
import { sqliteFile } from '../../db/database.ts'
import { passwordCost } from '../access/password.ts'
import { unlockAccount } from '../account/slips.ts'
import { openSigned } from '../audit-key.ts'
import { readConfig } from '../config.ts'
import { username } from '../http/wire.ts'
import { argumentsOf, exit } from './arguments.ts'

const usage = 'usage: npm run unlock -- USERNAME'

/** Lets an account in again from the server's console: ends its lock and prints a one-time password. Gives the exit status. */
async function unlock(args: readonly string[]): Promise<number> {
  const parsed = argumentsOf(args, {})
  const [given, ...more] = typeof parsed === 'string' ? [] : parsed.positionals
  if (given === undefined || more.length > 0) {
    console.error(typeof parsed === 'string' ? `unlock: ${parsed}\n${usage}` : usage)
    return exit.wrongUsage
  }
  const config = readConfig(process.env)
  const file = sqliteFile(config.databaseUrl)
  if (file !== undefined && !existsSync(file)) throw new Error(`there is no database at ${file}`)
  const name = username.safeParse(given)
  const db = await openSigned(config, new Date(), { asItIs: true })
  const deps = { db, clock: () => new Date(), passwordCost }
  const unlocked = await (async () => (name.success ? unlockAccount(deps, name.data) : null))().finally(() =>
    db.destroy(),
  )
  if (unlocked === null) throw new Error(`there is no account ${given}`)
  console.log(`一次性密码  ${unlocked.password}`)
  console.log('登录后须立即修改；原有登录、日历订阅地址和动态验证码已失效。')
  const { disabledAt, awaitsGrantSince } = unlocked.account
  if (disabledAt !== null) console.log('账号仍是停用状态，须由系统管理员恢复后才能登录。')
  if (awaitsGrantSince) console.log('账号的角色尚未授权，须由安全管理员授权后才能登录，授权时另发密码。')
  return exit.done
}

try {
  process.exitCode = await unlock(process.argv.slice(2))
} catch (error) {
  console.error(`unlock: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = exit.wrongInput
}
