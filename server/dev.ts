import { passwordCost } from './access/password.ts'
import { createApp } from './app.ts'
import { openSigned } from './audit-key.ts'
import { readConfig } from './config.ts'
import { prepareFirstStart } from './account/first-start.ts'
import { openLog } from './log.ts'

/** What the development server keeps while the modules behind it are loaded again after an edit. */
async function openOnce() {
  const config = readConfig(process.env)
  const db = await openSigned(config, new Date())
  const firstStartCode = await prepareFirstStart(db, {
    adminPassword: config.adminPassword,
    passwordCost,
    now: new Date(),
  })
  if (firstStartCode) process.stdout.write(`首次启用，请打开  /setup?code=${firstStartCode.code}\n`)
  return { db, log: openLog('stdout'), dataDir: config.dataDir, firstStartCode }
}

declare global {
  var zhenghengDev: ReturnType<typeof openOnce> | undefined
}

export default createApp(await (globalThis.zhenghengDev ??= openOnce()))
