import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Metric } from './exposition.ts'

const NANOSECONDS = 1e9
/** How often the loop is looked at, in milliseconds; Node counts this time as delay. */
const RESOLUTION = 10
const quantiles = [0.5, 0.99] as const

const gauge = (name: string, help: string, value: number): Metric => ({
  name,
  help,
  type: 'gauge',
  samples: [{ value }],
})

/** Memory, processor time and how late the event loop is, the last since it was read before. */
export function watchProcess(): { readonly metrics: () => readonly Metric[]; readonly stop: () => void } {
  const lag = monitorEventLoopDelay({ resolution: RESOLUTION })
  lag.enable()
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION / 1000)
  return {
    metrics() {
      const { rss, heapUsed } = process.memoryUsage()
      const { user, system } = process.cpuUsage()
      const byQuantile = quantiles.map((quantile) => ({
        labels: { quantile: String(quantile) },
        value: late(lag.percentile(quantile * 100)),
      }))
      const latest = late(lag.max)
      lag.reset()
      return [
        {
          name: 'zhengheng_event_loop_lag_seconds',
          help: 'How late the event loop was since the last scrape.',
          type: 'summary',
          samples: byQuantile,
        },
        gauge(
          'zhengheng_event_loop_lag_max_seconds',
          'The latest that it was since the last scrape.',
          latest,
        ),
        gauge('process_resident_memory_bytes', 'Resident memory.', rss),
        gauge('zhengheng_heap_used_bytes', 'JavaScript heap in use.', heapUsed),
        {
          name: 'process_cpu_seconds_total',
          help: 'Processor time, user and system.',
          type: 'counter',
          samples: [{ value: (user + system) / 1e6 }],
        },
        gauge(
          'process_start_time_seconds',
          'When the process started, since 1970.',
          Math.round(Date.now() / 1000 - process.uptime()),
        ),
      ]
    },
    stop: () => lag.disable(),
  }
}
