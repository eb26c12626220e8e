import { existsSync, linkSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { copySqlite, damageIn, foreignness, isInUse } from './sqlite-file.ts'

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Why the file is no backup to restore from; null when it is one. */
function unfitness(file: string): string | null {
  if (!existsSync(file)) return `there is no file ${file}`
  try {
    const [damage] = damageIn(file)
    if (damage !== undefined) return `${file} is damaged: ${damage}`
    const foreign = foreignness(file)
    return foreign === null ? null : `${file} ${foreign}`
  } catch (error) {
    return `${file} cannot be read: ${messageOf(error)}`
  }
}

/** A target too broken to tell whether it is in use counts as unused: replacing it is what a restore is for. */
function isHeld(target: string): boolean {
  try {
    return isInUse(target)
  } catch {
    return false
  }
}

/**
 * Puts a checked backup in the database's place in one step. An existing database is replaced only by force, never
 * while a process has it open, and stays beside as `….before-restore`. Throws with the reason when it may not be.
 */
export async function restoreSqlite(from: string, to: string, force: boolean): Promise<void> {
  const target = resolve(to)
  if (resolve(from) === target) throw new Error(`${from} is the database itself`)
  const unfit = unfitness(from)
  if (unfit !== null) throw new Error(unfit)
  if (existsSync(target)) {
    if (!force)
      throw new Error(`${to} exists; add --force to replace it (it is kept as ${to}.before-restore)`)
    if (isHeld(target)) throw new Error(`${to} is in use; stop the server first`)
    rmSync(`${target}.before-restore`, { force: true })
    linkSync(target, `${target}.before-restore`)
  }
  // A log left by a crash belongs to the old file and would be replayed into the new one.
  for (const log of [`${target}-wal`, `${target}-shm`]) rmSync(log, { force: true })
  await copySqlite(from, target)
}
