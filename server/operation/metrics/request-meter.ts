import type { Metric } from './exposition.ts'

/** A request answered. */
export interface Answered {
  readonly method: string
  /** As the application names it, `/api/units/:id`; an address would make a series of its own for every id. */
  readonly route: string
  readonly status: number
  /** Until the answer begins. */
  readonly seconds: number
}

export interface RequestMeter {
  readonly begin: () => void
  readonly end: (answered: Answered) => void
  readonly metrics: () => readonly Metric[]
}

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

interface Series {
  readonly labels: Readonly<Record<string, string>>
  /** Requests up to each bound, each counted once, and those above all. */
  readonly counts: number[]
  seconds: number
}

/** Counts requests by method, route and status, with how long they took. */
export function createRequestMeter(): RequestMeter {
  const all = new Map<string, Series>()
  let underWay = 0
  return {
    begin: () => void underWay++,
    end({ method, route, status, seconds }) {
      underWay--
      const key = `${method} ${route} ${status}`
      const series = all.get(key) ?? {
        labels: { method, route, status: String(status) },
        counts: Array.from({ length: bounds.length + 1 }, () => 0),
        seconds: 0,
      }
      const at = bounds.findIndex((bound) => seconds <= bound)
      const bucket = at === -1 ? bounds.length : at
      series.counts[bucket] = (series.counts[bucket] ?? 0) + 1
      series.seconds += seconds
      all.set(key, series)
    },
    metrics: () => [
      {
        name: 'zhengheng_http_request_duration_seconds',
        help: 'Time until the answer begins, by route and status.',
        type: 'histogram',
        samples: [...all.values()].flatMap(({ labels, counts, seconds }) => {
          let sum = 0
          const upTo = counts.map((count) => (sum += count))
          return [
            ...upTo.map((value, at) => ({
              suffix: '_bucket',
              labels: { ...labels, le: String(bounds[at] ?? '+Inf') },
              value,
            })),
            { suffix: '_sum', labels, value: seconds },
            { suffix: '_count', labels, value: sum },
          ]
        }),
      },
      {
        name: 'zhengheng_http_requests_under_way',
        help: 'Requests that are being answered.',
        type: 'gauge',
        samples: [{ value: underWay }],
      },
    ],
  }
}
