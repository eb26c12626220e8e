import { existsSync, linkSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { sqliteFile } from '../../db/database.ts'
import { copySqlite, damageIn, foreignness, isInUse } from '../../db/sqlite-file.ts'
import { readConfig } from '../config.ts'

const usage = 'usage: npm run restore -- FILE [--force]'

function read<T>(file: string, look: (file: string) => T): T {
  try {
    return look(file)
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Refuses while a process has the target open, even by force; a target too broken to tell is only replaced by force. */
function makeWay(target: string, force: boolean): void {
  if (!force)
    throw new Error(`${target} exists; add --force to replace it (it is kept as ${target}.before-restore)`)
  let inUse = false
  try {
    inUse = isInUse(target)
  } catch (error) {
    console.error(`restore: ${target} is damaged (${error instanceof Error ? error.message : String(error)})`)
  }
  if (inUse) throw new Error(`${target} is in use; stop the server first`)
  rmSync(`${target}.before-restore`, { force: true })
  linkSync(target, `${target}.before-restore`)
  for (const leftover of [`${target}-wal`, `${target}-shm`]) rmSync(leftover, { force: true })
}

/** Puts a checked backup in the database's place in one step; the old file stays beside it. Gives the exit status. */
async function restore(args: readonly string[]): Promise<number> {
  const [source, ...rest] = args.filter((arg) => arg !== '--force')
  if (source === undefined || source.startsWith('-') || rest.length > 0) {
    console.error(usage)
    return 2
  }
  const target = sqliteFile(readConfig(process.env).databaseUrl)
  if (target === undefined) {
    console.error('restore: DATABASE_URL names a PostgreSQL server; restore it with pg_restore')
    return 1
  }
  if (!existsSync(source)) throw new Error(`there is no file ${source}`)
  if (resolve(source) === resolve(target)) throw new Error(`${source} is the database itself`)
  const [damage] = read(source, damageIn)
  if (damage !== undefined) throw new Error(`${source} is damaged: ${damage}`)
  const foreign = read(source, foreignness)
  if (foreign !== null) throw new Error(`${source} ${foreign}`)
  if (existsSync(target)) makeWay(target, args.includes('--force'))
  await copySqlite(source, resolve(target))
  console.log(`restore: ${source} → ${target}; run npm run verify to check the audit log`)
  return 0
}

try {
  process.exitCode = await restore(process.argv.slice(2))
} catch (error) {
  console.error(`restore: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
