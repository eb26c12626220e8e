import type { Log } from './log.ts'
import type { Running } from './serve.ts'

/** Ends the process in good order when it is asked to stop. */
export function closeOnSignals(running: Running, log: Log): void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void running.close().then(() => log.flush(() => process.exit(0)))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
