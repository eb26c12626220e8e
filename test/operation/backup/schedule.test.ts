import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { backUpWhenDue } from '../../../server/operation/backup/schedule.ts'
import { temporaryFolder } from '../../fixtures/databases.ts'

describe('the backup of a day', () => {
  const folder = temporaryFolder()
  const at = (...names: string[]): string => join(folder.path, ...names)
  const dueAt = (moment: string, command: string) =>
    backUpWhenDue({ backupDir: at('backups'), clock: () => new Date(moment), command: at(command) })
  beforeAll(() => {
    mkdirSync(at('backups'))
    const target = JSON.stringify(at('backups', 'zhengheng-2026-07-16.backup'))
    writeFileSync(at('makes.mjs'), `import { writeFileSync } from 'node:fs'; writeFileSync(${target}, '')`)
    writeFileSync(at('fails.mjs'), "console.error('backup: no room'); process.exitCode = 1")
  })

  test('waits until one at night in China', async () => {
    expect(await dueAt('2026-07-15T16:59:00Z', 'makes.mjs')).toBe(false)
    expect(existsSync(at('backups', 'zhengheng-2026-07-16.backup'))).toBe(false)
  })

  test('says why there is none, and is tried again', async () => {
    await expect(dueAt('2026-07-15T17:00:00Z', 'fails.mjs')).rejects.toThrow('backup: no room')
    expect(await dueAt('2026-07-15T18:00:00Z', 'makes.mjs')).toBe(true)
  })

  test('is made once a day', async () => {
    expect(await dueAt('2026-07-16T15:00:00Z', 'fails.mjs')).toBe(false)
  })
})
