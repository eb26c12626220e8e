import { entriesAfter, headOfLog, type AuditFilter } from '../../../db/audit-log.ts'
import { keyNameIn } from '../../../db/audit.ts'
import type { Source } from '../../../db/source.ts'
import { asStored } from '../../../db/stored-names.ts'

/** Entries that are read at a time. */
const PAGE = 200

/** The head as it was when the export began: later entries are left out. */
async function beginning(db: Source, filters: readonly AuditFilter[], at: Date) {
  const head = (await headOfLog(db)) ?? null
  const about = { format: 'zhengheng-audit', version: 1, exportedAt: at.toISOString(), filters }
  const proof = { head: head && { seq: head.seq, hash: head.hash }, key: (await keyNameIn(db)) ?? null }
  return { last: head?.seq ?? 0, line: JSON.stringify({ ...about, ...proof }) }
}

async function* lines(db: Source, filters: readonly AuditFilter[], at: Date): AsyncGenerator<string> {
  const { last, line } = await beginning(db, filters, at)
  yield line
  for (let after = 0; ;) {
    const page = (await entriesAfter(db, filters, after, PAGE)).filter(({ seq }) => seq <= last)
    for (const entry of page) yield JSON.stringify(asStored({ ...entry }))
    const next = page.at(-1)?.seq
    if (next === undefined || page.length < PAGE) return
    after = next
  }
}

/**
 * Entries with everything that their hashes cover, one JSON object a line under the database's own names, after a line that names the head of the log
 * and the key that signs it. A page of entries is in memory at a time.
 */
export function auditExport(
  db: Source,
  filters: readonly AuditFilter[],
  at: Date,
): ReadableStream<Uint8Array> {
  const told = lines(db, filters, at)
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await told.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${value}\n`))
    },
    cancel: async () => {
      await told.return(undefined)
    },
  })
}
