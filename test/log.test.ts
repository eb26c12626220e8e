import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { openLog } from '../server/log.ts'
import { temporaryFolder } from './fixtures/databases.ts'

const folder = temporaryFolder()
afterEach(() => vi.useRealTimers())

/** Lines are written while the program goes on. */
const written = (day: string, line: RegExp) =>
  vi.waitFor(() => expect(readFileSync(`${folder.path}/zhengheng-${day}.log`, 'utf8')).toMatch(line))

test('the log has a file a day, for half a year', async () => {
  vi.useFakeTimers({ now: new Date('2026-07-14T15:59:00Z'), toFake: ['Date'] })
  for (const day of ['2025-11-01', '2026-07-01']) writeFileSync(`${folder.path}/zhengheng-${day}.log`, '')
  writeFileSync(`${folder.path}/notes.txt`, '')
  const log = openLog({ folder: folder.path })
  log.info({ password: 'never shown' }, 'before midnight in China')
  await written('2026-07-14', /^\{.*"password":"\*\*\*".*before midnight in China"\}\n$/)
  vi.setSystemTime(new Date('2026-07-14T16:01:00Z'))
  log.info('after midnight')
  await written('2026-07-15', /^\{.*after midnight"\}\n$/)
  expect(readdirSync(folder.path).sort()).toEqual([
    'notes.txt',
    'zhengheng-2026-07-01.log',
    'zhengheng-2026-07-14.log',
    'zhengheng-2026-07-15.log',
  ])
})
