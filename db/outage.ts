/** Why database or disk cannot serve now, though nothing is wrong with what was asked. */
export const outages = [
  'disk-full',
  'storage-failed',
  'database-busy',
  'database-away',
  'database-altered',
] as const
export type Outage = (typeof outages)[number]

const ALTERED = 'DATABASE_ALTERED'

const codes: Readonly<Record<Outage, RegExp>> = {
  'disk-full': /^(SQLITE_FULL|ENOSPC|EDQUOT|53100)$/,
  'storage-failed': /^(SQLITE_(IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB)\w*|EIO|EROFS|EFBIG|58030|XX00[12])$/,
  'database-busy': /^(SQLITE_(BUSY|LOCKED)\w*|55P03|40001|40P01|53[23]00)$/,
  'database-away': /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH|08\w{3}|57P0[123])$/,
  'database-altered': new RegExp(`^${ALTERED}$`),
}
/** Somebody put into the running database what changes rows by itself, so that nothing can be vouched for. */
export class DatabaseAltered extends Error {
  readonly code = ALTERED

  constructor() {
    super('triggers or tables of the database are not those it was opened with; npm run verify names them')
  }
}

/** What pg says without a code when the connection breaks under a query. */
const broken = /^(Connection terminated|Client has encountered a connection error)/

/** The outage behind an error of either database or of the file system; undefined when it is something else. */
export function outageOf(error: unknown): Outage | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const outage = outages.find((name) => codes[name].test(code))
  return outage ?? (broken.test(error.message) ? 'database-away' : undefined)
}

/** Whether either database says that what it reads is broken. */
export const isCorruption = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  /^(SQLITE_(CORRUPT|NOTADB)\w*|XX00[12])$/.test(String(error.code))
