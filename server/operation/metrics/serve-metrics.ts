import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Db } from '../../../db/source.ts'
import { databaseMetrics } from './database-metrics.ts'
import { exposition } from './exposition.ts'
import { watchProcess } from './process-metrics.ts'
import type { RequestMeter } from './request-meter.ts'

export interface MetricsOptions {
  readonly port: number
  readonly host: string
  readonly db: Db
  readonly databaseUrl: string
  readonly clock: () => Date
  readonly meter: RequestMeter
}

/** Serves `GET /metrics` on a port of its own, without a session: give that port to the monitoring alone. Gives its address and how to stop. */
export async function serveMetrics(
  options: MetricsOptions,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const { port, host, db, databaseUrl, clock, meter } = options
  const watched = watchProcess()
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    // While the database is away everything else is still told.
    databaseMetrics(db, databaseUrl, clock())
      .catch(() => [])
      .then((ofDatabase) => {
        const text = exposition([...meter.metrics(), ...watched.metrics(), ...ofDatabase])
        response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text)
      })
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/metrics`,
    close: () => {
      watched.stop()
      server.close()
      server.closeAllConnections()
    },
  }
}
