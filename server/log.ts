import pino, { type Logger } from 'pino'

export type Log = Logger

/** A logger writing JSON lines to standard error without blocking; secrets that slip into a line are blanked. */
export function openLog(level: 'info' | 'silent' = 'info'): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['password', '*.password', 'token', '*.token', 'code', 'cookie', '*.cookie'],
        censor: '***',
      },
    },
    pino.destination({ fd: 2, sync: false }),
  )
}
