import type { Insertable, Selectable, Transaction } from 'kysely'
import { insertRows } from './bulk.ts'
import { isSqlite } from './dialect.ts'
import type { Source } from './source.ts'
import type { MonitorKindRow, SuspicionRow, SuspicionStepRow, Tables } from './tables.ts'

/** A suspicion with what became of it, in the order recorded. */
export interface StoredSuspicion extends Selectable<SuspicionRow> {
  readonly steps: readonly Selectable<SuspicionStepRow>[]
}

export const insertSuspicions = (
  trx: Transaction<Tables>,
  rows: readonly Insertable<SuspicionRow>[],
): Promise<void> => insertRows(trx, 'suspicions', rows)

export const insertSuspicionStep = (
  trx: Transaction<Tables>,
  row: Insertable<SuspicionStepRow>,
): Promise<void> => insertRows(trx, 'suspicionSteps', [row])

/** Rows with their steps, out of all of one assessment, or of one suspicion. */
function withSteps(
  rows: readonly Selectable<SuspicionRow>[],
  steps: readonly Selectable<SuspicionStepRow>[],
): StoredSuspicion[] {
  const bySuspicion = new Map(rows.map(({ id }) => [id, [] as Selectable<SuspicionStepRow>[]]))
  for (const step of steps) bySuspicion.get(step.suspicionId)?.push(step)
  return rows.map((row) => ({ ...row, steps: bySuspicion.get(row.id) ?? [] }))
}

/** Everything suspected in an assessment, latest first. */
export async function listSuspicions(db: Source, assessmentId: string): Promise<StoredSuspicion[]> {
  const rows = await db
    .selectFrom('suspicions')
    .selectAll()
    .where('assessmentId', '=', assessmentId)
    .orderBy('seq', 'desc')
    .execute()
  const steps = await db
    .selectFrom('suspicionSteps')
    .innerJoin('suspicions', 'suspicions.id', 'suspicionSteps.suspicionId')
    .selectAll('suspicionSteps')
    .where('suspicions.assessmentId', '=', assessmentId)
    .orderBy('suspicionSteps.seq')
    .execute()
  return withSteps(rows, steps)
}

/** A suspicion, held until the transaction ends: of two who settle it at once the second sees what the first did. */
export async function holdSuspicion(
  trx: Transaction<Tables>,
  id: string,
): Promise<StoredSuspicion | undefined> {
  const row = await trx
    .selectFrom('suspicions')
    .selectAll()
    .where('id', '=', id)
    .$if(!isSqlite(trx), (query) => query.forUpdate())
    .executeTakeFirst()
  if (!row) return undefined
  const steps = await trx
    .selectFrom('suspicionSteps')
    .selectAll()
    .where('suspicionId', '=', id)
    .orderBy('seq')
    .execute()
  return withSteps([row], steps)[0]
}

/** The suspicion that a finding was confirmed from. */
export const suspicionOfFinding = (
  db: Source,
  findingId: string,
): Promise<Selectable<SuspicionRow> | undefined> =>
  db
    .selectFrom('suspicions')
    .innerJoin('suspicionSteps', 'suspicionSteps.suspicionId', 'suspicions.id')
    .selectAll('suspicions')
    .where('suspicionSteps.findingId', '=', findingId)
    .executeTakeFirst()

/** The keys under which something is suspected in an assessment already, whatever became of it. */
export async function suspicionKeys(db: Source, assessmentId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('suspicions')
    .select('key')
    .where('assessmentId', '=', assessmentId)
    .execute()
  return new Set(rows.map(({ key }) => key))
}

/** The kind of the ledger under which each monitor's suspicions belong. */
export async function monitorKindsIn(db: Source, assessmentId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('monitorKinds')
    .selectAll()
    .where('assessmentId', '=', assessmentId)
    .execute()
  return new Map(rows.map(({ monitor, kind }) => [monitor, kind]))
}

/** Says under which kind a monitor's suspicions belong; null = under none. */
export async function saveMonitorKind(
  trx: Transaction<Tables>,
  { assessmentId, monitor, kind }: Omit<MonitorKindRow, 'kind'> & { readonly kind: string | null },
): Promise<void> {
  await trx
    .deleteFrom('monitorKinds')
    .where('assessmentId', '=', assessmentId)
    .where('monitor', '=', monitor)
    .execute()
  if (kind !== null) await trx.insertInto('monitorKinds').values({ assessmentId, monitor, kind }).execute()
}
