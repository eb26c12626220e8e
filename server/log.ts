import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, isDay } from '#assessment/day'
import pino, { type DestinationStream, type Logger } from 'pino'
import { dayInChina } from './today.ts'

export type Log = Logger

/** How long log files stay, in days: 网络安全法 第二十一条 asks for six months at least. */
const KEPT = 190
/** Lines that wait to be written, in bytes; beyond that they are dropped, as while the disk is full. */
const WAITING = 1024 * 1024

const fileOn = (day: string): string => `zhengheng-${day}.log`
const dayOf = (name: string): string => name.slice('zhengheng-'.length, -'.log'.length)

function removeOld(folder: string, today: string): void {
  const oldest = addDays(today, -KEPT)
  for (const name of readdirSync(folder)) {
    const day = dayOf(name)
    if (name === fileOn(day) && isDay(day) && day < oldest) rmSync(join(folder, name))
  }
}

interface LogFile extends DestinationStream {
  readonly flush: (done?: (error?: Error) => void) => void
}

/** Nobody else reads the log. Where the folder cannot be made, the first line written says so. */
function makePrivate(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
  } catch {
    return
  }
}

/** A file a day. A log that cannot be written stops nobody; it says so once on standard error until it can be written again. */
function dailyFile(folder: string): LogFile {
  makePrivate(folder)
  let today = dayInChina(new Date())
  let isBroken = false
  const file = pino.destination({
    dest: join(folder, fileOn(today)),
    mkdir: true,
    mode: 0o600,
    sync: false,
    maxLength: WAITING,
  })
  file.on('error', (error: Error) => {
    if (!isBroken) process.stderr.write(`日志无法写入：${error.message}\n`)
    isBroken = true
  })
  file.on('write', () => (isBroken = false))
  return {
    write(line) {
      const day = dayInChina(new Date())
      if (day !== today) {
        today = day
        file.reopen(join(folder, fileOn(day)))
        removeOld(folder, day)
      }
      file.write(line)
    },
    flush: (done) => file.flush(done),
  }
}

/** Where the log goes: files in a folder, standard output, or nowhere. */
export type LogTarget = { readonly folder: string } | 'stdout' | 'silent'

/** A logger writing JSON lines without blocking; secrets that slip into a line are blanked. */
export function openLog(to: LogTarget): Log {
  const destination = typeof to === 'object' ? dailyFile(to.folder) : pino.destination({ fd: 1, sync: false })
  return pino(
    {
      level: to === 'silent' ? 'silent' : 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['password', '*.password', 'token', '*.token', 'code', 'cookie', '*.cookie'],
        censor: '***',
      },
    },
    destination,
  )
}

/** The log of a server with this configuration. */
export const openServerLog = ({
  log,
  dataDir,
}: {
  readonly log: 'json' | 'files'
  readonly dataDir: string
}): Log => openLog(log === 'json' ? 'stdout' : { folder: join(dataDir, 'log') })
