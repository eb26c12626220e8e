import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contentOf, migrationsIn } from '../../db/content.ts'
import { verifyAudit } from '../../db/audit.ts'
import { openDatabase } from '../../db/database.ts'
import { randomFor } from '../../db/demo/random.ts'
import { migrations } from '../../db/migrations/index.ts'
import { damageIn } from '../../db/sqlite-file.ts'
import { fillOldRelease } from '../fixtures/old-release.ts'
import { startsAt } from './city.ts'
import { startAndDie, startTortured } from './tortured-server.ts'

export interface UpgradeOutcome {
  readonly trials: number
  /** Trials in which the server died before the tables were up to date. */
  readonly interrupted: number
  /** What was neither old nor new after a kill, or not as before at the end, one line each. */
  readonly faults: readonly string[]
}

interface State {
  readonly ran: number
  readonly rows: ReadonlyMap<string, number>
  readonly isChainWhole: boolean
}

/** Migration 010 signs everybody out and counts failed sign-ins anew; after 025 the program itself brings the holidays that it knows. */
const endedByUpgrade: ReadonlySet<string> = new Set([
  'sessions',
  'sign_in_failures',
  'holidays',
  'holiday_years',
])

/** The first start after migration 020 closes the log with an entry of its key, which a setting names. */
const addedByStart: Readonly<Record<string, number>> = { audit_entries: 1, settings: 1 }

async function stateOf(file: string): Promise<State> {
  const db = await openDatabase(`file:${file}`, { asItIs: true })
  try {
    const content = await contentOf(db)
    return {
      ran: (await migrationsIn(db)).length,
      rows: new Map(content.map(({ table, rows }) => [table, rows])),
      isChainWhole: (await verifyAudit(db)).brokenAt === null,
    }
  } finally {
    await db.destroy()
  }
}

/** Starts servers on a database of an early release, kills each at a random moment of its start, and lets the last one finish. */
export async function interruptUpgrade(
  present: string,
  release: string,
  trials: number,
  seed: string,
): Promise<UpgradeOutcome> {
  const random = randomFor(seed)
  const folder = mkdtempSync(join(tmpdir(), 'zhengheng-torture-'))
  const faults: string[] = []
  let interrupted = 0
  try {
    const old = join(folder, 'old.db')
    fillOldRelease(old, release, present)
    const before = await stateOf(old)
    const all = Object.keys(migrations).length
    const finished = (file: string) =>
      startTortured({ databaseUrl: `file:${file}`, dataDir: folder, startsAt })
    const from = performance.now()
    const whole = join(folder, 'whole.db')
    cpSync(old, whole)
    await (await finished(whole)).stop()
    const longest = performance.now() - from
    for (let trial = 0; trial < trials; trial++) {
      const file = join(folder, `${trial}.db`)
      cpSync(old, file)
      await startAndDie({ databaseUrl: `file:${file}`, dataDir: folder, startsAt }, random.next() * longest)
      const { ran } = await stateOf(file)
      if (ran !== before.ran && ran !== all) faults.push(`${ran} of ${all} migrations after a kill`)
      if (ran === before.ran) interrupted++
      await (await finished(file)).stop()
      faults.push(...damageIn(file))
      const after = await stateOf(file)
      if (after.ran !== all) faults.push(`${after.ran} of ${all} migrations in the end`)
      for (const [table, rows] of before.rows)
        if (!endedByUpgrade.has(table) && after.rows.get(table) !== rows + (addedByStart[table] ?? 0))
          faults.push(`${table}: ${rows} rows before, ${after.rows.get(table)} after`)
      if (!after.isChainWhole) faults.push('the audit chain is broken')
      rmSync(file)
    }
    return { trials, interrupted, faults }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
